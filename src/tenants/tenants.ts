import type { Fixture } from '../fixture.js'
import type { ProfileName } from '../graph/profiles.js'
import type { StateSlot } from './state-slot.js'
import { composeState, type TenantOverrides, type TenantState } from './tenant-state.js'

/** One sandbox. Two tenants share nothing that a request can change. */
export interface Tenant {
  readonly id: string
  state: TenantState
}

export interface TenantsOptions {
  readonly slots: readonly StateSlot[]
  readonly fixture: Fixture
  /** `--profile`, over the fixture's defaults and under what it says of one tenant. */
  readonly profile: ProfileName | undefined
  /** Milliseconds since 1970. */
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
      tenant = { id, state: this.initialState(id) }
      this.#tenants.set(id, tenant)
    }
    return tenant
  }

  /** Milliseconds since 1970. Asking makes no tenant. */
  now(): number {
    return this.#options.now()
  }

  list(): string[] {
    return [...this.#tenants.keys()]
  }

  /** Back to the fixture, as if it had never been used. */
  reset(id: string): void {
    const tenant = this.#tenants.get(id)
    if (tenant) tenant.state = this.initialState(id)
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
    return composeState(id, slots, 'documented', layers)
  }
}
