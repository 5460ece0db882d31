import { Type, type Static } from '@sinclair/typebox'
import { isoDuration, parseDuration } from '../lib/iso-duration.js'
import { requestMatchMembers, type RequestMatch } from './match.js'
import { closedObject } from '../lib/schemas.js'

const DEFAULT_TIMEOUT = 'PT5S'
/** Milliseconds. A test that waits longer has hung. */
const LONGEST_TIMEOUT = 600_000

/** Which requests to wait for, how many, and how long. */
export const WaitRequest = closedObject(
  {
    ...requestMatchMembers,
    count: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 100_000, description: 'How many must be over. Default: 1.' })
    ),
    timeout: Type.Optional(
      isoDuration({ description: 'ISO 8601 duration, in real time, at most PT10M. Default: PT5S. PT0S only looks.' })
    )
  },
  { title: 'WaitRequest' }
)
export type WaitRequest = Static<typeof WaitRequest>

/** Characters of JSON; no longer body is kept whole by the journal. */
const LONGEST_MATCH = 64 * 1024

/** A wait request with its defaults filled in. */
export interface Wanted extends RequestMatch {
  readonly count: number
  /** ISO 8601 duration. */
  readonly timeout: string
  /** Milliseconds. */
  readonly timeoutMs: number
  /** Characters of the match, as JSON. */
  readonly length: number
}

/** @throws RangeError for a timeout or a match that is too long */
export function readWait({ count = 1, timeout = DEFAULT_TIMEOUT, ...match }: WaitRequest): Wanted {
  const timeoutMs = parseDuration(timeout)
  if (timeoutMs > LONGEST_TIMEOUT) throw new RangeError(`timeout must be at most PT10M, not ${timeout}`)
  const { length } = JSON.stringify(match)
  if (length > LONGEST_MATCH)
    throw new RangeError(`what is waited for has ${length} characters; ${LONGEST_MATCH} are the most`)
  return { ...match, count, timeout, timeoutMs, length }
}
