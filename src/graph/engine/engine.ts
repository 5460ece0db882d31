import { PathError } from '../odata/path/path-error.js'
import { QueryError } from '../odata/query/query-error.js'
import { badRequest, methodNotAllowed } from './engine-error.js'
import type { GraphModel } from './graph-model.js'
import { withoutMe } from './me.js'
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
  const path = withoutMe(request.path, work)
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
