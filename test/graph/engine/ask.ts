import { perform } from '../../../src/graph/engine/engine.js'
import { GraphModel } from '../../../src/graph/engine/graph-model.js'
import type { EngineAnswer, EngineRequest } from '../../../src/graph/engine/request.js'
import { ownModel } from '../../../src/graph/model/model-files.js'
import { resolvePath } from '../../../src/graph/odata/path/resolve-path.js'
import { parseQueryOptions } from '../../../src/graph/odata/query/parse/query-options.js'
import { Entities } from '../../../src/tenants/entities/entities.js'

export const beta = new GraphModel(ownModel('beta'))
export const v1 = new GraphModel(ownModel('v1.0'), beta)

export type Json = Record<string, unknown>

export interface Asked extends EngineAnswer {
  readonly json: Json
}

/** A tenant of its own for tests: its entities as the last write left them. */
export class Graph {
  entities: Entities
  version: 'beta' | 'v1.0' = 'beta'
  now = new Date('2026-11-24T10:00:00.500Z')
  userId: string | undefined = '00000000-0000-0000-0000-00000000cafe'
  level: EngineRequest['metadataLevel'] = 'minimal'
  prefer: string | undefined
  models: Record<'beta' | 'v1.0', GraphModel> = { beta, 'v1.0': v1 }
  #guids = 0

  constructor(entities: Entities = Entities.empty({ indexes: [['users', 'userPrincipalName']] })) {
    this.entities = entities
  }

  /** @param target path and query, below the version */
  ask(method: string, target: string, body?: unknown): Asked {
    const at = target.indexOf('?')
    const [path, query] = at < 0 ? [target, ''] : [target.slice(0, at), target.slice(at + 1)]
    const model = this.models[this.version]
    const options = parseQueryOptions(query, { dollarOptional: this.version === 'beta' })
    const answer = perform(model, this.entities, {
      method,
      path: resolvePath(path, model, options.given.aliases),
      query: options,
      body,
      headers: { prefer: this.prefer },
      now: this.now,
      caller: { userId: this.userId },
      tenantId: '72f988bf-86f1-41af-91ab-2d7cd011db47',
      serviceRoot: `https://graph.microsoft.com/${this.version}`,
      metadataLevel: this.level,
      newGuid: () => `00000000-0000-4000-8000-${String(++this.#guids).padStart(12, '0')}`
    })
    this.entities = answer.entities
    return { ...answer, json: (answer.body ?? {}) as Json }
  }

  get(target: string): Json {
    return this.ask('GET', target).json
  }

  /** Creates an entity. @returns its id */
  post(target: string, body: unknown): string {
    return this.ask('POST', target, body).json['id'] as string
  }
}

/** The error that something throws. @throws Error where it throws none */
export function refusal(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
