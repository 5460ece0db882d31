import { FormatRegistry, Type, type SchemaOptions, type TString } from '@sinclair/typebox'
import { trimEnd } from './trim-end.js'

/** OData 4.01 ABNF `dateTimeOffsetValue`: seconds may be left out, 1 to 12 fraction digits, `Z` or an offset. */
const LITERAL = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,12}))?)?(?:Z|([+-]\d\d):(\d\d))$/

/** Accepts most dates by one test: all but 29 February, and years in which an offset can leave the calendar. */
const ORDINARY =
  /^(?!000[01]|9999)\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,12})?)?(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d)$/

const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const MAX_OFFSET_MINUTES = 14 * 60
const FIRST_INSTANT = Date.parse('0001-01-01T00:00:00Z')
const LAST_SECOND = Date.parse('9999-12-31T23:59:59Z')

interface DateTimeOffset {
  /** Local time without offset, to the second: `2017-01-01T00:02:49`. */
  readonly local: string
  /** Minutes east of UTC. */
  readonly offset: number
  /** The fraction digits as sent, '' for none. */
  readonly fraction: string
}

/**
 * Whether a string is an `Edm.DateTimeOffset` literal.
 *
 * Assumed from .NET's DateTimeOffset, which the service runs on: offsets from −14:00 to +14:00, local time and UTC
 * instant both within the years 0001 to 9999, no leap second, no hour 24.
 */
export function isDateTimeOffset(literal: string): boolean {
  return ORDINARY.test(literal) || parse(literal) !== undefined
}

// TypeBox has one registry of formats per process. The entry is a pure function, so apps share no state.
FormatRegistry.Set('date-time', isDateTimeOffset)

/** A schema of an `Edm.DateTimeOffset`: an ISO 8601 instant with `Z` or an offset. */
export function dateTimeOffset(options: SchemaOptions): TString {
  return Type.String({ format: 'date-time', edmType: 'Edm.DateTimeOffset', ...options })
}

/**
 * The form in which Intune answers dates: UTC with `Z`, the fraction truncated to 100 ns ticks (7 digits), trailing
 * zeros trimmed (captured: graph2otel 2026-07-23; rapid7/insightconnect-plugins PR 1966).
 *
 * @param literal a literal that {@link isDateTimeOffset} accepts
 */
export function normaliseDateTimeOffset(literal: string): string {
  const parsed = parse(literal)
  if (!parsed) throw new RangeError(`not an Edm.DateTimeOffset: ${literal}`)
  const fraction = trimEnd(parsed.fraction.slice(0, 7), '0')
  const second = new Date(utcSecond(parsed)).toISOString().slice(0, 19)
  return fraction === '' ? `${second}Z` : `${second}.${fraction}Z`
}

function parse(literal: string): DateTimeOffset | undefined {
  const match = LITERAL.exec(literal)
  if (!match) return undefined
  const [, year, month, day, hour, minute, second = '00', fraction = '', offsetHour = '+00', offsetMinute = '00'] =
    match
  if (!isDate(Number(year), Number(month), Number(day))) return undefined
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 || Number(offsetMinute) > 59) return undefined
  const offset = (Math.abs(Number(offsetHour)) * 60 + Number(offsetMinute)) * (offsetHour.startsWith('-') ? -1 : 1)
  if (Math.abs(offset) > MAX_OFFSET_MINUTES) return undefined
  const parsed = { local: `${literal.slice(0, 16)}:${second}`, offset, fraction }
  return isWithinCalendar(parsed) ? parsed : undefined
}

function isDate(year: number, month: number, day: number): boolean {
  const days = month === 2 && isLeapYear(year) ? 29 : (DAYS_OF_MONTH[month - 1] ?? 0)
  return year > 0 && day > 0 && day <= days
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

/** Only on the first and the last day can an offset leave the calendar. */
function isWithinCalendar(parsed: DateTimeOffset): boolean {
  if (!parsed.local.startsWith('0001-01-01') && !parsed.local.startsWith('9999-12-31')) return true
  const instant = utcSecond(parsed)
  return instant >= FIRST_INSTANT && instant <= LAST_SECOND
}

/** Milliseconds since 1970-01-01T00:00:00Z. */
function utcSecond({ local, offset }: DateTimeOffset): number {
  return Date.parse(`${local}Z`) - offset * 60_000
}
