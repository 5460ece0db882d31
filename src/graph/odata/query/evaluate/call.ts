import { Decimal } from '../value/decimal.js'
import { TICKS_PER_SECOND, timeKey } from '../value/instant.js'
import type { Scalar } from '../value/scalar.js'

/** Takes up to three values, as the signature says. */
export type Call = (first: Scalar, second: Scalar, third: Scalar) => Scalar

/** `Edm.DateTimeOffset`, `Edm.Date` or `Edm.TimeOfDay`. */
const TEMPORAL = /^(?:(\d{4})-(\d\d)-(\d\d))?T?(?:(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,12}))?)?)?(Z|[+-]\d\d:\d\d)?$/
const [YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, FRACTION, OFFSET] = [1, 2, 3, 4, 5, 6, 7, 8] as const

/**
 * The functions, over values of the families of their signatures, none of which is null (documented: OData 4.01 URL
 * Conventions 5.1.1.5 to 5.1.1.9). Text is counted in UTF-16 units, as .NET counts it; parts of a date-time are those of
 * its own offset. `now` is not here: it takes the context.
 */
export const CALLS: ReadonlyMap<string, Call> = new Map<string, Call>([
  ['contains', (text, part) => string(text).includes(string(part))],
  ['startswith', (text, part) => string(text).startsWith(string(part))],
  ['endswith', (text, part) => string(text).endsWith(string(part))],
  ['indexof', (text, part) => string(text).indexOf(string(part))],
  ['length', (text) => string(text).length],
  ['substring', (text, start, length) => substring(string(text), Number(start), Number(length ?? Infinity))],
  ['tolower', (text) => string(text).toLowerCase()],
  ['toupper', (text) => string(text).toUpperCase()],
  ['trim', (text) => string(text).trim()],
  ['concat', (first, second) => string(first) + string(second)],
  ['year', part(YEAR)],
  ['month', part(MONTH)],
  ['day', part(DAY)],
  ['hour', part(HOUR)],
  ['minute', part(MINUTE)],
  ['second', part(SECOND)],
  ['fractionalseconds', (value) => decimal(`0.${textOf(value, FRACTION) ?? '0'}`, value)],
  ['date', (value) => (TEMPORAL.test(string(value)) ? string(value).slice(0, 10) : null)],
  ['time', (value) => time(string(value))],
  ['totaloffsetminutes', (value) => offset(textOf(value, OFFSET))],
  ['totalseconds', (value) => seconds(value as bigint)],
  ['maxdatetime', () => '9999-12-31T23:59:59.9999999Z'],
  ['mindatetime', () => '0001-01-01T00:00:00Z'],
  ['round', (value) => (value instanceof Decimal ? value.round() : roundDouble(Number(value)))],
  ['floor', (value) => (value instanceof Decimal ? value.floor() : Math.floor(Number(value)))],
  ['ceiling', (value) => (value instanceof Decimal ? value.ceiling() : Math.ceil(Number(value)))]
])

/** Those that compare text, which a collation may do without regard to case. */
export const COLLATED: ReadonlySet<string> = new Set(['contains', 'startswith', 'endswith', 'indexof'])

function string(value: Scalar): string {
  return value as string
}

/** Outside the text there is nothing; a negative start or length is unknown (assumed). */
function substring(text: string, start: number, length: number): string | null {
  return start < 0 || length < 0 ? null : text.slice(start, start + length)
}

function textOf(value: Scalar, group: number): string | undefined {
  return TEMPORAL.exec(string(value))?.[group]
}

/** Null for a stored text that is no date. */
function part(group: number): Call {
  return (value) => {
    const match = TEMPORAL.exec(string(value))
    return match ? Number(match[group] ?? '0') : null
  }
}

function decimal(text: string, value: Scalar): Decimal | null {
  return TEMPORAL.test(string(value)) ? Decimal.from(text) : null
}

function time(value: string): string | null {
  const match = TEMPORAL.exec(value)
  return match ? timeKey(value.slice(11, value.length - (match[OFFSET]?.length ?? 0))) : null
}

function offset(text: string | undefined): number | null {
  if (text === undefined) return null
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(text) ?? []
  if (sign === undefined) return 0
  return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
}

function seconds(ticks: bigint): Decimal | null {
  const [amount, second] = [Decimal.from(ticks), Decimal.from(TICKS_PER_SECOND)]
  return amount && second && amount.divide(second)
}

/** Half away from zero (OData 4.01 URL Conventions 5.1.1.9.1). */
function roundDouble(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value))
}
