import type { ArithmeticOperator, Bound, BoundArithmetic } from './bound.js'
import { folded } from './constant.js'
import { demandSingle, incompatible, widerNumber } from './operands.js'
import { isNumeric, primitiveType, type Family, type NumericFamily, type ValueType } from '../value/value-type.js'

/** What arithmetic gives. */
type Result = 'integer' | 'decimal' | 'double' | 'dateTimeOffset' | 'date' | 'duration'

const TYPE_NAMES: Readonly<Record<Result, string>> = {
  integer: 'Edm.Int64',
  decimal: 'Edm.Decimal',
  double: 'Edm.Double',
  dateTimeOffset: 'Edm.DateTimeOffset',
  date: 'Edm.Date',
  duration: 'Edm.Duration'
}

/** Arithmetic with dates and durations: `left operator right` gives the last (documented: OData 4.01 URL Conventions 5.1.1.2). */
const TEMPORAL: ReadonlyMap<string, Result> = new Map<string, Result>([
  ['dateTimeOffset add duration', 'dateTimeOffset'],
  ['dateTimeOffset sub duration', 'dateTimeOffset'],
  ['dateTimeOffset sub dateTimeOffset', 'duration'],
  ['date add duration', 'date'],
  ['date sub duration', 'date'],
  ['date sub date', 'duration'],
  ['duration add duration', 'duration'],
  ['duration sub duration', 'duration'],
  ['duration mul decimal', 'duration'],
  ['decimal mul duration', 'duration'],
  ['duration div decimal', 'duration'],
  ['duration divby decimal', 'duration']
])

/**
 * Types an arithmetic operation.
 *
 * @throws QueryError where the operands do not fit it
 */
export function bindArithmetic(
  operator: ArithmeticOperator,
  left: Bound,
  right: Bound,
  position: number
): BoundArithmetic {
  demandSingle(operator, left, position)
  demandSingle(operator, right, position)
  const typed = numeric(operator, left.type, right.type) ?? temporal(operator, left.type, right.type)
  if (!typed) throw incompatible(operator, left.type, right.type, position)
  const { families, result } = typed
  const [first, second] = families
  const type = primitiveType(TYPE_NAMES[result])
  return { kind: 'arithmetic', operator, left: folded(left, first), right: folded(right, second), families, type }
}

interface Typed {
  readonly families: readonly [Family, Family]
  readonly result: Result
}

/** Null and values of unknown type take the type of the other side. */
function numeric(operator: ArithmeticOperator, left: ValueType, right: ValueType): Typed | undefined {
  const [first, second] = [numericFamily(left, right), numericFamily(right, left)]
  if (!first || !second) return undefined
  const wider = widerNumber(first, second)
  const family = operator === 'divby' && wider === 'integer' ? 'decimal' : wider
  return { families: [family, family], result: family }
}

function numericFamily(type: ValueType, other: ValueType): NumericFamily | undefined {
  if (isNumeric(type)) return type.family
  if (!isOpen(type)) return undefined
  if (isNumeric(other)) return other.family
  return isOpen(other) ? 'double' : undefined
}

function temporal(operator: ArithmeticOperator, left: ValueType, right: ValueType): Typed | undefined {
  for (const [first, second] of [
    [temporalFamily(left), temporalFamily(right)],
    [temporalFamily(left), 'duration'],
    ['duration', temporalFamily(right)]
  ] as [Family, Family][]) {
    const result = TEMPORAL.get(`${first} ${operator} ${second}`)
    if (result && fits(left, first) && fits(right, second)) return { families: [first, second], result }
  }
  return undefined
}

function temporalFamily(type: ValueType): Family {
  return isNumeric(type) ? 'decimal' : type.family
}

function fits(type: ValueType, family: Family): boolean {
  return temporalFamily(type) === family || isOpen(type)
}

function isOpen({ family }: ValueType): boolean {
  return family === 'null' || family === 'untyped'
}
