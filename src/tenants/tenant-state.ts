import { Type, type TObject, type TProperties } from '@sinclair/typebox'
import { profileNames, type ProfileName } from '../graph/profiles.js'
import type { StateSlot } from './state-slot.js'

/** Everything about a tenant that a test may set, one immutable document: settings, and a member per resource. */
export interface TenantState {
  readonly profile: ProfileName
  readonly [slot: string]: unknown
}

const closed = { additionalProperties: false }

const settings = {
  profile: Type.Union(
    profileNames.map((name) => Type.Literal(name)),
    { description: 'documented: the API page to the letter; observed: the live service as captured.' }
  )
}

/** The state document of `/_mock/tenants/{t}/state`. */
export function tenantStateSchema(slots: readonly StateSlot[]): TObject {
  return Type.Object({ ...settings, ...propertiesOf(slots, (schema) => schema) }, closed)
}

/** The same with every member optional: `tenantDefaults` and `tenants` of a fixture, a PUT of the state. */
export function tenantOverridesSchema(slots: readonly StateSlot[]): TObject {
  const partial = (schema: TObject) => Type.Partial(schema, closed)
  return Type.Partial(Type.Object({ ...settings, ...propertiesOf(slots, partial) }), closed)
}

export type TenantOverrides = Partial<TenantState>

/** Puts layers of overrides on the initial state of a tenant: a later layer wins, member by member. */
export function composeState(
  tenantId: string,
  slots: readonly StateSlot[],
  profile: ProfileName,
  layers: readonly TenantOverrides[]
): TenantState {
  const state: Record<string, unknown> & { profile: ProfileName } = { profile }
  for (const slot of slots) {
    state[slot.name] = Object.assign({}, slot.initial(tenantId), ...layers.map((layer) => layer[slot.name]))
  }
  for (const layer of layers) if (layer.profile) state.profile = layer.profile
  return state
}

function propertiesOf(slots: readonly StateSlot[], derive: (schema: TObject) => TObject): TProperties {
  return Object.fromEntries(slots.map((slot) => [slot.name, derive(slot.schema)]))
}
