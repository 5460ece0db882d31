import type { FaultList } from '../faults/fault-list.js'
import { clockNow, type Clock } from './clock.js'
import {
  MAX_SNAPSHOTS,
  summarise,
  TooManySnapshots,
  UnknownSnapshot,
  type Snapshot,
  type SnapshotSummary
} from './snapshots.js'
import type { TenantState } from './tenant-state.js'
import { ThrottleWindow } from './throttle-window.js'

/** What a tenant starts from and what a snapshot keeps: immutable values, so that keeping them copies nothing. */
export interface TenantRecord {
  readonly state: TenantState
  readonly clock: Clock
  readonly faults: FaultList
}

/** What the tenants of one app have in common. */
export interface TenantWorld {
  /** The wall clock, milliseconds since 1970. */
  readonly now: () => number
  /** What a tenant is that nobody used. */
  readonly initial: (id: string) => TenantRecord
}

/**
 * One sandbox. Two tenants share nothing that a request can change.
 *
 * It holds nothing until somebody uses it, and what is immutable is shared with others: there may be 100,000.
 */
export class Tenant {
  /** A lower-case GUID. */
  readonly id: string
  readonly #world: TenantWorld
  #used: { state: TenantState; clock: Clock; faults: FaultList } | undefined
  #throttleWindow: ThrottleWindow | undefined
  #snapshots: Map<string, Snapshot> | undefined

  constructor(id: string, world: TenantWorld) {
    this.id = id
    this.#world = world
  }

  /** Whether it holds anything of its own; one that does not is as the fixture has it at the next use. */
  get isUsed(): boolean {
    return this.#used !== undefined
  }

  /** As last written; {@link Tenants.stateOf} gives it as it stands now. */
  get state(): TenantState {
    return this.#use().state
  }
  set state(state: TenantState) {
    this.#use().state = state
  }

  get clock(): Clock {
    return this.#use().clock
  }
  set clock(clock: Clock) {
    this.#use().clock = clock
  }

  get faults(): FaultList {
    return this.#use().faults
  }
  set faults(faults: FaultList) {
    this.#use().faults = faults
  }

  get throttleWindow(): ThrottleWindow {
    return (this.#throttleWindow ??= new ThrottleWindow())
  }

  /** Milliseconds since 1970 on the tenant's clock. */
  now(): number {
    return clockNow(this.clock, this.#world.now())
  }

  listSnapshots(): SnapshotSummary[] {
    return [...(this.#snapshots ?? [])].map(([name, snapshot]) => summarise(name, snapshot))
  }

  /**
   * Keeps what the tenant is now, in place of what the name stood for.
   *
   * @throws TooManySnapshots
   */
  keep(name: string): { readonly isNew: boolean; readonly snapshot: SnapshotSummary } {
    const snapshots = (this.#snapshots ??= new Map<string, Snapshot>())
    const isNew = !snapshots.has(name)
    if (isNew && snapshots.size >= MAX_SNAPSHOTS) throw new TooManySnapshots()
    const snapshot = { ...this.#use(), takenAt: this.#world.now() }
    snapshots.set(name, snapshot)
    return { isNew, snapshot: summarise(name, snapshot) }
  }

  /**
   * Becomes what it was. A clock that stood still shows the instant at which the snapshot was taken; one that ran has the
   * offset to the wall clock that it had, so that tokens of then stay good, and what time has brought about since, such as
   * the end of a sync or of a lock-out, has happened.
   *
   * @throws UnknownSnapshot
   */
  restore(name: string): void {
    const snapshot = this.#snapshots?.get(name)
    if (!snapshot) throw new UnknownSnapshot(name, this.#snapshots?.keys() ?? [])
    this.become(snapshot)
  }

  dropSnapshot(name: string): void {
    this.#snapshots?.delete(name)
  }

  /** Is from now on what `record` says; limits count anew. */
  become({ state, clock, faults }: TenantRecord): void {
    this.#used = { state, clock, faults }
    this.#throttleWindow = undefined
  }

  /** As if it had never been used; snapshots stay. */
  reset(): void {
    this.#used = undefined
    this.#throttleWindow = undefined
  }

  #use() {
    return (this.#used ??= { ...this.#world.initial(this.id) })
  }
}
