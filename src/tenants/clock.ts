import { Type, type Static } from '@sinclair/typebox'
import { dateTimeOffset, isDateTimeOffset } from '../lib/date-time-offset.js'
import { isoDuration, parseDuration } from '../lib/iso-duration.js'

/** Milliseconds since 1970 of the first and the last instant that `Edm.DateTimeOffset` and .NET know, to the millisecond. */
const FIRST_INSTANT = Date.parse('0001-01-01T00:00:00.000Z')
export const LAST_INSTANT = Date.parse('9999-12-31T23:59:59.999Z')

/** How the clock of a tenant differs from the wall clock, in milliseconds: all of it that must be kept to restore it. */
export interface Clock {
  /** Added to the wall clock while the clock runs. */
  readonly offset: number
  /** The instant since 1970 at which it stands still, or `null` while it runs. */
  readonly frozenAt: number | null
}

/** The clock of a tenant that nobody touched. */
export const WALL_CLOCK: Clock = Object.freeze({ offset: 0, frozenAt: null })

/** What may be done to a clock; several members are done in the order reset, freeze, set, advance. */
export const ClockChange = Type.Object(
  {
    reset: Type.Optional(Type.Literal(true, { description: 'Back to the wall clock, running.' })),
    freeze: Type.Optional(Type.Boolean({ description: 'true: stands still from now on; false: runs on from there.' })),
    set: Type.Optional(
      dateTimeOffset({ description: 'The instant that it shows from now on; a frozen one stays frozen.' })
    ),
    advance: Type.Optional(isoDuration({ description: 'ISO 8601 duration by which it is put forward, such as PT10M.' }))
  },
  { additionalProperties: false, minProperties: 1, title: 'ClockChange' }
)
export type ClockChange = Static<typeof ClockChange>

/** What a clock shows. */
export const ClockReading = Type.Object(
  {
    now: dateTimeOffset({ description: 'Instant in UTC, to the millisecond.' }),
    frozen: Type.Boolean()
  },
  { additionalProperties: false, title: 'ClockReading' }
)
export type ClockReading = Readonly<Static<typeof ClockReading>>

/**
 * A clock that runs stops at the last instant, and at the first where the wall clock is put back: whatever it shows can be
 * written as a date.
 *
 * @param wall the wall clock; argument and result in milliseconds since 1970
 */
export function clockNow({ offset, frozenAt }: Clock, wall: number): number {
  return frozenAt ?? within(wall + offset)
}

/**
 * @param wall milliseconds since 1970
 * @throws RangeError for a malformed instant or duration, or where the clock would pass the year 9999
 */
export function changeClock(clock: Clock, change: ClockChange, wall: number): Clock {
  return apply(clock, change, wall, (now) => {
    if (now > LAST_INSTANT) throw new RangeError('the clock cannot pass the year 9999')
    return now
  })
}

/**
 * The clock of an untouched tenant. What a fixture says of it was good when it was read; as the wall clock runs on, an
 * `advance` may lead past the last instant, and the clock then stands there.
 *
 * @param wall milliseconds since 1970
 */
export function initialClock(change: ClockChange | undefined, wall: number): Clock {
  return change === undefined ? WALL_CLOCK : apply(WALL_CLOCK, change, wall, within)
}

export function readClock(clock: Clock, wall: number): ClockReading {
  return { now: new Date(clockNow(clock, wall)).toISOString(), frozen: clock.frozenAt !== null }
}

/** @param limit what an advanced clock may show */
function apply(
  clock: Clock,
  { reset, freeze, set, advance }: ClockChange,
  wall: number,
  limit: (now: number) => number
): Clock {
  let changed = reset ? WALL_CLOCK : clock
  if (freeze === true) changed = { offset: 0, frozenAt: clockNow(changed, wall) }
  if (freeze === false) changed = { offset: clockNow(changed, wall) - wall, frozenAt: null }
  if (set !== undefined) changed = showing(instant(set), changed, wall)
  if (advance !== undefined) changed = showing(limit(clockNow(changed, wall) + parseDuration(advance)), changed, wall)
  return changed
}

function showing(now: number, { frozenAt }: Clock, wall: number): Clock {
  return frozenAt === null ? { offset: now - wall, frozenAt: null } : { offset: 0, frozenAt: now }
}

function within(now: number): number {
  return Math.max(FIRST_INSTANT, Math.min(now, LAST_INSTANT))
}

function instant(literal: string): number {
  if (isDateTimeOffset(literal)) return Date.parse(literal)
  throw new RangeError(`${JSON.stringify(literal)} is no instant such as 2017-01-01T00:02:49Z`)
}
