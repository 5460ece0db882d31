import type { ComparisonOperator } from '../bind/bound.js'
import { equal, less } from '../value/convert.js'
import type { Scalar } from '../value/scalar.js'
import type { Family } from '../value/value-type.js'
import type { Run } from './context.js'

type Compare = (left: Scalar, right: Scalar) => boolean
type Key = number | string

/**
 * Null equals null and nothing else, and is neither less nor greater than anything (documented: OData 4.01 URL
 * Conventions 5.1.1.1.1 to 5.1.1.1.6). These are for any keys, also for decimals and for those of unlike kinds.
 */
const ANY: Readonly<Record<ComparisonOperator, Compare>> = {
  eq: (left, right) => (left === null || right === null ? left === right : equal(left, right)),
  ne: (left, right) => (left === null || right === null ? left !== right : !equal(left, right)),
  gt: (left, right) => left !== null && right !== null && less(right, left),
  ge: (left, right) => (left === null || right === null ? left === right : less(right, left) || equal(left, right)),
  lt: (left, right) => left !== null && right !== null && less(left, right),
  le: (left, right) => (left === null || right === null ? left === right : less(left, right) || equal(left, right))
}

/** The same for keys of one primitive kind, which JavaScript compares itself: numbers also with `bigint`. */
const PRIMITIVE: Readonly<Record<ComparisonOperator, Compare>> = {
  eq: (left, right) => left === right,
  ne: (left, right) => left !== right,
  gt: (left, right) => left !== null && right !== null && (left as Key) > (right as Key),
  ge: (left, right) => left === right || (left !== null && right !== null && (left as Key) >= (right as Key)),
  lt: (left, right) => left !== null && right !== null && (left as Key) < (right as Key),
  le: (left, right) => left === right || (left !== null && right !== null && (left as Key) <= (right as Key))
}

/** Whether keys of a family are primitives of one kind. */
export function isPrimitive(family: Family): boolean {
  return family !== 'decimal' && family !== 'untyped'
}

/** Compares the keys of two values of a family. */
export function runComparison(operator: ComparisonOperator, family: Family, left: Run, right: Run): Run {
  const compare = (isPrimitive(family) ? PRIMITIVE : ANY)[operator]
  return (frame) => compare(left(frame) as Scalar, right(frame) as Scalar)
}

/** The same, where the right value does not change. */
export function runComparisonWith(operator: ComparisonOperator, family: Family, left: Run, right: Scalar): Run {
  if (isPrimitive(family) && operator === 'eq') return (frame) => left(frame) === right
  const compare = (isPrimitive(family) ? PRIMITIVE : ANY)[operator]
  return (frame) => compare(left(frame) as Scalar, right)
}

/** Whether all flags of the right value are set in the left one; unknown where one is null. */
export function runHas(left: Run, right: Run): Run {
  return (frame) => {
    const [flags, wanted] = [left(frame) as number | null, right(frame) as number | null]
    if (flags === null || wanted === null) return null
    return !Number.isNaN(flags) && (BigInt(flags) & BigInt(wanted)) === BigInt(wanted)
  }
}
