/** What a clock shows. */
export interface GraphMockClockReading {
  /** ISO 8601 instant in UTC, to the millisecond. */
  readonly now: string
  readonly frozen: boolean
}

/**
 * The clock of a tenant. Syncs, lock-outs, token lifetimes and dates of answers follow it. Every method returns what it
 * shows afterwards, and throws a RangeError for a malformed instant or duration, and for the years after 9999.
 */
export interface GraphMockClock {
  read(): GraphMockClockReading
  /** Stops it at the present instant. */
  freeze(): GraphMockClockReading
  /** Lets it run on from the instant at which it stopped. */
  unfreeze(): GraphMockClockReading
  /** Sets it to an instant, such as `2030-01-01T00:00:00Z`; a frozen clock stays frozen. */
  set(instant: string): GraphMockClockReading
  /** Puts it forward by an ISO 8601 duration, such as `PT10M`. */
  advance(duration: string): GraphMockClockReading
  /** Back to the wall clock, running. */
  reset(): GraphMockClockReading
}
