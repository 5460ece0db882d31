import { Type } from '@sinclair/typebox'
import { readClock, type ClockReading } from './clock.js'
import type { TenantRecord } from './tenant.js'

/** Snapshots that one tenant may have. */
export const MAX_SNAPSHOTS = 100

const NAME = '^[A-Za-z0-9._~-]{1,64}$'

/** What stands in a URL as it is. */
export const SnapshotName = Type.String({ pattern: NAME, description: 'Name of a snapshot.' })

export interface Snapshot extends TenantRecord {
  /** When it was taken on the wall clock, milliseconds since 1970. */
  readonly takenAt: number
}

/** A snapshot as it is listed. */
export interface SnapshotSummary {
  readonly name: string
  /** Instant of the wall clock. */
  readonly takenAt: string
  /** What the tenant's clock showed then. */
  readonly clock: ClockReading
  readonly state: TenantRecord['state']
  /** How many fault rules. */
  readonly faults: number
}

/** There is no snapshot of that name. */
export class UnknownSnapshot extends RangeError {
  constructor(name: string, known: Iterable<string>) {
    const names = [...known].map((one) => JSON.stringify(one)).join(', ')
    super(`the tenant has no snapshot ${JSON.stringify(name)}; it has ${names === '' ? 'none' : names}`)
  }
}

/** The tenant has as many snapshots as it may have. */
export class TooManySnapshots extends RangeError {
  constructor() {
    super(`a tenant has at most ${MAX_SNAPSHOTS} snapshots; delete one first`)
  }
}

export function isSnapshotName(name: unknown): name is string {
  return typeof name === 'string' && new RegExp(NAME).test(name)
}

export function summarise(name: string, { takenAt, clock, state, faults }: Snapshot): SnapshotSummary {
  return {
    name,
    takenAt: new Date(takenAt).toISOString(),
    clock: readClock(clock, takenAt),
    state,
    faults: faults.records.length
  }
}
