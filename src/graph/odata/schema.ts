import {
  FormatRegistry,
  Type,
  type SchemaOptions,
  type TObject,
  type TProperties,
  type TSchema,
  type TString,
  type TUnsafe
} from '@sinclair/typebox'
import { isDateTimeOffset } from '../../lib/date-time-offset.js'

// TypeBox keeps formats in one registry per process. The entry is a pure function, so apps still share no state.
FormatRegistry.Set('date-time', isDateTimeOffset)

/** What the schemas here carry beside JSON Schema: the name of the type in Graph's CSDL. */
export interface EdmSchema extends TSchema {
  readonly edmType: string
}

export function isEdmSchema(schema: TSchema): schema is EdmSchema {
  return typeof schema['edmType'] === 'string'
}

/** A property of type `Edm.DateTimeOffset`, an ISO 8601 instant with `Z` or an offset. */
export function dateTimeOffset(options: SchemaOptions): TString {
  return Type.String({ format: 'date-time', edmType: 'Edm.DateTimeOffset', ...options })
}

/** The key property `id`, `Edm.String` in Graph. */
export function key(options: SchemaOptions): TString {
  return Type.String({ edmType: 'Edm.String', ...options })
}

/** An enumeration type of `microsoft.graph`; members are matched case-sensitively. */
export function enumeration<const Members extends readonly string[]>(
  name: string,
  members: Members,
  options: SchemaOptions
): TUnsafe<Members[number]> {
  const literals = members.map((member) => Type.Literal(member))
  return Type.Unsafe(Type.Union(literals, { edmType: `microsoft.graph.${name}`, ...options }))
}

export interface EntityType<Properties extends TProperties = TProperties> extends TObject<Properties> {
  readonly edmType: string
}

/** An entity type of `microsoft.graph`: a closed object, its properties in the order of the service's answers. */
export function entityType<Properties extends TProperties>(
  name: string,
  properties: Properties,
  options: SchemaOptions = {}
): EntityType<Properties> {
  const edmType = `microsoft.graph.${name}`
  return { ...Type.Object(properties, { additionalProperties: false, ...options }), edmType }
}
