import { lazyCheck } from '../../lib/lazy-check.js'
import type { Expected, Mistake } from './payload-mistake.js'
import { complexTypeOf, membersOf, type EdmSchema, type EntityType } from './schema.js'
import { isJsonObject } from '../../lib/json.js'

/**
 * Finds the mistake in the properties of a payload, if there is one. Nothing is coerced or stripped.
 *
 * The gateway checks JSON types before a service reads values; so the first wrong JSON type in the order of the payload is
 * the mistake, else the first other one (assumed).
 */
export type PropertiesCheck = (payload: unknown) => Mistake | undefined

export function propertiesCheck(type: EntityType): PropertiesCheck {
  const check = lazyCheck(type)
  let firstMistake: PropertiesCheck | undefined
  return (payload) => (check.accepts(payload) ? undefined : (firstMistake ??= firstMistakeOf(type))(payload))
}

/** For a payload that is known to be invalid. */
function firstMistakeOf(type: EntityType): PropertiesCheck {
  const properties = new Map(
    Object.entries(type.properties as Record<string, EdmSchema>).map(([name, schema]) => [
      name,
      { schema, check: lazyCheck(schema), within: complexTypeOf(schema) }
    ])
  )
  /** One pass that describes only one mistake, because a payload may have a hundred thousand properties. */
  return (payload) => {
    if (!isJsonObject(payload)) return { kind: 'notAnObject', found: Array.isArray(payload) ? 'array' : 'value' }
    let first: (() => Mistake | undefined) | undefined
    for (const [name, value] of Object.entries(payload)) {
      const property = properties.get(name)
      if (property?.check.accepts(value)) continue
      if (!property) {
        first ??= () => ({ kind: 'unknownProperty', name, type: type.edmType, known: Object.keys(type.properties) })
        continue
      }
      const expected = expectedOf(name, property.schema)
      if (value !== null && jsonTypeOf(value) !== expected.json) return { kind: 'wrongJsonType', ...expected }
      first ??= () => mistakeIn(value, expected, property.within)
    }
    if (first) return first()
    const name = type.required?.find((one) => !Object.hasOwn(payload, one))
    return { kind: 'missingProperty', name: name as string, type: type.edmType }
  }
}

function mistakeIn(value: unknown, expected: Expected, within: EntityType | undefined): Mistake | undefined {
  if (value === null) return { kind: 'null', ...expected }
  if (within) return propertiesCheck(within)(value)
  return { kind: 'badLiteral', literal: typeof value === 'string' ? value : JSON.stringify(value), ...expected }
}

function jsonTypeOf(value: unknown): string {
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

function expectedOf(name: string, schema: EdmSchema): Expected {
  const type = schema.edmType
  const of = (json: string, values: string): Expected => ({ name, type, json, values })
  if (complexTypeOf(schema)) return of('an object', `an object of type ${type}`)
  switch (type) {
    case 'Edm.Boolean':
      return of('a boolean', 'true or false')
    case 'Edm.Int32':
      return of('a number', 'a whole number from -2147483648 to 2147483647')
    case 'Edm.Double':
      return of('a number', 'any number')
    case 'Edm.DateTimeOffset':
      return of('a string', 'an instant such as 2017-01-01T00:02:49.3205976-08:00')
    case 'Edm.String':
      return of('a string', 'any string')
    default:
      return of('a string', `one of ${membersOf(schema).join(', ')} (case-sensitive)`)
  }
}
