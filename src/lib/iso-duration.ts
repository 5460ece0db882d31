import { Type, type SchemaOptions, type TString } from '@sinclair/typebox'

/** The number of digits is limited, so that no duration added to a date of the calendar leaves the range of `Date`. */
const LITERAL =
  /^P(?=.)(?:([0-9]{1,6})W|(?:([0-9]{1,7})D)?(?:T(?=.)(?:([0-9]{1,8})H)?(?:([0-9]{1,10})M)?(?:([0-9]{1,11}(?:\.[0-9]{1,12})?)S)?)?)$/
const MILLISECONDS = [604_800_000, 86_400_000, 3_600_000, 60_000, 1000]

/** A property that holds an ISO 8601 duration, which {@link parseDuration} takes. */
export function isoDuration(options: SchemaOptions): TString {
  return Type.String({ pattern: LITERAL.source, expected: 'an ISO 8601 duration such as PT10M', ...options })
}

/**
 * Milliseconds of an ISO 8601 duration of weeks, or of days, hours, minutes and seconds: `PT10M`, `P1DT0.5S`. Years and
 * months have no fixed length, and a sign has no use here, so they are refused; fractions are rounded to milliseconds.
 *
 * @throws RangeError
 */
export function parseDuration(literal: string): number {
  const match = LITERAL.exec(literal)
  if (!match) throw new RangeError(`${JSON.stringify(literal)} is no ISO 8601 duration such as PT10M or P1DT12H`)
  const parts = MILLISECONDS.map((unit, at) => Number(match[at + 1] ?? 0) * unit)
  return Math.round(parts.reduce((total, part) => total + part))
}

/** Whole seconds, as `Retry-After` has them, of a number of seconds or an ISO 8601 duration. */
export function secondsOf(duration: number | string): number {
  return typeof duration === 'number' ? duration : Math.ceil(parseDuration(duration) / 1000)
}
