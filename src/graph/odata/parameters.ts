import { isAnnotation } from './annotations.js'
import { propertiesCheck, type PropertiesCheck } from './check-properties.js'
import { PayloadMistake } from './payload-mistake.js'
import type { EntityType } from './schema.js'
import { isJsonObject } from '../../lib/json.js'

/** An action that is bound to an entity type. */
export interface BoundAction {
  readonly name: string
  /** A closed type; without properties where the action takes no parameters. */
  readonly parameters: EntityType
}

/** Reads the parameters of an action from the JSON value of a body; a missing body counts as `{}`. */
export type ReadParameters = (payload: unknown) => Record<string, unknown>

/**
 * @param parameters closed; those that may be left out are optional
 * @param operation the name of the action, for its refusals
 * @returns a reader that throws PayloadMistake for a parameter that is unknown, missing or of another type
 */
export function parametersReader(parameters: EntityType, operation: string): ReadParameters {
  const known = Object.keys(parameters.properties)
  const { required = [] } = parameters
  let check: PropertiesCheck | undefined
  return (payload = {}) => {
    if (!isJsonObject(payload))
      throw new PayloadMistake({ kind: 'notAnObject', found: Array.isArray(payload) ? 'array' : 'value' })
    const given = Object.entries(payload).filter(([name]) => !isAnnotation(name))
    const unknown = given.find(([name]) => !known.includes(name))
    if (unknown) throw new PayloadMistake({ kind: 'unknownParameter', name: unknown[0], operation, known })
    const values = Object.fromEntries(given)
    const missing = required.filter((name) => !Object.hasOwn(values, name))
    if (missing.length > 0) throw new PayloadMistake({ kind: 'missingParameters', names: missing, operation })
    const mistake = (check ??= propertiesCheck(parameters))(values)
    if (mistake) throw new PayloadMistake(mistake)
    return values
  }
}
