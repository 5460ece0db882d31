import { tokenProgressBytes, type FaultList } from '../faults/fault-list.js'
import { clockNow, type Clock } from './clock.js'
import { demandExportable, heldBy, NOTHING_HELD, ruleBytes, snapshotBytes, totalOf, type Held } from './held.js'
import type { Holdings } from './holdings.js'
import {
  MAX_SNAPSHOTS,
  summarise,
  TooManySnapshots,
  UnknownSnapshot,
  type Snapshot,
  type SnapshotSummary
} from './snapshots.js'
import type { StateValues, TenantState } from './state-slot.js'
import type { TenantRecord } from './tenant-record.js'
import { ThrottleWindow, type LimitExceeded, type Limits } from './throttle-window.js'

/** What the tenants of one app have in common. */
export interface TenantWorld {
  /** The wall clock, milliseconds since 1970. */
  readonly now: () => number
  /** What a tenant is that nobody used. */
  readonly initial: (id: string) => TenantRecord
  /** The state document of these values. */
  readonly documentOf: (values: StateValues) => TenantState
  readonly holdings: Holdings
}

/** What few tenants have. */
interface Extra {
  held: Held
  throttleWindow: ThrottleWindow | undefined
  readonly snapshots: Map<string, Snapshot>
}

/** Of a tenant that was forgotten: what a request under way still does to it is not counted. */
const FORGOTTEN: Held = Object.freeze({ ...NOTHING_HELD })

/**
 * One sandbox. Two tenants share nothing that a request can change.
 *
 * It holds nothing until somebody uses it, and what is immutable is shared with others: there may be 100,000. What it holds
 * of its own is counted, and whatever makes it hold more may throw {@link TooMuchHeld} and then has changed nothing.
 */
export class Tenant {
  /** A lower-case GUID. */
  readonly id: string
  readonly #world: TenantWorld
  #used: { values: StateValues; clock: Clock; faults: FaultList } | undefined
  #extra: Extra | undefined

  /** Made by {@link Tenants}. @throws TooMuchHeld */
  constructor(id: string, world: TenantWorld) {
    world.holdings.demand(0, totalOf(NOTHING_HELD))
    this.id = id
    this.#world = world
  }

  /** Whether it holds anything of its own; one that does not is as the fixture has it at the next use. */
  get isUsed(): boolean {
    return this.#used !== undefined
  }

