import { isDateTimeOffset, normaliseDateTimeOffset } from '../../../../lib/date-time-offset.js'

/** Ticks of 100 ns, the grain of .NET's dates, which the service runs on. */
export const TICKS_PER_SECOND = 10_000_000n
const TICKS_PER_MILLISECOND = 10_000n
const FIRST_TICK = BigInt(Date.parse('0001-01-01T00:00:00Z')) * TICKS_PER_MILLISECOND
const LAST_TICK = BigInt(Date.parse('9999-12-31T23:59:59.999Z')) * TICKS_PER_MILLISECOND + 9_999n
/** In UTC with at most seven digits of fraction, as the service writes them. */
const UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?Z$/

/**
 * A text that sorts as the instant does: UTC without `Z` and without zeros at the end of the fraction.
 * `null` for what is no `Edm.DateTimeOffset`.
 */
export function instantKey(text: string): string | null {
  if (UTC.test(text)) return trimmed(text.slice(0, -1))
  return isDateTimeOffset(text) ? normaliseDateTimeOffset(text).slice(0, -1) : null
}

/** Times of day as texts that sort as they do: with seconds, without zeros at the end of the fraction. */
export function timeKey(text: string): string {
  return trimmed(text.length === 5 ? `${text}:00` : text)
}

function trimmed(text: string): string {
  if (!text.includes('.')) return text
  let end = text.length
  while (text.charAt(end - 1) === '0') end--
  return text.slice(0, text.charAt(end - 1) === '.' ? end - 1 : end)
}

/** Ticks since 1970-01-01T00:00:00Z of a text that {@link instantKey} made. */
export function ticksOf(key: string): bigint {
  const [whole = '', fraction = ''] = key.split('.')
  return BigInt(Date.parse(`${whole}Z`)) * TICKS_PER_MILLISECOND + BigInt(fraction.padEnd(7, '0'))
}

/** The date-time in UTC, `null` outside the years 1 to 9999. */
export function dateTimeOfTicks(ticks: bigint): string | null {
  if (ticks < FIRST_TICK || ticks > LAST_TICK) return null
  const rest = ((ticks % TICKS_PER_SECOND) + TICKS_PER_SECOND) % TICKS_PER_SECOND
  const second = new Date(Number((ticks - rest) / TICKS_PER_MILLISECOND)).toISOString().slice(0, 19)
  return `${trimmed(`${second}.${String(rest).padStart(7, '0')}`)}Z`
}

const DURATION = /^(-?)P(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.(\d{1,12}))?S)?)?$/i

/** The ticks of an ISO 8601 duration of days and time, `null` for another text. */
export function durationTicks(text: string): bigint | null {
  const match = DURATION.exec(text)
  if (!match) return null
  const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = match
  const whole = ((BigInt(days) * 24n + BigInt(hours)) * 60n + BigInt(minutes)) * 60n + BigInt(seconds)
  const ticks = whole * TICKS_PER_SECOND + BigInt(fraction.slice(0, 7).padEnd(7, '0'))
  return sign === '-' ? -ticks : ticks
}
