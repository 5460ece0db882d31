import type { TObject } from '@sinclair/typebox'
import type { Tenant } from './tenant.js'

interface StateSlotParts<Value extends object> {
  /** Closed schemas of the members of the state document; fixtures and the control surface are checked with them. */
  readonly schemas: Readonly<Record<keyof Value & string, TObject>>
  /** The value of a tenant that nobody touched yet. */
  initial(tenantId: string): Value
  /** The value as it stands at `now` (milliseconds since 1970): what was to happen by then has happened. */
  settle(value: Value, now: number): Value
}

/**
 * The members of every tenant's state document that one resource owns. Values are immutable: an update puts new ones in
 * place. What time brings about is never stored when it happens: it is derived from the clock at each reading.
 */
export class StateSlot<Value extends object = object> {
  readonly #parts: StateSlotParts<Value>

  constructor(parts: StateSlotParts<Value>) {
    this.#parts = parts
  }

  get schemas(): Readonly<Record<string, TObject>> {
    return this.#parts.schemas
  }

  initial(tenantId: string): Value {
    return this.#parts.initial(tenantId)
  }

  /** The value at the present moment of the tenant's clock. */
  read(tenant: Tenant): Value {
    // The state document was validated with `schemas` on its way in.
    return this.#parts.settle(tenant.state as unknown as Value, tenant.now())
  }

  /** Reads and writes in one turn of the event loop, so that concurrent updates lose nothing. */
  update(tenant: Tenant, change: (value: Value) => Value): Value {
    const value = change(this.read(tenant))
    tenant.state = { ...tenant.state, ...value }
    return value
  }
}
