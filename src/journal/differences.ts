import { isJsonObject } from '../lib/json.js'

/** A member that does not match. */
export interface Difference {
  /** Such as `method` or `body.syncStatus`. */
  readonly member: string
  /** `undefined` where it is missing. */
  readonly was: unknown
  readonly wanted: unknown
}

/** The result of a comparison. */
export interface Comparison {
  /** How many members match. */
  readonly equal: number
  readonly differences: readonly Difference[]
}

/** The comparison stops after so many differences. */
const MAX_DIFFERENCES = 20

/**
 * Compares a value with a partial document: of objects only the members in `wanted`, at any depth; arrays element by
 * element; scalars must be equal.
 */
export function compare(member: string, was: unknown, wanted: unknown, most = MAX_DIFFERENCES): Comparison {
  const differences: Difference[] = []
  let equal = 0
  /** @returns whether to go on */
  const visit = (name: string, actual: unknown, partial: unknown): boolean => {
    if (Array.isArray(partial)) {
      if (!Array.isArray(actual)) return differ(name, actual, partial)
      if (actual.length !== partial.length) return differ(`${name}.length`, actual.length, partial.length)
      return partial.every((element, at) => visit(`${name}.${at}`, actual[at], element))
    }
    if (isJsonObject(partial)) {
      if (!isJsonObject(actual)) return differ(name, actual, partial)
      return Object.entries(partial).every(([key, value]) =>
        visit(`${name}.${key}`, Object.hasOwn(actual, key) ? actual[key] : undefined, value)
      )
    }
    if (actual !== partial) return differ(name, actual, partial)
    equal++
    return true
  }
  const differ = (name: string, actual: unknown, partial: unknown): boolean =>
    differences.push({ member: name, was: actual, wanted: partial }) < most
  visit(member, was, wanted)
  return { equal, differences }
}

/** Whether nothing differs. */
export function contains(was: unknown, wanted: unknown): boolean {
  return compare('', was, wanted, 1).differences.length === 0
}

/** `body.syncStatus was "completed", not "failed"` */
export function tellDifference({ member, was, wanted }: Difference): string {
  const [name, value] = [abbreviate(member), literal(wanted)]
  return was === undefined ? `${name} was missing, not ${value}` : `${name} was ${literal(was)}, not ${value}`
}

function literal(value: unknown): string {
  return abbreviate(JSON.stringify(value), 120)
}

/** A text short enough for one line. */
export function abbreviate(text: string, most = 1000): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`
}
