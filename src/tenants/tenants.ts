import type { Fixture } from '../fixture/fixture.js'
import type { ProfileName } from '../graph/profiles.js'
import {
  changeClock,
  clockNow,
  readClock,
  WALL_CLOCK,
  type Clock,
  type ClockChange,
  type ClockReading
} from './clock.js'
import { Holdings, type HoldingLimits } from './holdings.js'
import { UnknownSnapshot } from './snapshots.js'
import type { StateSlot } from './state-slot.js'
import { Tenant, type TenantRecord, type TenantWorld } from './tenant.js'
import { clockOf, composeTenant, type TenantDocument } from './tenant-document.js'
import { composeState, type TenantOverrides, type TenantState } from './tenant-state.js'

export interface TenantsOptions {
  readonly slots: readonly StateSlot[]
  /** The newest good one: `--watch` reloads it. */
  readonly fixture: () => Fixture
  /** `--profile`, over the fixture's defaults and under what it says of one tenant. */
  readonly profile: ProfileName | undefined
  /** The wall clock, milliseconds since 1970. */
  readonly now: () => number
  /** What else is kept of a tenant, known or not, shall go; `undefined` for all. */
  readonly onReset: (id: string | undefined) => void
  /** What they may hold; tests want less. */
  readonly limits?: HoldingLimits
}

/** The tenants of one app, by lower-case GUID, each made from the fixture on first use. */
export class Tenants {
  readonly #options: TenantsOptions
  readonly #tenants = new Map<string, Tenant>()
  readonly #world: TenantWorld

  constructor(options: TenantsOptions) {
    this.#options = options
    this.#world = { now: options.now, initial: (id) => this.compose(id), holdings: new Holdings(options.limits) }
  }

  get defaultId(): string {
    return this.#options.fixture().defaultTenant
  }

  /** Bytes that they hold, about. */
  get heldBytes(): number {
    return this.#world.holdings.bytes
  }

  /** @throws TooMuchHeld where one more would be too many */
  get(id: string): Tenant {
    let tenant = this.#tenants.get(id)
    if (!tenant) {
      tenant = new Tenant(id, this.#world)
      this.#tenants.set(id, tenant)
    }
    return tenant
  }

  /** The tenant, unless nobody named it yet. */
  known(id: string): Tenant | undefined {
    return this.#tenants.get(id)
  }

  /** The state document of a tenant as it stands now: what its clock brought about has happened. */
  stateOf(id: string): TenantState {
    const tenant = this.get(id)
    return this.#options.slots.reduce((state, slot) => ({ ...state, ...slot.read(tenant) }), tenant.state)
  }

  /** Milliseconds since 1970 on the clock of a tenant, without one on the wall clock. Asking makes no tenant. */
  now(id: string | undefined, wall = this.#options.now()): number {
    return clockNow(this.#clock(id), wall)
  }

  /** Whether the clock of a tenant shows anything but the wall clock. */
  hasOwnTime(id: string | undefined): boolean {
    return this.#clock(id) !== WALL_CLOCK
  }

  readClock(id: string): ClockReading {
    return readClock(this.get(id).clock, this.#options.now())
  }

  /** @throws RangeError, see {@link changeClock}; the clock is then as it was */
  changeClock(id: string, change: ClockChange): ClockReading {
    const tenant = this.get(id)
    tenant.clock = changeClock(tenant.clock, change, this.#options.now())
    return this.readClock(id)
  }

  list(): string[] {
    return [...this.#tenants.keys()]
  }

  /** How many hold a state of their own, which no change of the fixture reaches. */
  countUsed(): number {
    return [...this.#tenants.values()].filter(({ isUsed }) => isUsed).length
  }

  /** Back to the fixture, as if it had never been used; its snapshots stay. */
  reset(id: string): void {
    this.#options.onReset(id)
    this.#tenants.get(id)?.reset()
  }

  /** Back to what a snapshot kept, see {@link Tenant.restore}. @throws UnknownSnapshot, TooMuchHeld */
  restore(id: string, name: string): void {
    const tenant = this.#tenants.get(id)
    if (!tenant) throw new UnknownSnapshot(name, [])
    tenant.restore(name)
  }

  /** Frees what is kept of a tenant. */
  forget(id: string): void {
    this.#options.onReset(id)
    this.#tenants.get(id)?.forget()
    this.#tenants.delete(id)
  }

  resetAll(): void {
    this.#options.onReset(undefined)
    for (const tenant of this.#tenants.values()) tenant.reset()
  }

  /** What a tenant is before its first use; with `document` as if this stood in the fixture for it. */
  compose(id: string, document?: TenantDocument): TenantRecord {
    const { slots, now } = this.#options
    const layers = this.#layers(id)
    return composeTenant(id, slots, document ? layers.slice(0, -1) : layers, now(), document)
  }

  /** The state of an untouched tenant, with `overrides` on top of the fixture's. */
  initialState(id: string, overrides: TenantOverrides = {}): TenantState {
    return composeState(id, this.#options.slots, [...this.#layers(id), overrides])
  }

  /** The last is what the fixture says of this tenant. */
  #layers(id: string): TenantDocument[] {
    const { fixture, profile } = this.#options
    const { tenantDefaults = {}, tenants = {} } = fixture()
    return [tenantDefaults, profile ? { profile } : {}, tenants[id] ?? {}]
  }

  #clock(id: string | undefined): Clock {
    if (id === undefined) return WALL_CLOCK
    const tenant = this.#tenants.get(id)
    return tenant?.isUsed ? tenant.clock : clockOf(this.#layers(id), this.#options.now())
  }
}
