import { Type, type Static, type TObject, type TProperties, type TSchema } from '@sinclair/typebox'
import { conditionNames } from '../graph/services/intune/conditions/setting.js'
import { profileNames } from '../graph/profiles.js'
import type { StateSlot } from './state-slot.js'
import { Throttling } from '../graph/gateway/throttling.js'

const closed = { additionalProperties: false }

const literals = <Name extends string>(names: readonly Name[]) => names.map((name) => Type.Literal(name))

const settings = {
  profile: Type.Union(literals(profileNames), {
    description: 'documented: the API page to the letter; observed: the live service as captured.'
  }),
  condition: Type.Union([Type.Null(), ...literals(conditionNames)], {
    description: 'What ails the tenant: null for nothing.'
  }),
  throttling: Type.Optional(Throttling)
}
type Settings = Static<TObject<typeof settings>>

/** Settings of a tenant for which nothing else is said. Throttling is off where it is absent, which null says too. */
export const DEFAULT_SETTINGS: Settings = Object.freeze({ profile: 'documented', condition: null })

/**
 * Everything about a tenant that a test may set, one immutable document: settings, and the members of the resources.
 * With the tenant's clock it is all that a snapshot must keep.
 */
export type TenantState = Readonly<Settings> & Readonly<Record<string, unknown>>

export type TenantOverrides = Partial<TenantState>

/** The state document of `/_mock/tenants/{t}/state`. */
export function tenantStateSchema(slots: readonly StateSlot[]): TObject {
  return Type.Object({ ...settings, ...propertiesOf(slots, (schema) => schema) }, { ...closed, title: 'TenantState' })
}

/** The same with every member optional: `tenantDefaults` and `tenants` of a fixture, a PUT of the state. */
export function tenantOverridesSchema(slots: readonly StateSlot[]): TObject {
  const partial = (schema: TObject) => Type.Partial(schema, closed)
  return Type.Partial(Type.Object({ ...settings, ...propertiesOf(slots, partial) }), {
    ...closed,
    title: 'TenantOverrides'
  })
}

/**
 * Puts layers of overrides on the initial state of a tenant: a later layer wins, member by member. A whole member of a
 * resource, which names all that it must have, replaces; a part of one is laid over. So a document that says everything
 * means the same whatever lies below it.
 */
export function composeState(
  tenantId: string,
  slots: readonly StateSlot[],
  layers: readonly TenantOverrides[]
): TenantState {
  const state: Record<string, unknown> & Settings = { ...DEFAULT_SETTINGS }
  for (const slot of slots) {
    const initial = slot.initial(tenantId) as Readonly<Record<string, unknown>>
    for (const [member, schema] of Object.entries(slot.schemas)) {
      const overrides = layers.flatMap((layer) => (layer[member] === undefined ? [] : [layer[member]]))
      // Without overrides it is the resource's own constant, which many tenants share.
      state[member] = overrides.reduce(
        (below, part) => (isWhole(part, schema) ? part : join(below, part)),
        initial[member]
      )
    }
  }
  for (const name of Object.keys(settings)) {
    for (const layer of layers) if (layer[name] !== undefined) state[name] = layer[name]
  }
  if (state.throttling === null) delete state.throttling
  return state
}

function join(below: unknown, part: unknown): object {
  return { ...(below as object), ...(part as object) }
}

function isWhole(part: unknown, { required = [] }: TObject): boolean {
  return required.every((name) => Object.hasOwn(part as object, name))
}

/**
 * A JSON merge patch can only remove a member by `null`. Where `null` is itself a value of a required member, such as
 * `condition`, that value is what was meant.
 */
export function withNulls(schema: TSchema, document: unknown): unknown {
  if (schema['type'] !== 'object' || typeof document !== 'object' || document === null) return document
  const { properties, required = [] } = schema as TObject
  const filled = Object.entries(properties).map(([name, property]) => {
    const value = (document as Record<string, unknown>)[name]
    return [
      name,
      value === undefined && required.includes(name) && takesNull(property) ? null : withNulls(property, value)
    ]
  })
  return { ...document, ...Object.fromEntries(filled.filter(([, value]) => value !== undefined)) }
}

/** Whether `null` is a value of the schema. */
export function takesNull({ anyOf }: TSchema): boolean {
  return Array.isArray(anyOf) && anyOf.some((member: TSchema) => member['type'] === 'null')
}

function propertiesOf(slots: readonly StateSlot[], derive: (schema: TObject) => TObject): TProperties {
  const members = slots.flatMap((slot) => Object.entries(slot.schemas))
  return Object.fromEntries(members.map(([name, schema]) => [name, derive(schema)]))
}
