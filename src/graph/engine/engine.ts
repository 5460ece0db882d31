import { PathError } from '../odata/path/path-error.js'
import type { ResolvedPath } from '../odata/path/resolved-path.js'
import { QueryError } from '../odata/query/query-error.js'
import { badRequest, EngineError, methodNotAllowed } from './engine-error.js'
import type { GraphModel } from './graph-model.js'
import { invoke } from './invoke.js'
import { locate } from './locate.js'
import { create } from './create.js'
import { read } from './read.js'
import { remove } from './remove.js'
import { replace, update } from './update.js'
import type { EngineAnswer, EngineRequest } from './request.js'
import type { Entities } from '../../tenants/entities/entities.js'
import { Work } from './work.js'

/**
 * Performs a request over the entities of a tenant, by the types of the model and the rules of OData alone.
 *
 * @param model the version that the request came to; it keeps what is made from its types
 * @param entities are not changed: the answer has what there is afterwards
 * @throws EngineError for what is refused; nothing has changed then
 */
export function perform(model: GraphModel, entities: Entities, request: EngineRequest): EngineAnswer {
  try {
    return performed(model, entities, request)
  } catch (error) {
    throw refusal(error)
  }
}

function performed(model: GraphModel, entities: Entities, request: EngineRequest): EngineAnswer {
  const work = new Work(model, entities, request)
  const path = withoutMe(request, model)
  const place = locate(path, work)
  if (place.kind === 'operation') return invoke(place, path, work)
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return read(place, path, work)
    case 'POST':
      return create(place, path, work)
    case 'PATCH':
      return update(place, path, work)
    case 'PUT':
      return replace(place, path, work)
    case 'DELETE':
      return remove(place, path, work)
    default:
      throw methodNotAllowed('GET, POST, PATCH, PUT and DELETE are served.')
  }
}

/**
 * `/me` is the user of the token (documented: https://learn.microsoft.com/graph/api/user-get, where the context of the
 * answer is `users/$entity`). The refusal of applications is widely quoted (assumed).
 */
function withoutMe({ path, caller }: EngineRequest, model: GraphModel): ResolvedPath {
  const [first, ...others] = path.segments
  const users = model.root('users')
  if (first?.kind !== 'root' || first.root.name !== 'me' || !users) return path
  if (caller.userId === undefined) {
    throw new EngineError({
      kind: 'badRequest',
      status: 400,
      code: 'Request_BadRequest',
      message: '/me request is only valid with delegated authentication flow.'
    })
  }
  const key = { kind: 'key', values: [{ name: 'id', value: caller.userId }], alternate: false } as const
  return { ...path, segments: [{ kind: 'root', root: users }, key, ...others] }
}

/** What the parsers refuse is a bad request in their words. */
function refusal(error: unknown): unknown {
  if (error instanceof QueryError) return badRequest('badRequest', error.message)
  if (!(error instanceof PathError)) return error
  const { candidates } = error
  return badRequest(
    'badRequest',
    error.message,
    candidates.length > 0 ? `Did you mean ${candidates.join(', ')}?` : undefined
  )
}
