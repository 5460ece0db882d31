import type { Fixture } from '../fixture.js'
import type { ProfileName } from '../graph/profiles.js'
import type { StateSlot } from './state-slot.js'
import {
  changeClock,
  clockNow,
  readClock,
  WALL_CLOCK,
  type Clock,
  type ClockChange,
  type ClockReading
} from './clock.js'
import { NO_FAULTS, type FaultList } from '../faults/fault-list.js'
import { ThrottleWindow } from './throttle-window.js'
import { composeState, type TenantOverrides, type TenantState } from './tenant-state.js'

/** One sandbox. Two tenants share nothing that a request can change. */
export interface Tenant {
  readonly id: string
  /** Milliseconds since 1970 on the tenant's clock. */
  readonly now: () => number
  /** As last written; {@link Tenants.stateOf} gives it as it stands now. */
  state: TenantState
  clock: Clock
  faults: FaultList
  throttleWindow: ThrottleWindow
}

export interface TenantsOptions {
  readonly slots: readonly StateSlot[]
  readonly fixture: Fixture
  /** `--profile`, over the fixture's defaults and under what it says of one tenant. */
  readonly profile: ProfileName | undefined
  /** The wall clock, milliseconds since 1970. */
  readonly now: () => number
}

/** The tenants of one app, by lower-case GUID, each made from the fixture on first use. */
export class Tenants {
  readonly #options: TenantsOptions
  readonly #tenants = new Map<string, Tenant>()

  constructor(options: TenantsOptions) {
    this.#options = options
  }

  get defaultId(): string {
    return this.#options.fixture.defaultTenant
  }

  get(id: string): Tenant {
    let tenant = this.#tenants.get(id)
    if (!tenant) {
      tenant = this.#make(id)
      this.#tenants.set(id, tenant)
    }
    return tenant
  }

  /** The state document of a tenant as it stands now: what its clock brought about has happened. */
  stateOf(id: string): TenantState {
    const tenant = this.get(id)
    return this.#options.slots.reduce((state, slot) => ({ ...state, ...slot.read(tenant) }), tenant.state)
  }

  /** Milliseconds since 1970 on the clock of a tenant, without one on the wall clock. Asking makes no tenant. */
  now(id: string | undefined): number {
    return clockNow(this.#clock(id), this.#options.now())
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

  /** Back to the fixture, as if it had never been used. */
  reset(id: string): void {
    const tenant = this.#tenants.get(id)
    if (!tenant) return
    tenant.state = this.initialState(id)
    tenant.clock = WALL_CLOCK
    tenant.faults = NO_FAULTS
    tenant.throttleWindow = new ThrottleWindow()
  }

  /** Frees what is kept of a tenant. */
  forget(id: string): void {
    this.#tenants.delete(id)
  }

  resetAll(): void {
    for (const id of this.#tenants.keys()) this.reset(id)
  }

  /** The state of an untouched tenant, with `overrides` on top of the fixture's. */
  initialState(id: string, overrides: TenantOverrides = {}): TenantState {
    const { slots, fixture, profile } = this.#options
    const { tenantDefaults = {}, tenants = {} } = fixture
    const own = tenants[id] ?? {}
    const layers = [tenantDefaults, profile ? { profile } : {}, own, overrides]
    return composeState(id, slots, layers)
  }

  #make(id: string): Tenant {
    const tenant: Tenant = {
      id,
      now: () => clockNow(tenant.clock, this.#options.now()),
      state: this.initialState(id),
      clock: WALL_CLOCK,
      faults: NO_FAULTS,
      throttleWindow: new ThrottleWindow()
    }
    return tenant
  }

  #clock(id: string | undefined): Clock {
    return (id === undefined ? undefined : this.#tenants.get(id))?.clock ?? WALL_CLOCK
  }
}
