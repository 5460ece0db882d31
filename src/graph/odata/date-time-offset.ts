/** OData 4.01 ABNF `dateTimeOffsetValue`: seconds may be left out, at most 12 fraction digits, `Z` or an offset. */
const LITERAL =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,12}))?)?(?:Z|([+-])(\d\d):(\d\d))$/

const MINUTE = 60_000
const MAX_OFFSET = 14 * 60
const FIRST_INSTANT = Date.parse('0001-01-01T00:00:00Z')
const END_OF_INSTANTS = Date.parse('9999-12-31T23:59:59Z') + 1000

interface DateTimeOffset {
  /** Milliseconds since 1970-01-01T00:00:00Z of the whole second. */
  readonly utcSecond: number
  /** The fraction digits as sent, '' for none. */
  readonly fraction: string
}

/**
 * Reads an `Edm.DateTimeOffset` literal; `undefined` when it is none.
 *
 * Assumed from .NET's DateTimeOffset, which the service runs on: offsets from −14:00 to +14:00, local time and UTC
 * instant both within the years 0001 to 9999, no leap second, no hour 24.
 */
export function parseDateTimeOffset(literal: string): DateTimeOffset | undefined {
  const match = LITERAL.exec(literal)
  if (!match) return undefined
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '00', fraction = ''] = match
  const [sign, offsetHours = '0', offsetMinutes = '0'] = match.slice(8)
  const local = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  // Date.parse takes 31 February and hour 24 and rolls over: such a date does not come back as it went in.
  if (Number.isNaN(local) || new Date(local).toISOString().slice(0, 19) !== literalToSecond(match)) return undefined
  const offset = Number(offsetHours) * 60 + Number(offsetMinutes)
  if (Number(offsetMinutes) > 59 || offset > MAX_OFFSET) return undefined
  const utcSecond = local - (sign === '-' ? -offset : offset) * MINUTE
  if (!isWithinCalendar(local) || !isWithinCalendar(utcSecond)) return undefined
  return { utcSecond, fraction }
}

export function isDateTimeOffset(literal: string): boolean {
  return parseDateTimeOffset(literal) !== undefined
}

/**
 * The form in which Intune answers dates: UTC with `Z`, the fraction truncated to 100 ns ticks (7 digits), trailing
 * zeros trimmed (captured: graph2otel 2026-07-23; rapid7/insightconnect-plugins PR 1966).
 *
 * @param literal a literal that {@link isDateTimeOffset} accepts
 */
export function normaliseDateTimeOffset(literal: string): string {
  const parsed = parseDateTimeOffset(literal)
  if (!parsed) throw new RangeError(`not an Edm.DateTimeOffset: ${literal}`)
  const fraction = parsed.fraction.slice(0, 7).replace(/0+$/, '')
  const second = new Date(parsed.utcSecond).toISOString().slice(0, 19)
  return fraction === '' ? `${second}Z` : `${second}.${fraction}Z`
}

function isWithinCalendar(instant: number): boolean {
  return instant >= FIRST_INSTANT && instant < END_OF_INSTANTS
}

function literalToSecond([, year, month, day, hour, minute, second = '00']: RegExpExecArray): string {
  return `${String(year)}-${String(month)}-${String(day)}T${String(hour)}:${String(minute)}:${second}`
}
