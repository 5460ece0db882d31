import type { ArithmeticOperator, BoundArithmetic } from '../bind/bound.js'
import { Decimal } from '../value/decimal.js'
import { TICKS_PER_SECOND, dateTimeOfTicks, instantKey, ticksOf } from '../value/instant.js'
import { integer } from '../value/load.js'
import type { Scalar } from '../value/scalar.js'
import type { Family } from '../value/value-type.js'
import type { Run } from './context.js'

type Reckon = (left: never, right: never) => Scalar
type Table = Readonly<Record<ArithmeticOperator, Reckon>>

const MAX_INT64 = 2n ** 63n
const TICKS_PER_DAY = 86_400n * TICKS_PER_SECOND

/** Exact; beyond 64 bits and by zero unknown. */
const INTEGERS: Omit<Table, 'divby'> = {
  add: (left: number, right: number) => whole(BigInt(left) + BigInt(right)),
  sub: (left: number, right: number) => whole(BigInt(left) - BigInt(right)),
  mul: (left: number, right: number) => whole(BigInt(left) * BigInt(right)),
  div: (left: number, right: number) => (right === 0 ? null : whole(BigInt(left) / BigInt(right))),
  mod: (left: number, right: number) => (right === 0 ? null : whole(BigInt(left) % BigInt(right)))
}

const DECIMALS: Table = {
  add: (left: Decimal, right: Decimal) => left.add(right),
  sub: (left: Decimal, right: Decimal) => left.subtract(right),
  mul: (left: Decimal, right: Decimal) => left.multiply(right),
  div: (left: Decimal, right: Decimal) => left.divide(right),
  divby: (left: Decimal, right: Decimal) => left.divide(right),
  mod: (left: Decimal, right: Decimal) => left.modulo(right)
}

const DOUBLES: Table = {
  add: (left: number, right: number) => left + right,
  sub: (left: number, right: number) => left - right,
  mul: (left: number, right: number) => left * right,
  div: (left: number, right: number) => left / right,
  divby: (left: number, right: number) => left / right,
  mod: (left: number, right: number) => left % right
}

/** Arithmetic on values of the families that the binder chose; with null the result is null. */
export function runArithmetic({ operator, families, type }: BoundArithmetic, left: Run, right: Run): Run {
  const reckon = table(operator, families, type.family) as (left: Scalar, right: Scalar) => Scalar
  return (frame) => {
    const [first, second] = [left(frame) as Scalar, right(frame) as Scalar]
    return first === null || second === null ? null : reckon(first, second)
  }
}

/** Zero less than a number or a duration. */
export function runNegate(operand: Run): Run {
  return (frame) => {
    const value = operand(frame)
    if (value instanceof Decimal) return value.negate()
    return typeof value === 'number' || typeof value === 'bigint' ? -value : null
  }
}

function table(operator: ArithmeticOperator, [left, right]: readonly [Family, Family], result: Family): Reckon {
  // `divby` of integers gives a decimal.
  if (result === 'integer') return INTEGERS[operator as keyof typeof INTEGERS]
  if (result === 'double') return DOUBLES[operator]
  if (result === 'decimal') return DECIMALS[operator]
  if (left === 'decimal' || right === 'decimal') return scaled(operator)
  const sign = operator === 'sub' ? -1n : 1n
  const back =
    result === 'dateTimeOffset' ? dateTimeOfTicks : result === 'date' ? dateOfTicks : (ticks: bigint) => ticks
  return (first: Scalar, second: Scalar) => {
    const [from, by] = [ticks(first, left), ticks(second, right)]
    return from === null || by === null ? null : back(from + sign * by)
  }
}

/** A duration times or divided by a number. */
function scaled(operator: ArithmeticOperator): Reckon {
  return (left: bigint | Decimal, right: bigint | Decimal) => {
    const [first, second] = [asDecimal(left), asDecimal(right)]
    return (operator === 'mul' ? first.multiply(second) : first.divide(second))?.truncate() ?? null
  }
}

/** The ticks of any duration fit into a decimal. */
function asDecimal(value: bigint | Decimal): Decimal {
  return value instanceof Decimal ? value : (Decimal.from(value) as Decimal)
}

function whole(value: bigint): Scalar {
  return value >= -MAX_INT64 && value < MAX_INT64 ? integer(value) : null
}

function ticks(value: Scalar, family: Family): bigint | null {
  if (typeof value === 'bigint') return value
  const key = instantKey(family === 'date' ? `${String(value)}T00:00:00Z` : String(value))
  return key === null ? null : ticksOf(key)
}

/** The day, of which a time is no part. */
function dateOfTicks(sum: bigint): string | null {
  const rest = ((sum % TICKS_PER_DAY) + TICKS_PER_DAY) % TICKS_PER_DAY
  return dateTimeOfTicks(sum - rest)?.slice(0, 10) ?? null
}
