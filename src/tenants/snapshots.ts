import { Type, type Static } from '@sinclair/typebox'
import { dateTimeOffset } from '../lib/date-time-offset.js'
import { lazyCheck } from '../lib/lazy-check.js'
import { explainMismatch } from '../lib/schema-mismatch.js'
import { ClockReading, readClock } from './clock.js'
import { InvalidDocument } from './invalid-document.js'
import type { StateSlot } from './state-slot.js'
import { tenantStateSchema } from './tenant-state.js'
import type { TenantState } from './state-slot.js'
import type { TenantRecord } from './tenant-record.js'

/** Snapshots that one tenant may have. */
export const MAX_SNAPSHOTS = 100

/** What stands in a URL as it is. */
export const SnapshotName = Type.String({
  pattern: /^[A-Za-z0-9._~-]{1,64}$/.source,
  expected: '1 to 64 of the characters A-Z, a-z, 0-9, ".", "_", "~" and "-"',
  description: 'Name of a snapshot.'
})

export interface Snapshot extends TenantRecord {
  /** When it was taken on the wall clock, milliseconds since 1970. */
  readonly takenAt: number
  /** What it holds, about. */
  readonly bytes: number
}

/** A snapshot as it is listed. */
export type SnapshotSummary = Readonly<Static<ReturnType<typeof snapshotSchema>>>

/** @param slots of all resources */
export function snapshotSchema(slots: readonly StateSlot[]) {
  return Type.Object(
    {
      name: SnapshotName,
      takenAt: dateTimeOffset({ description: 'When it was taken, on the wall clock.' }),
      clock: ClockReading,
      state: Type.Unsafe<TenantState>(tenantStateSchema(slots)),
      faults: Type.Integer({ minimum: 0, description: 'How many fault rules.' })
    },
    { additionalProperties: false, title: 'Snapshot' }
  )
}

/** There is no snapshot of that name. */
export class UnknownSnapshot extends RangeError {
  constructor(name: string, known: Iterable<string>) {
    const names = [...known].map((one) => JSON.stringify(one)).join(', ')
    super(`The tenant has no snapshot ${JSON.stringify(name)}; it has ${names === '' ? 'none' : names}`)
  }
}

/** The tenant has as many snapshots as it may have. */
export class TooManySnapshots extends RangeError {
  constructor() {
    super(`A tenant has at most ${MAX_SNAPSHOTS} snapshots; delete one first`)
  }
}

const name = lazyCheck(SnapshotName)

/** @throws InvalidDocument for what is no name of a snapshot */
export function demandSnapshotName(given: unknown): string {
  if (name.accepts(given)) return given as string
  throw new InvalidDocument(`the name ${explainMismatch(name.errors(given)).replace(/^the document /, '')}`)
}

/** @param state what the values of the snapshot are as a document */
export function summarise(
  name: string,
  { takenAt, clock, faults }: Omit<Snapshot, 'values'>,
  state: TenantState
): SnapshotSummary {
  return {
    name,
    takenAt: new Date(takenAt).toISOString(),
    clock: readClock(clock, takenAt),
    state,
    faults: faults.records.length
  }
}
