import {
  Type,
  type ObjectOptions,
  type SchemaOptions,
  type TNull,
  type TObject,
  type TProperties,
  type TSchema,
  type TUnion,
  type TUnsafe
} from '@sinclair/typebox'

/** An object that has no other members than these. */
export function closedObject<Properties extends TProperties>(
  properties: Properties,
  options: ObjectOptions = {}
): TObject<Properties> {
  return Type.Object(properties, { additionalProperties: false, ...options })
}

/** One of some texts. */
export function oneOf<const Values extends readonly string[]>(
  values: Values,
  options: SchemaOptions = {}
): TUnsafe<Values[number]> {
  return Type.Unsafe(
    Type.Union(
      values.map((value) => Type.Literal(value)),
      options
    )
  )
}

export function orNull<Schema extends TSchema>(schema: Schema): TUnion<[Schema, TNull]> {
  return Type.Union([schema, Type.Null()])
}
