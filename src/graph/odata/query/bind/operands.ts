import { QueryError } from '../query-error.js'
import type { Bound } from './bound.js'
import { constantAs, folded } from './constant.js'
import { isNumeric, type Family, type NumericFamily, type ValueType } from '../value/value-type.js'

/** Operators as the messages of Microsoft's OData library call them. */
export const OPERATOR_KINDS = {
  eq: 'Equal',
  ne: 'NotEqual',
  gt: 'GreaterThan',
  ge: 'GreaterThanOrEqual',
  lt: 'LessThan',
  le: 'LessThanOrEqual',
  has: 'Has',
  add: 'Add',
  sub: 'Subtract',
  mul: 'Multiply',
  div: 'Divide',
  divby: 'Divide',
  mod: 'Modulo',
  and: 'And',
  or: 'Or',
  not: 'Not',
  negate: 'Negate'
} as const

export type OperatorName = keyof typeof OPERATOR_KINDS

/** Two operands and the family that they meet in. */
export interface Pair {
  readonly left: Bound
  readonly right: Bound
  readonly family: Family
}

/** Captured: OpenAEV-Platform/collectors#564, msgraph-sdk-javascript#1657. */
export function incompatible(operator: OperatorName, left: ValueType, right: ValueType, position: number): QueryError {
  return new QueryError(
    `A binary operator with incompatible types was detected. Found operand types '${left.name}' and '${right.name}' for operator kind '${OPERATOR_KINDS[operator]}'.`,
    position
  )
}

export function incompatibleOperand(operator: OperatorName, { name }: ValueType, position: number): QueryError {
  return new QueryError(
    `A unary operator with an incompatible type was detected. Found operand type '${name}' for operator kind '${OPERATOR_KINDS[operator]}'.`,
    position
  )
}

export function notSingleOperand(operator: OperatorName, position: number): QueryError {
  return new QueryError(
    `The operand for a unary operator '${OPERATOR_KINDS[operator]}' is not a single value. Unary operators require the operand to be a single value.`,
    position
  )
}

/** @throws QueryError for a collection */
export function demandSingle(operator: OperatorName, bound: Bound, position: number): void {
  if (!bound.type.collection) return
  throw new QueryError(
    `The operand for a binary operator '${OPERATOR_KINDS[operator]}' is not a single value. Binary operators require both operands to be single values.`,
    position
  )
}

/** Both operands in the family in which they can be compared; `undefined` where there is none. */
export function meet(left: Bound, right: Bound): Pair | undefined {
  const [first, second] = [constantAs(left, right.type) ?? left, constantAs(right, left.type) ?? right]
  const family = commonFamily(first.type, second.type)
  return family && { left: folded(first, family), right: folded(second, family), family }
}

function commonFamily(left: ValueType, right: ValueType): Family | undefined {
  if (left.family === 'null' || left.family === 'untyped') return right.family
  if (right.family === 'null' || right.family === 'untyped') return left.family
  if (left.family === right.family) return isComparable(left, right) ? left.family : undefined
  if (isNumeric(left) && isNumeric(right)) return widerNumber(left.family, right.family)
  const families = new Set([left.family, right.family])
  return families.has('date') && families.has('dateTimeOffset') ? 'dateTimeOffset' : undefined
}

/** Entities and complex values are compared with null only, members of enumerations with those of the same one. */
function isComparable(left: ValueType, right: ValueType): boolean {
  return left.family === 'enum' ? left.name === right.name : left.family !== 'structured'
}

/** Documented: OData 4.01 URL Conventions 5.1.1.15, numeric promotion. */
export function widerNumber(left: Family, right: Family): NumericFamily {
  if (left === 'double' || right === 'double') return 'double'
  return left === 'decimal' || right === 'decimal' ? 'decimal' : 'integer'
}
