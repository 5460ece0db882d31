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
import { StateValues, type StateOrigin, type StateSlot } from './state-slot.js'
import type { TenantRecord } from './tenant-record.js'
import { Tenant, type TenantWorld } from './tenant.js'
import { clockOf, composeTenant, type TenantDocument } from './tenant-document.js'
import { stateDocument } from './tenant-state.js'
import type { TenantOverrides, TenantState } from './state-slot.js'

/** What a fixture says of tenants; ids are in lower case. */
export interface TenantsFixture {
  readonly defaultTenant: string
  readonly tenantDefaults?: TenantDocument | undefined
  readonly tenants?: Readonly<Record<string, TenantDocument>> | undefined
}

export interface TenantsOptions {
  readonly slots: readonly StateSlot[]
  /** The newest good one: `--watch` reloads it. */
  readonly fixture: () => TenantsFixture
  /** Of every tenant: over the fixture's defaults, and under what it says of one tenant. */
  readonly overrides: TenantOverrides
  /** The wall clock, milliseconds since 1970. */
  readonly now: () => number
  /** Called on reset and forget, so that others forget the tenant too; `undefined` for all tenants. */
  readonly onReset: (id: string | undefined) => void
  /** What they may hold; tests want less. */
  readonly limits?: HoldingLimits
}

/** The tenants of one app, by lower-case GUID, each made from the fixture on first use. */
export class Tenants {
  readonly #options: TenantsOptions
  readonly #tenants = new Map<string, Tenant>()
  readonly #world: TenantWorld
  /** By the members of the state document that they have. */
  readonly #slots: ReadonlyMap<string, StateSlot>

  constructor(options: TenantsOptions) {
    this.#options = options
    this.#slots = new Map(options.slots.flatMap((slot) => Object.keys(slot.schemas).map((member) => [member, slot])))
    this.#world = {
      now: options.now,
      initial: (id) => this.compose(id),
      holdings: new Holdings(options.limits),
      documentOf: (values) => stateDocument(options.slots, (slot) => values.get(slot))
    }
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
    return this.#world.documentOf(this.get(id).values())
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

  /** Those that hold a state of their own, which no change of the fixture reaches. */
  used(): Tenant[] {
    return [...this.#tenants.values()].filter(({ isUsed }) => isUsed)
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
    const { now } = this.#options
    const layers = this.#layers(id)
    const origin = this.#origin(id, document ? [...layers.slice(0, -1), document] : layers)
    return composeTenant(origin, now(), document)
  }

  /** The values of an untouched tenant, with `overrides` on top of the fixture's. */
  initialValues(id: string, overrides: TenantOverrides = {}): StateValues {
    return StateValues.from(this.#origin(id, [...this.#layers(id), overrides]))
  }

  #origin(tenantId: string, layers: readonly TenantDocument[]): StateOrigin {
    return { tenantId, layers, slotOf: (member) => this.#slots.get(member) }
  }

  /** The last is what the fixture says of this tenant. */
  #layers(id: string): TenantDocument[] {
    const { fixture, overrides } = this.#options
    const { tenantDefaults = {}, tenants = {} } = fixture()
    return [tenantDefaults, overrides, tenants[id] ?? {}]
  }

  #clock(id: string | undefined): Clock {
    if (id === undefined) return WALL_CLOCK
    const tenant = this.#tenants.get(id)
    return tenant?.isUsed ? tenant.clock : clockOf(this.#layers(id), this.#options.now())
  }
}
