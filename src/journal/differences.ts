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

/** Differences of one comparison beyond these are not told. */
const MAX_DIFFERENCES = 20

/**
 * Compares with a partial document: of objects the members that are wanted, at any depth; arrays element by element;
 * scalars must be equal.
 */
export function compare(member: string, was: unknown, wanted: unknown): Comparison {
  const differences: Difference[] = []
  let equal = 0
  const visit = (name: string, actual: unknown, partial: unknown): void => {
    if (Array.isArray(partial)) {
      if (!Array.isArray(actual)) differ(name, actual, partial)
      else if (actual.length !== partial.length) differ(`${name}.length`, actual.length, partial.length)
      else for (const [at, element] of partial.entries()) visit(`${name}.${at}`, actual[at], element)
    } else if (isObject(partial)) {
      if (!isObject(actual)) differ(name, actual, partial)
      else {
        for (const [key, value] of Object.entries(partial)) {
          visit(`${name}.${key}`, Object.hasOwn(actual, key) ? actual[key] : undefined, value)
        }
      }
    } else if (actual === partial) equal++
    else differ(name, actual, partial)
  }
  const differ = (name: string, actual: unknown, partial: unknown): void => {
    if (differences.length < MAX_DIFFERENCES) differences.push({ member: name, was: actual, wanted: partial })
  }
  visit(member, was, wanted)
  return { equal, differences }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `body.syncStatus was "completed", not "failed"` */
export function tellDifference({ member, was, wanted }: Difference): string {
  return was === undefined
    ? `${member} was missing, not ${literal(wanted)}`
    : `${member} was ${literal(was)}, not ${literal(wanted)}`
}

const MAX_LITERAL = 120

function literal(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length <= MAX_LITERAL ? text : `${text.slice(0, MAX_LITERAL)}…`
}
