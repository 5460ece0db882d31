import { isJsonObject } from '../lib/json.js'

/** Where a request is not as it was wanted. */
export interface Difference {
  /** Such as `method` or `body.syncStatus`. */
  readonly member: string
  /** `undefined` where there is none. */
  readonly was: unknown
  readonly wanted: unknown
}

/** How far two things agree. */
export interface Comparison {
  /** Members that are as wanted. */
  readonly equal: number
  readonly differences: readonly Difference[]
}

/** After so many differences nothing more is looked at. */
const MAX_DIFFERENCES = 20

/**
 * Compares with a partial document: of objects the members that are wanted, at any depth; arrays element by element;
 * scalars must be equal.
 */
export function compare(member: string, was: unknown, wanted: unknown, most = MAX_DIFFERENCES): Comparison {
  const differences: Difference[] = []
  let equal = 0
  /** @returns whether to look on */
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

/** A text that a line can hold. */
export function abbreviate(text: string, most = 1000): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`
}
