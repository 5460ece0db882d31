import { FormatRegistry, Type, type SchemaOptions, type TString } from '@sinclair/typebox'

const LITERAL =
  /^P(?=.)(?:(\d{1,12})W|(?:(\d{1,12})D)?(?:T(?=.)(?:(\d{1,12})H)?(?:(\d{1,12})M)?(?:(\d{1,12}(?:\.\d{1,12})?)S)?)?)$/
const MILLISECONDS = [604_800_000, 86_400_000, 3_600_000, 60_000, 1000]
/** Ten thousand years: no two instants of the calendar are further apart. */
const LONGEST = 10_000 * 366 * 86_400_000

// TypeBox keeps formats in one registry per process. The entry is a pure function, so apps still share no state.
FormatRegistry.Set('duration', (literal) => milliseconds(literal) !== undefined)

/** A property that holds an ISO 8601 duration, which {@link parseDuration} takes. */
export function isoDuration(options: SchemaOptions): TString {
  return Type.String({ format: 'duration', ...options })
}

/**
 * Milliseconds of an ISO 8601 duration of weeks, or of days, hours, minutes and seconds: `PT10M`, `P1DT0.5S`. Years and
 * months have no fixed length, and a sign no use here, so they are refused; fractions end at milliseconds.
 *
 * @throws RangeError
 */
export function parseDuration(literal: string): number {
  const duration = milliseconds(literal)
  if (duration === undefined) {
    throw new RangeError(`${JSON.stringify(literal)} is no ISO 8601 duration such as PT10M or P1DT12H`)
  }
  return duration
}

/** Whole seconds, as `Retry-After` has them, of a number of seconds or an ISO 8601 duration. */
export function secondsOf(duration: number | string): number {
  return typeof duration === 'number' ? duration : Math.ceil(parseDuration(duration) / 1000)
}

function milliseconds(literal: string): number | undefined {
  const match = LITERAL.exec(literal)
  if (!match) return undefined
  const parts = MILLISECONDS.map((unit, at) => Number(match[at + 1] ?? 0) * unit)
  const sum = Math.round(parts.reduce((total, part) => total + part))
  return sum <= LONGEST ? sum : undefined
}
