import type { StructuredType } from '../model/structured-type.js'
import { serverSetOf, type ServerValue } from '../model/server-set.js'
import { normaliseDateTimeOffset } from '../../lib/date-time-offset.js'
import { absentValue } from './absent-value.js'
import type { GraphModel } from './graph-model.js'
import type { EngineRequest } from './request.js'

type Values = Record<string, unknown>
type Makers = Pick<EngineRequest, 'now' | 'newGuid'>

const SERVER_SET = Symbol('server-set properties')
const NEVER_NULL = Symbol('properties that are never null')

/**
 * Adds what the service gives a new entity: what it sets whatever was sent, what it sets where nothing was sent, and the
 * values of properties that are never null.
 */
export function completeNew(values: Values, type: StructuredType, model: GraphModel, makers: Makers): void {
  for (const [name, { value, fixed }] of serverSet(type, model)) {
    if (fixed || !Object.hasOwn(values, name)) values[name] = made(value, undefined, makers)
  }
  for (const [name, absent] of neverNull(type, model)) if (!Object.hasOwn(values, name)) values[name] = absent
}

/** Sets what the service sets at each change, and takes away what a client may not give. */
export function completeChange(
  values: Values,
  before: Readonly<Values>,
  type: StructuredType,
  model: GraphModel,
  makers: Makers
): void {
  for (const [name, { value, fixed }] of serverSet(type, model)) {
    if (!fixed) continue
    const changes = value.kind === 'modified' || value.kind === 'version'
    if (changes) values[name] = made(value, before[name], makers)
    else if (Object.hasOwn(before, name)) values[name] = before[name]
    else Reflect.deleteProperty(values, name)
  }
}

function serverSet(type: StructuredType, model: GraphModel): ReturnType<typeof serverSetOf> {
  return model.once(SERVER_SET, type, serverSetOf)
}

function neverNull(type: StructuredType, model: GraphModel): readonly (readonly [string, unknown])[] {
  return model.once(NEVER_NULL, type, () => {
    const found: (readonly [string, unknown])[] = []
    for (const property of type.properties.values()) {
      const absent = property.collection || type.key.includes(property.name) ? null : absentValue(property, model)
      if (absent !== null) found.push([property.name, absent])
    }
    return found
  })
}

function made(value: ServerValue, before: unknown, { now, newGuid }: Makers): unknown {
  switch (value.kind) {
    case 'guid':
      return newGuid()
    case 'created':
    case 'modified':
      return normaliseDateTimeOffset(now.toISOString())
    case 'version':
      return typeof before === 'number' ? before + 1 : 1
    case 'constant':
      return value.value
  }
}
