import type { ComparisonOperator } from '../bind/bound.js'
import { equal, less } from '../value/convert.js'
import type { Scalar } from '../value/scalar.js'
import type { Run } from './context.js'

type Compare = (left: Scalar, right: Scalar) => boolean

/**
 * Null equals null and nothing else, and is neither less nor greater than anything (documented: OData 4.01 URL
 * Conventions 5.1.1.1.1 to 5.1.1.1.6).
 */
const COMPARISONS: Readonly<Record<ComparisonOperator, Compare>> = {
  eq: (left, right) => (left === null || right === null ? left === right : equal(left, right)),
  ne: (left, right) => (left === null || right === null ? left !== right : !equal(left, right)),
  gt: (left, right) => left !== null && right !== null && less(right, left),
  ge: (left, right) => (left === null || right === null ? left === right : less(right, left) || equal(left, right)),
  lt: (left, right) => left !== null && right !== null && less(left, right),
  le: (left, right) => (left === null || right === null ? left === right : less(left, right) || equal(left, right))
}

/** Compares the keys of two values. */
export function runComparison(operator: ComparisonOperator, left: Run, right: Run): Run {
  const compare = COMPARISONS[operator]
  return (frame) => compare(left(frame) as Scalar, right(frame) as Scalar)
}

/** Whether a key is among others. */
export function runIn(operand: Run, list: readonly Run[]): Run {
  return (frame) => {
    const value = operand(frame) as Scalar
    return list.some((item) => COMPARISONS.eq(value, item(frame) as Scalar))
  }
}

/** Whether all flags of the right value are set in the left one; unknown where one is null. */
export function runHas(left: Run, right: Run): Run {
  return (frame) => {
    const [flags, wanted] = [left(frame) as number | null, right(frame) as number | null]
    if (flags === null || wanted === null) return null
    return !Number.isNaN(flags) && (BigInt(flags) & BigInt(wanted)) === BigInt(wanted)
  }
}
