import { takesNull } from '../lib/merge-patch.js'
import { KindGuard, Type, type TObject, type TProperties, type TSchema } from '@sinclair/typebox'
import type { StateSlot, TenantState } from './state-slot.js'

const closed = { additionalProperties: false }

/** The state document of `/_mock/tenants/{t}/state`. */
export function tenantStateSchema(slots: readonly StateSlot[]): TObject {
  return Type.Object(
    propertiesOf(slots, (schema) => schema),
    { ...closed, title: 'TenantState' }
  )
}

/** The same with every member optional: `tenantDefaults` and `tenants` of a fixture, a PUT of the state. */
export function tenantOverridesSchema(slots: readonly StateSlot[]): TObject {
  const partial = (schema: TSchema, name: string) =>
    KindGuard.IsObject(schema) ? Type.Partial(schema, { ...closed, title: `${name}Overrides` }) : schema
  return Type.Partial(Type.Object(propertiesOf(slots, partial)), { ...closed, title: 'TenantOverrides' })
}

/** What all slots hold, as one document. */
export function stateDocument(slots: readonly StateSlot[], valueOf: (slot: StateSlot) => object): TenantState {
  return Object.assign({}, ...slots.map(valueOf)) as TenantState
}

/** The part of a document that a slot holds. */
export function valueIn(document: TenantState, { schemas }: StateSlot): object {
  return Object.fromEntries(Object.keys(schemas).flatMap((name) => (name in document ? [[name, document[name]]] : [])))
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

function propertiesOf(slots: readonly StateSlot[], derive: (schema: TSchema, name: string) => TSchema): TProperties {
  const members = slots.flatMap((slot) => Object.entries(slot.schemas))
  return Object.fromEntries(members.map(([name, schema]) => [name, derive(schema, name)]))
}
