import { bindQuery } from '../odata/query/bind/bind-query.js'
import type { BoundQuery } from '../odata/query/bind/bound-query.js'
import { EntityContext } from './entity-context.js'
import type { GraphModel } from './graph-model.js'
import type { GraphType } from './graph-type.js'
import { preferencesOf, type Preferences } from './preferences.js'
import { Representer } from './represent.js'
import type { EngineAnswer, EngineRequest } from './request.js'
import type { JsonObject } from '../../tenants/entities/entity.js'
import type { Entities } from '../../tenants/entities/entities.js'

/** What the parts of the engine share while one request is performed. */
export class Work {
  readonly model: GraphModel
  /** As the request found them. */
  readonly entities: Entities
  readonly request: EngineRequest
  readonly preferences: Preferences

  constructor(model: GraphModel, entities: Entities, request: EngineRequest) {
    this.model = model
    this.entities = entities
    this.request = request
    this.preferences = preferencesOf(request.headers.prefer)
  }

  get tenantId(): string {
    return this.request.tenantId
  }

  context(entities: Entities = this.entities): EntityContext {
    return new EntityContext(this.model, entities, this.request.now)
  }

  representer(entities: Entities = this.entities, context = this.context(entities)): Representer {
    const { serviceRoot, metadataLevel: level } = this.request
    return new Representer({ model: this.model, entities, serviceRoot, level, context })
  }

  /** The query held against what a single value is of; options that it has no use for are passed over (documented: query-parameters). */
  singleQuery(type: GraphType): BoundQuery {
    return bindQuery(
      { ...this.request.query, filter: undefined, orderby: undefined, search: undefined },
      type,
      this.model
    )
  }

  answer(status: number, body: JsonObject | string | undefined, more: Partial<EngineAnswer> = {}): EngineAnswer {
    return {
      status,
      ...(body !== undefined && { body }),
      headers: {},
      entities: this.entities,
      evidence: 'modelled',
      ...more
    }
  }
}
