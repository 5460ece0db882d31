import type { ResolvedPath } from '../odata/path/resolved-path.js'
import { methodNotAllowed } from './engine-error.js'
import { isObject } from './json-object.js'
import { checkValue } from './payload-check.js'
import { emptyPayload, notAnObject, nullValue, wrongKind } from './payload-errors.js'
import type { StructuralProperty, ValuePlace } from './place.js'
import { contextOf } from './read.js'
import { demandShallow, keptValue, readComplex } from './read-payload.js'
import type { EngineAnswer } from './request.js'
import type { Work } from './work.js'
import { merged, Writer } from './writer.js'

/**
 * PATCH and PUT of a property: a complex value is merged or replaced, any other is in `value` (documented: OData 4.01
 * Protocol 11.4.9). Answered by 200 with what it is now (documented for
 * https://learn.microsoft.com/graph/api/user-update-mailboxsettings).
 */
export function changeValue(place: ValuePlace, path: ResolvedPath, work: Work): EngineAnswer {
  const { property } = place
  const { body, method } = work.request
  if (path.segments.at(-1)?.kind !== 'property') throw methodNotAllowed('This is not updated.')
  if (body === undefined) throw emptyPayload()
  demandShallow(body)
  if (!isObject(body)) throw notAnObject(body)
  const structured =
    property.kind === 'complex' && !property.collection ? work.model.model.type(property.type) : undefined
  const sent = structured ? readComplex(body, structured, work) : plainValue(body, property, work)
  const isMerged = method === 'PATCH' && isObject(place.value) && isObject(sent)
  return answered(place, isMerged ? merged(place.value, sent) : sent, path, work)
}

/** DELETE of a property: it is null from then on (documented: OData 4.01 Protocol 11.4.9.2). */
export function clearValue(place: ValuePlace, work: Work): EngineAnswer {
  const { property } = place
  if (!property.nullable || property.collection) throw nullValue(property)
  return work.answer(204, undefined, { entities: written(place, null, work).entities })
}

function plainValue(body: Readonly<Record<string, unknown>>, property: StructuralProperty, work: Work): unknown {
  if (!Object.hasOwn(body, 'value')) throw wrongKind(property.name, 'Send {"value": …}.')
  checkValue(property.name, body['value'], property, work.model)
  return keptValue(property, body['value'], work)
}

function answered(place: ValuePlace, value: unknown, path: ResolvedPath, work: Work): EngineAnswer {
  const { entities } = written(place, value, work)
  const shown = work.representer(entities).view.property(place.property, value)
  const context = contextOf(path, work)
  return work.answer(200, isObject(shown) ? { ...context, ...shown } : { ...context, value: shown }, { entities })
}

/** Writes a value into the entity that it is of. */
function written({ owner, ownerType: type, path }: ValuePlace, value: unknown, work: Work): Writer {
  const writer = new Writer(work)
  writer.assign(owner, type.structured, withValue(owner.entity.properties, path, value))
  return writer
}

function withValue(before: unknown, path: readonly StructuralProperty[], value: unknown): Record<string, unknown> {
  const [{ name }, ...rest] = path as readonly [StructuralProperty, ...StructuralProperty[]]
  const values = isObject(before) ? before : {}
  const old = Object.hasOwn(values, name) ? values[name] : undefined
  return { ...values, [name]: rest.length === 0 ? value : withValue(old, rest, value) }
}
