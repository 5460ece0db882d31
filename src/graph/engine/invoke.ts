import type { Property, TypeReference } from '../model/members.js'
import type { PathArgument } from '../odata/path/path-arguments.js'
import type { ParameterInfo } from '../odata/path/path-model.js'
import type { ResolvedPath } from '../odata/path/resolved-path.js'
import { isAnnotation } from '../odata/annotations.js'
import { nearestNames } from '../odata/path/nearest-names.js'
import { stableGuid } from '../../lib/guid.js'
import { badRequest, methodNotAllowed, notFound } from './engine-error.js'
import type { GraphModel } from './graph-model.js'
import type { GraphType } from './graph-type.js'
import { isObject } from './json-object.js'
import { pathUrl } from './links.js'
import { checkValue } from './payload-check.js'
import { cut, notAnObject, nullValue } from './payload-errors.js'
import type { Held, OperationPlace } from './place.js'
import { contextOf, plainText, propertyAnswer } from './read.js'
import { demandShallow, keptValue, readEntity } from './read-payload.js'
import type { EngineAnswer } from './request.js'
import type { Work } from './work.js'

/**
 * An action by POST, a function by GET. Its parameters are checked by its signature; it changes nothing, and is answered
 * by the default of the type that it declares, by 204 where it declares none.
 *
 * @throws EngineError
 */
export function invoke(place: OperationPlace, path: ResolvedPath, work: Work): EngineAnswer {
  const { operation, binding } = place
  const method = operation.kind === 'action' ? 'POST' : 'GET'
  const { request } = work
  if (request.method !== method && !(request.method === 'HEAD' && method === 'GET')) {
    throw methodNotAllowed(
      `${operation.name} is ${operation.kind === 'action' ? 'an action: POST' : 'a function: GET'} it.`
    )
  }
  if (binding.kind === 'one' && !binding.held) throw notFound(binding.sought)
  if (operation.kind === 'action') checkPayload(place, work)
  else for (const [name, argument] of place.arguments) checkArgument(name, argument, place, work)
  return answered(place, path, work)
}

/** No body is as an empty one. */
function checkPayload({ operation }: OperationPlace, work: Work): void {
  const { body = {} } = work.request
  demandShallow(body)
  if (!isObject(body)) throw notAnObject(body)
  for (const [name, value] of Object.entries(body)) {
    const parameter = operation.parameters.find((one) => one.name === name)
    if (parameter) checkParameter(parameter, value, work)
    else if (!isAnnotation(name)) throw unknownParameter(name, operation.name, operation.parameters)
  }
  const missing = operation.parameters.find(
    ({ name, nullable, collection }) => !nullable && !collection && !Object.hasOwn(body, name)
  )
  if (missing) throw nullValue(missing)
}

/** Text of Microsoft's OData library. */
function unknownParameter(name: string, operation: string, parameters: readonly ParameterInfo[]): Error {
  const near = nearestNames(
    name,
    parameters.map((parameter) => parameter.name)
  )
  return badRequest(
    'unknownProperty',
    `The parameter '${cut(name)}' in the request payload is not a valid parameter for the operation '${operation}'.`,
    near.length > 0 ? `Did you mean ${near.join(', ')}? Names are case-sensitive.` : undefined
  )
}

function checkParameter(parameter: ParameterInfo, value: unknown, work: Work): void {
  const kind = kindOf(parameter.type, work.model)
  const { name, type, collection } = parameter
  // Microsoft's packages do not say which parameters may be null: a collection may as well.
  if (value === null && (parameter.nullable || collection)) return
  checkValue(name, value, { ...parameter, kind }, work.model)
  const structured = kind === 'entity' ? work.model.model.type(type) : undefined
  if (!structured) keptValue({ kind, type, collection } as Pick<Property, 'kind' | 'type' | 'collection'>, value, work)
  else
    for (const item of collection ? (value as readonly unknown[]) : [value]) readEntity(item, structured, 'POST', work)
}

function checkArgument(name: string, argument: PathArgument, { operation }: OperationPlace, work: Work): void {
  checkParameter(operation.parameters.find((one) => one.name === name) as ParameterInfo, jsonOf(argument), work)
}

const NUMBERS: ReadonlySet<PathArgument['type']> = new Set([
  'Edm.Int32',
  'Edm.Int64',
  'Edm.Decimal',
  'Edm.Double',
  'Edm.Single'
])

/** What a literal of a path is in JSON. */
function jsonOf({ type, value }: PathArgument): unknown {
  if (type === 'json') return JSON.parse(value) as unknown
  if (type === 'null') return null
  if (type === 'Edm.Boolean') return value === 'true'
  return NUMBERS.has(type) ? Number(value) : value
}

function kindOf(type: string, { model }: GraphModel): TypeReference['kind'] {
  if (type.startsWith('Edm.')) return 'primitive'
  return model.enumeration(type) ? 'enum' : (model.type(type)?.kind ?? 'complex')
}

function answered({ operation, binding }: OperationPlace, path: ResolvedPath, work: Work): EngineAnswer {
  const { returns } = operation
  if (!returns) return work.answer(204, undefined)
  const { type, collection } = returns
  const last = path.segments.at(-1)?.kind
  if (last === 'count') return plainText('0', work)
  if (collection) return work.answer(200, { ...contextOf(path, work), value: [] })
  const kind = kindOf(type, work.model)
  if (kind !== 'entity') {
    const value = kind === 'complex' ? {} : undefined
    return propertyAnswer({ name: operation.name, kind, type, collection, nullable: false }, value, path, work)
  }
  const declared = work.model.type(type) as GraphType
  const bound = binding.kind === 'one' ? binding.held : undefined
  const own = bound && work.model.nearestKnown(bound.entity.type)
  const id = stableGuid(`${work.tenantId} ${pathUrl(path)}`)
  const made: Held = { ref: { collection: pathUrl(path), key: '' }, entity: { key: '', type, properties: { id } } }
  const held = bound && own?.isDerivedFrom(type) ? bound : made
  const query = work.singleQuery(declared)
  return work.answer(200, work.representer().entity(held, declared, query, contextOf(path, work, query)))
}
