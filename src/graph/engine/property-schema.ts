import { Type, type TSchema } from '@sinclair/typebox'
import type { EnumType } from '../model/enum-type.js'
import type { TypeReference } from '../model/members.js'
import type { GraphModel } from './graph-model.js'
// Registers the format of dates.
import '../odata/schema.js'

const INT64 = 2 ** 63

/** JSON of the primitive types (documented: OData JSON Format 4.01, section 7.1). */
const PRIMITIVES: ReadonlyMap<string, TSchema> = new Map<string, TSchema>([
  ['Edm.String', Type.String()],
  ['Edm.Boolean', Type.Boolean()],
  ['Edm.DateTimeOffset', Type.String({ format: 'date-time' })],
  ['Edm.Date', Type.String({ pattern: /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.source })],
  ['Edm.TimeOfDay', Type.String({ pattern: /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,12})?)?$/.source })],
  [
    'Edm.Duration',
    Type.String({
      pattern: /^-?P(?=\d|T\d)(?:\d{1,12}D)?(?:T(?=\d)(?:\d{1,12}H)?(?:\d{1,12}M)?(?:\d{1,12}(?:\.\d{1,12})?S)?)?$/
        .source
    })
  ],
  ['Edm.Guid', Type.String({ pattern: /^[\da-fA-F]{8}(?:-[\da-fA-F]{4}){3}-[\da-fA-F]{12}$/.source })],
  ['Edm.Byte', Type.Integer({ minimum: 0, maximum: 255 })],
  ['Edm.SByte', Type.Integer({ minimum: -128, maximum: 127 })],
  ['Edm.Int16', Type.Integer({ minimum: -(2 ** 15), maximum: 2 ** 15 - 1 })],
  ['Edm.Int32', Type.Integer({ minimum: -(2 ** 31), maximum: 2 ** 31 - 1 })],
  ['Edm.Int64', Type.Integer({ minimum: -INT64, maximum: INT64 })],
  ['Edm.Double', floatingPoint()],
  ['Edm.Single', floatingPoint()],
  ['Edm.Decimal', Type.Number()],
  ['Edm.Binary', Type.String({ pattern: /^[\w+/-]*={0,2}$/.source })],
  ['Edm.Stream', Type.String()]
])

function floatingPoint(): TSchema {
  return Type.Union([Type.Number(), Type.Literal('INF'), Type.Literal('-INF'), Type.Literal('NaN')])
}

/**
 * The schema of a property, a parameter or an item. Of complex values it says that they are objects: what is in them is
 * checked by their own type.
 */
export function schemaOf(reference: TypeReference, model: GraphModel): TSchema {
  const { collection, nullable } = reference
  const item = itemSchema(reference, model)
  const one = nullable ? Type.Union([item, Type.Null()]) : item
  // Whether items may be null is what `nullable` says of a collection; itself it may not.
  return collection ? Type.Array(one) : one
}

export function itemSchema({ kind, type }: TypeReference, model: GraphModel): TSchema {
  switch (kind) {
    case 'primitive':
      return PRIMITIVES.get(type) ?? Type.Unknown()
    case 'enum': {
      const enumeration = model.model.enumeration(type)
      return enumeration ? enumSchema(enumeration) : Type.String()
    }
    default:
      return Type.Object({})
  }
}

/** Members are told by their names, in their case (assumed). Of flags, whose value may name several, see `unknownFlag`. */
function enumSchema({ flags, members }: EnumType): TSchema {
  return flags ? Type.String() : Type.Union(members.map(({ name }) => Type.Literal(name)))
}

/** What a value of flags names that is no member. */
export function unknownFlag(value: string, { members }: EnumType): string | undefined {
  const named = value.split(',').map((one) => one.trim())
  return named.find((one) => !members.some(({ name }) => name === one))
}