  /** Its values as they stand now: what its clock brought about has happened. */
  values(): StateValues {
    const { values, clock } = this.#use()
    return values.awaitsNothing ? values : values.at(clockNow(clock, this.#world.now()))
  }

  /** From now on it has these values, which a resource makes and its schema keeps small: they are not counted. */
  replaceValues(values: StateValues): void {
    this.#use().values = values
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
    const used = this.#use()
    const { lastId, records, byToken } = used.faults
    if (faults.lastId > lastId) demandExportable(this.#world.documentOf(used.values), faults)
    if (faults.records !== records || faults.byToken !== byToken) {
      this.#hold({ rules: ruleBytes(faults), tokens: tokenProgressBytes(faults) })
    }
    used.faults = faults
  }

  /** From now on it has these values, which a test writes. @throws TooMuchHeld */
  write(values: StateValues): void {
    const used = this.#use()
    const state = this.#world.documentOf(values)
    demandExportable(state, used.faults)
    this.#hold({ state: heldBy(state, used.faults).state })
    used.values = values
  }

  /** Milliseconds since 1970 on the tenant's clock. */
  now(): number {
    return clockNow(this.clock, this.#world.now())
  }

  /** Counts a request by its limits, see {@link ThrottleWindow.take}. @throws TooMuchHeld */
  take(limits: Limits, app: string, isWrite: boolean): LimitExceeded | undefined {
    const window = (this.#more().throttleWindow ??= new ThrottleWindow())
    this.#hold({ apps: window.bytesWith(app) })
    const exceeded = window.take(limits, app, isWrite, this.now())
    this.#hold({ apps: window.bytes })
    return exceeded
  }

  listSnapshots(): SnapshotSummary[] {
    return [...(this.#extra?.snapshots ?? [])].map(([name, snapshot]) => this.#summarise(name, snapshot))
  }

  /**
   * Keeps what the tenant is now, in place of what the name stood for.
   *
   * @throws TooManySnapshots, TooMuchHeld
   */
  keep(name: string): { readonly isNew: boolean; readonly snapshot: SnapshotSummary } {
    const { held, snapshots } = this.#more()
    const old = snapshots.get(name)
    if (!old && snapshots.size >= MAX_SNAPSHOTS) throw new TooManySnapshots()
    const { values, clock, faults } = this.#use()
    const bytes = snapshotBytes(this.#world.documentOf(values), faults)
    const snapshot = { values: values.copy(), clock, faults, takenAt: this.#world.now(), bytes }
    this.#hold({ snapshots: held.snapshots + bytes - (old?.bytes ?? 0) })
    snapshots.set(name, snapshot)
    return { isNew: !old, snapshot: this.#summarise(name, snapshot) }
  }

  /**
   * Becomes what it was. A clock that stood still shows the instant at which the snapshot was taken; one that ran has the
   * offset to the wall clock that it had, so that tokens of then stay good, and what time has brought about since, such as
   * the end of a sync or of a lock-out, has happened.
   *
   * @throws UnknownSnapshot, TooMuchHeld
   */
  restore(name: string): void {
    const snapshot = this.#extra?.snapshots.get(name)
    if (!snapshot) throw new UnknownSnapshot(name, this.#extra?.snapshots.keys() ?? [])
    this.#become(snapshot)
  }

  dropSnapshot(name: string): void {
    const { held, snapshots } = this.#more()
    const bytes = snapshots.get(name)?.bytes ?? 0
    snapshots.delete(name)
    this.#hold({ snapshots: held.snapshots - bytes })
  }

  /** Is from now on what `record` says, which a test writes; limits count anew. @throws TooMuchHeld */
  become(record: TenantRecord): void {
    demandExportable(this.#world.documentOf(record.values), record.faults)
    this.#become(record)
  }

  /** As if it had never been used; snapshots stay. */
  reset(): void {
    this.#used = undefined
    if (!this.#extra) return
    this.#extra.throttleWindow = undefined
    this.#hold({ ...NOTHING_HELD, snapshots: this.#extra.held.snapshots })
  }

  /** Nobody will ask for it any more. */
  forget(): void {
    const extra = this.#more()
    if (extra.held !== FORGOTTEN) this.#world.holdings.count(totalOf(extra.held), 0)
    extra.held = FORGOTTEN
  }

  #become({ values, clock, faults }: TenantRecord): void {
    this.#hold({ ...heldBy(this.#world.documentOf(values), faults), apps: 0 })
    this.#more().throttleWindow = undefined
    this.#used = { values: values.copy(), clock, faults }
  }

  #summarise(name: string, snapshot: Snapshot): SnapshotSummary {
    return summarise(name, snapshot, this.#world.documentOf(snapshot.values))
  }

  #use() {
    if (!this.#used) {
      this.#used = { ...this.#world.initial(this.id) }
      const bytes = ruleBytes(this.#used.faults)
      // It was let in already; where the fixture's rules are too much, the next tenant is refused.
      if (bytes > 0) this.#hold({ rules: bytes }, 'count')
    }
    return this.#used
  }

  #more(): Extra {
    return (this.#extra ??= { held: NOTHING_HELD, throttleWindow: undefined, snapshots: new Map() })
  }

  #hold(parts: Partial<Held>, how: 'demand' | 'count' = 'demand'): void {
    const extra = this.#more()
    if (extra.held === FORGOTTEN) return
    const held = { ...extra.held, ...parts }
    this.#world.holdings[how](totalOf(extra.held), totalOf(held))
    extra.held = held
  }
}
