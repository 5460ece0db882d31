import { KindGuard, type TSchema } from '@sinclair/typebox'

/**
 * Everything about a tenant that a test may set, one immutable document: the members of all slots. With the tenant's
 * clock it is all that a snapshot must keep.
 */
export type TenantState = Readonly<Record<string, unknown>>

/** Some of a state: of each member the whole, or of an object some of its members. */
export type TenantOverrides = TenantState

/** Whose values they are: a tenant. */
export interface StateOwner {
  /** As they stand now: what the clock brought about has happened. */
  values(): StateValues
  /** From now on it has these. */
  replaceValues(values: StateValues): void
}

/** What is to happen to a value when the tenant's clock shows it. Instants are milliseconds since 1970. */
export interface Due {
  readonly at: number
  /** It has happened on a clock put back to before this, too; absent: only from `at` on. */
  readonly from?: number
  /** Does it; afterwards the value awaits it no longer. */
  apply(values: StateValues): void
}

interface StateSlotParts<Value extends object> {
  /** Schemas of the members of the state document; fixtures and the control surface are checked with them. */
  readonly schemas: Readonly<Record<keyof Value & string, TSchema>>
  /** The value of a tenant that nobody touched yet. It awaits nothing. */
  initial(tenantId: string): Value
  /** What the value awaits next, if anything. */
  due?(value: Value): Due | undefined
}

/**
 * The members of every tenant's state document that one owner has: a resource, or a setting. Values are immutable: an
 * update puts new ones in place.
 */
export class StateSlot<Value extends object = object> {
  readonly #parts: StateSlotParts<Value>

  constructor(parts: StateSlotParts<Value>) {
    this.#parts = parts
  }

  get schemas(): Readonly<Record<string, TSchema>> {
    return this.#parts.schemas
  }

  initial(tenantId: string): Value {
    return this.#parts.initial(tenantId)
  }

  due(value: Value): Due | undefined {
    return this.#parts.due?.(value)
  }

  /** The value at the present moment of the tenant's clock. */
  read(tenant: StateOwner): Value {
    return tenant.values().get(this)
  }

  /** Reads and writes in one turn of the event loop, so that concurrent updates lose nothing. */
  update(tenant: StateOwner, change: (value: Value) => Value): Value {
    const values = tenant.values()
    const value = change(values.get(this))
    values.set(this, value)
    tenant.replaceValues(values)
    return value
  }
}

/** What a tenant's values are made from. */
export interface StateOrigin {
  readonly tenantId: string
  /** Of its fixture, the later ones on top. */
  readonly layers: readonly TenantOverrides[]
  /** The slot that a member of the state document belongs to. */
  readonly slotOf: (member: string) => StateSlot | undefined
}

interface Settled {
  /** Milliseconds since 1970: the values are these from then on, until the next thing is due. */
  readonly from: number
  readonly until: number
  readonly values: StateValues
}

/**
 * The values of all slots of one tenant. Each is made from the origin when it is first read, so that slots which nobody
 * asks for cost nothing; what is immutable is shared with others, and a copy copies no value.
 *
 * What is due by the tenant's clock has happened in {@link at}, in its order. No reading stores it: on a clock put back
 * it has not happened.
 */
export class StateValues {
  readonly #origin: StateOrigin
  readonly #values: Map<StateSlot, object>
  /** Slots that await something, and what each awaits next: the agenda. Most tenants have none. */
  #awaiting: Map<StateSlot, Due> | undefined
  #settled: Settled | undefined

  private constructor(origin: StateOrigin, values: Map<StateSlot, object>) {
    this.#origin = origin
    this.#values = values
  }

  static from(origin: StateOrigin): StateValues {
    const values = new StateValues(origin, new Map())
    // What the fixture speaks of may await something; what it leaves out does not.
    for (const member of origin.layers.flatMap(Object.keys)) {
      const slot = origin.slotOf(member)
      if (slot) values.get(slot)
    }
    return values
  }

  get<Value extends object>(slot: StateSlot<Value>): Value {
    const known = this.#values.get(slot)
    if (known) return known as Value
    const value = composeValue(slot, this.#origin.tenantId, this.#origin.layers)
    this.set(slot, value as Value)
    return value as Value
  }

  set<Value extends object>(slot: StateSlot<Value>, value: Value): void {
    const key = slot as unknown as StateSlot
    this.#values.set(key, value)
    this.#settled = undefined
    const due = slot.due(value)
    if (due) (this.#awaiting ??= new Map()).set(key, due)
    else this.#awaiting?.delete(key)
  }

  /** Whether they stay as they are, whatever the clock shows. */
  get awaitsNothing(): boolean {
    return this.#awaiting === undefined || this.#awaiting.size === 0
  }

  copy(): StateValues {
    const copy = new StateValues(this.#origin, new Map(this.#values))
    if (this.#awaiting) copy.#awaiting = new Map(this.#awaiting)
    return copy
  }

  /** The values at an instant: these, where nothing is due. @param now milliseconds since 1970 */
  at(now: number): StateValues {
    if (!this.#awaiting || !nextDue(this.#awaiting, now)) return this
    const settled = this.#settled
    if (settled && now >= settled.from && now < settled.until) return settled.values
    const values = this.copy()
    const until = values.#settle(now)
    this.#settled = { from: now, until, values }
    return values
  }

  /** Lets happen what is due. @returns when the next thing is, Infinity for never */
  #settle(now: number): number {
    const awaiting = this.#awaiting as Map<StateSlot, Due>
    for (let due = nextDue(awaiting, now); due; due = nextDue(awaiting, now)) due.apply(this)
    return Math.min(Infinity, ...[...awaiting.values()].map(({ at }) => at))
  }
}

/** The first thing that is due by `now`. */
function nextDue(awaiting: ReadonlyMap<StateSlot, Due>, now: number): Due | undefined {
  let next: Due | undefined
  for (const due of awaiting.values()) {
    const isDue = due.at <= now || (due.from !== undefined && now < due.from)
    if (isDue && due.at < (next?.at ?? Infinity)) next = due
  }
  return next
}

/**
 * The value of a slot: its initial one, with layers of overrides on it, of which a later one wins, member by member. A
 * whole member, which names all that it must have, replaces; a part of one is laid over. So a document that says
 * everything means the same whatever lies below it.
 */
function composeValue(slot: StateSlot, tenantId: string, layers: readonly TenantOverrides[]): object {
  const initial = slot.initial(tenantId) as Readonly<Record<string, unknown>>
  const members = Object.entries(slot.schemas)
  // Without overrides it is the slot's own constant, which many tenants share.
  if (!members.some(([member]) => layers.some((layer) => layer[member] !== undefined))) return initial
  const value: Record<string, unknown> = {}
  for (const [member, schema] of members) {
    const composed = layers
      .map((layer) => layer[member])
      .filter((part) => part !== undefined)
      .reduce(
        (below, part) => (isPart(part, schema) ? { ...(below as object), ...(part as object) } : part),
        initial[member]
      )
    const isAbsent = KindGuard.IsOptional(schema) && (composed === null || composed === undefined)
    if (!isAbsent) value[member] = composed
  }
  return value
}

/** Whether it lacks something that the whole member must have. */
function isPart(part: unknown, schema: TSchema): boolean {
  if (!KindGuard.IsObject(schema)) return false
  const { required = [] } = schema
  return !required.every((name) => Object.hasOwn(part as object, name))
}
