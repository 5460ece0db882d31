import type { TObject } from '@sinclair/typebox'
import type { Tenant } from './tenants.js'

interface StateSlotParts<Value extends object> {
  /** Member of the state document, such as `windowsAutopilotSettings`. */
  readonly name: string
  /** Closed schema of what is stored; fixtures and the control surface are checked with it. */
  readonly schema: TObject
  /** The value of a tenant that nobody touched yet. */
  readonly initial: (tenantId: string) => Value
}

/** The part of every tenant's state that one resource owns. Values are immutable: an update puts a new one in place. */
export class StateSlot<Value extends object = object> {
  readonly name: string
  readonly schema: TObject
  readonly initial: (tenantId: string) => Value

  constructor({ name, schema, initial }: StateSlotParts<Value>) {
    this.name = name
    this.schema = schema
    this.initial = initial
  }

  read(tenant: Tenant): Value {
    // The state document was validated with `schema` on its way in.
    return tenant.state[this.name] as Value
  }

  /** Reads and writes in one turn of the event loop, so that concurrent updates lose nothing. */
  update(tenant: Tenant, change: (value: Value) => Value): Value {
    const value = change(this.read(tenant))
    tenant.state = { ...tenant.state, [this.name]: value }
    return value
  }
}
