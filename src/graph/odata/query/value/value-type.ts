import type { EnumInfo, PropertyInfo, TypeInfo, TypeModel } from '../type-model.js'

/** Types that are compared, reckoned and ordered in one way. */
export type Family =
  | 'null'
  | 'boolean'
  | 'string'
  | 'integer'
  | 'decimal'
  | 'double'
  | 'guid'
  | 'date'
  | 'dateTimeOffset'
  | 'timeOfDay'
  | 'duration'
  | 'binary'
  | 'enum'
  | 'structured'
  | 'untyped'

export interface ValueType {
  /** Qualified, of one item where it is a collection. */
  readonly name: string
  readonly family: Family
  readonly collection: boolean
  /** Of family `enum`. */
  readonly enumeration?: EnumInfo | undefined
  /** Of family `structured`. */
  readonly structured?: TypeInfo | undefined
}

const PRIMITIVES: ReadonlyMap<string, Family> = new Map<string, Family>([
  ['Edm.Boolean', 'boolean'],
  ['Edm.String', 'string'],
  ['Edm.Byte', 'integer'],
  ['Edm.SByte', 'integer'],
  ['Edm.Int16', 'integer'],
  ['Edm.Int32', 'integer'],
  ['Edm.Int64', 'integer'],
  ['Edm.Decimal', 'decimal'],
  ['Edm.Single', 'double'],
  ['Edm.Double', 'double'],
  ['Edm.Guid', 'guid'],
  ['Edm.Date', 'date'],
  ['Edm.DateTimeOffset', 'dateTimeOffset'],
  ['Edm.TimeOfDay', 'timeOfDay'],
  ['Edm.Duration', 'duration'],
  ['Edm.Binary', 'binary']
])

/** A single value of a primitive type; types that nothing can be said of, such as streams, are `untyped`. */
export function primitiveType(name: string, collection = false): ValueType {
  return { name, family: PRIMITIVES.get(name) ?? 'untyped', collection }
}

export const BOOLEAN = primitiveType('Edm.Boolean')
export const NULL: ValueType = { name: '<null>', family: 'null', collection: false }

export function structuredType(type: TypeInfo, collection = false): ValueType {
  return { name: type.name, family: 'structured', collection, structured: type }
}

/** The type that a property leads to; `untyped` where the model does not know it. */
export function propertyType({ kind, type, collection }: PropertyInfo, model: TypeModel): ValueType {
  if (kind === 'primitive') return primitiveType(type, collection)
  if (kind === 'enum') {
    const enumeration = model.enumeration(type)
    return enumeration ? { name: type, family: 'enum', collection, enumeration } : primitiveType(type, collection)
  }
  const structured = model.type(type)
  return structured ? structuredType(structured, collection) : primitiveType(type, collection)
}

/** The type of one item of a collection. */
export function itemOf(type: ValueType): ValueType {
  return { ...type, collection: false }
}

export type NumericFamily = 'integer' | 'decimal' | 'double'

const NUMERIC: ReadonlySet<Family> = new Set<NumericFamily>(['integer', 'decimal', 'double'])

export function isNumeric(type: ValueType): type is ValueType & { readonly family: NumericFamily } {
  return NUMERIC.has(type.family)
}
