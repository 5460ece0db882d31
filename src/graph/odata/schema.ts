import {
  KindGuard,
  Type,
  type SchemaOptions,
  type TBoolean,
  type TInteger,
  type TNumber,
  type TObject,
  type TProperties,
  type TSchema,
  type TString,
  type TNull,
  type TUnion,
  type TUnsafe
} from '@sinclair/typebox'

export { dateTimeOffset } from '../../lib/date-time-offset.js'

/** A schema with the name of its type in Graph's CSDL. */
export interface EdmSchema extends TSchema {
  readonly edmType: string
}

/** The key property `id`, `Edm.String` in Graph. */
export function key(options: SchemaOptions): TString {
  return Type.String({ edmType: 'Edm.String', ...options })
}

export function string(options: SchemaOptions): TString {
  return Type.String({ edmType: 'Edm.String', ...options })
}

export function boolean(options: SchemaOptions): TBoolean {
  return Type.Boolean({ edmType: 'Edm.Boolean', ...options })
}

export function int32(options: SchemaOptions): TInteger {
  return Type.Integer({ edmType: 'Edm.Int32', minimum: -(2 ** 31), maximum: 2 ** 31 - 1, ...options })
}

export function double(options: SchemaOptions): TNumber {
  return Type.Number({ edmType: 'Edm.Double', ...options })
}

/** A property that may be `null`; in CSDL it has no `Nullable="false"`. */
export function nullable<Schema extends TSchema>(schema: Schema): TUnion<[Schema, TNull]> {
  const { edmType, description } = schema as unknown as EdmSchema
  return Type.Union([schema, Type.Null()], { edmType, ...(description !== undefined && { description }) })
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

/** A complex type of `microsoft.graph`: a value without a key, within an entity. */
export const complexType = entityType

/** The schema of a nullable property without its null; any other schema as it is. */
export function notNull<Schema extends TSchema>(schema: Schema): Schema {
  const all = alternatives(schema)
  return all.some(isNull) ? (all.find((one) => !isNull(one)) as Schema) : schema
}

export function isNullable(schema: TSchema): boolean {
  return alternatives(schema).some(isNull)
}

/** The complex type that a property has, nullable or not. */
export function complexTypeOf(schema: TSchema): EntityType | undefined {
  return alternatives(schema).find((one): one is EntityType => KindGuard.IsObject(one))
}

/** The members of the enumeration that a property has, nullable or not. */
export function membersOf(schema: TSchema): string[] {
  return alternatives(schema).flatMap((one) => {
    if (one['const'] !== undefined) return [String(one['const'])]
    return one['anyOf'] === undefined ? [] : membersOf(one)
  })
}

function isNull(schema: TSchema): boolean {
  return schema['type'] === 'null'
}

/** A nullable schema is a union with null, an enumeration one of literals. */
function alternatives(schema: TSchema): readonly TSchema[] {
  return (schema['anyOf'] as readonly TSchema[] | undefined) ?? [schema]
}
