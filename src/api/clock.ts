/** What a clock shows. */
export interface GraphMockClockReading {
  /** ISO 8601 instant in UTC, to the millisecond. */
  readonly now: string
  readonly frozen: boolean
}

/**
 * The clock of a tenant. Syncs, lock-outs, token lifetimes and dates of answers follow it. Every method gives what it
 * shows afterwards, and throws a RangeError for what is no instant, no duration or beyond the year 9999.
 */
export interface GraphMockClock {
  read(): GraphMockClockReading
  /** Stands still from now on. */
  freeze(): GraphMockClockReading
  /** Runs on from where it stands. */
  unfreeze(): GraphMockClockReading
  /** Shows this instant, such as `2030-01-01T00:00:00Z`, from now on; a frozen clock stays frozen. */
  set(instant: string): GraphMockClockReading
  /** Puts it forward by an ISO 8601 duration, such as `PT10M`. */
  advance(duration: string): GraphMockClockReading
  /** Back to the wall clock, running. */
  reset(): GraphMockClockReading
}
