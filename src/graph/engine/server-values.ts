import type { StructuredType } from '../model/structured-type.js'
import { serverSetOf, type ServerValue } from '../model/server-set.js'
import { normaliseDateTimeOffset } from '../../lib/date-time-offset.js'
import { absentValue } from './absent-value.js'
import type { GraphModel } from './graph-model.js'
import type { EngineRequest } from './request.js'

type Values = Record<string, unknown>
type Makers = Pick<EngineRequest, 'now' | 'newGuid'>

const SERVER_SET = Symbol('server-set properties')
const BLANK = Symbol('values of an entity that nothing is known of')

/**
 * The values of a new entity: what was sent, what the service sets whatever was sent, what it sets where nothing was sent,
 * and what properties have that are never null.
 */
export function completeNew(sent: Readonly<Values>, type: StructuredType, model: GraphModel, makers: Makers): Values {
  // All entities of a type have their properties in one order, which V8 keeps cheaply.
  const values: Values = { ...model.once(BLANK, type, () => blank(type, model)), ...sent }
  for (const [name, { value, fixed }] of serverSet(type, model)) {
    if (fixed || !Object.hasOwn(sent, name)) values[name] = made(value, undefined, makers)
  }
  return values
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

/** What a new entity has that nothing is known of. */
function blank(type: StructuredType, model: GraphModel): Readonly<Values> {
  const values: Values = {}
  for (const property of type.properties.values()) {
    const { name, collection } = property
    const absent = collection || type.key.includes(name) ? null : absentValue(property, model)
    if (absent !== null) values[name] = absent
  }
  return values
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
