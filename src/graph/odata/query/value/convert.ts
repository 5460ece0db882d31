import type { Scalar } from './scalar.js'
import type { Family } from './value-type.js'
import { Decimal } from './decimal.js'
import { instantKey } from './instant.js'

/** Which strings are alike: `ordinal` as OData has it, `ignoreCase` as the directory compares. */
export type Collation = 'ordinal' | 'ignoreCase'

/** A value of one family as another's; only pairs that the binder lets through. */
export function convert(value: Scalar, from: Family, to: Family): Scalar {
  if (value === null || from === to) return value
  if (to === 'decimal') return Decimal.from(value as number | bigint)
  if (to === 'double') return value instanceof Decimal ? value.toNumber() : Number(value)
  if (from === 'date' && to === 'dateTimeOffset') return `${value as string}T00:00:00Z`
  return value
}

/** What values of a family are compared by: primitives that sort as the values do, but for decimals. */
export function keyOf(value: Scalar, family: Family, collation: Collation): Scalar {
  if (typeof value !== 'string') return value
  if (family === 'dateTimeOffset') return instantKey(value)
  return family === 'string' && collation === 'ignoreCase' ? value.toLowerCase() : value
}

/** Of keys of one family; neither is `null`. NaN is like nothing, not even itself. */
export function equal(left: Scalar, right: Scalar): boolean {
  return left instanceof Decimal && right instanceof Decimal ? left.compare(right) === 0 : left === right
}

/** Of keys of one family; neither is `null`. */
export function less(left: Scalar, right: Scalar): boolean {
  if (left instanceof Decimal && right instanceof Decimal) return left.compare(right) < 0
  return (typeof left === typeof right || (isNumber(left) && isNumber(right))) && (left as number) < (right as number)
}

/** `bigint` and `number` compare exactly. */
function isNumber(value: Scalar): boolean {
  return typeof value === 'number' || typeof value === 'bigint'
}
