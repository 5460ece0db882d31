import { Type, type TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { lazyCheck, type Check } from '../../lib/lazy-check.js'
import type { EnumType } from '../model/enum-type.js'
import type { Property, TypeReference } from '../model/members.js'
import type { StructuredType } from '../model/structured-type.js'
import type { EngineError } from './engine-error.js'
import type { GraphModel } from './graph-model.js'
import { badLiteral, nullValue, unknownMember, wrongKind } from './payload-errors.js'
import { itemSchema, schemaOf } from './property-schema.js'

const CHECK = Symbol('check of payloads')

interface TypeCheck {
  readonly check: Check
  readonly schemas: ReadonlyMap<string, TSchema>
}

/**
 * Checks the structural properties of a payload against a type. The schema is made from the type at the first payload,
 * compiled once, and kept by the model.
 *
 * @throws EngineError for the first value that does not fit, in the order of the payload
 */
export function checkProperties(
  values: Readonly<Record<string, unknown>>,
  type: StructuredType,
  model: GraphModel
): void {
  const { check, schemas } = model.once(CHECK, type, () => checkOf(type, model))
  if (check.accepts(values)) return
  const [name, value] = Object.entries(values).find(([name, value]): boolean => {
    const schema = schemas.get(name)
    return schema !== undefined && !Value.Check(schema, value)
  }) as [string, unknown]
  throw mismatch(type.properties.get(name) as Property, value, model)
}

function checkOf(type: StructuredType, model: GraphModel): TypeCheck {
  const schemas = new Map([...type.properties].map(([name, property]) => [name, schemaOf(property, model)]))
  const optional = [...schemas].map(([name, schema]) => [name, Type.Optional(schema)] as const)
  return { schemas, check: lazyCheck(Type.Object(Object.fromEntries(optional))) }
}

/** Checks the value of a parameter. @throws EngineError */
export function checkValue(name: string, value: unknown, reference: TypeReference, model: GraphModel): void {
  if (!Value.Check(schemaOf(reference, model), value)) throw mismatch({ name, ...reference }, value, model)
}

type Checked = TypeReference & { readonly name: string }

function mismatch(property: Checked, value: unknown, model: GraphModel): EngineError {
  const { name, collection, nullable } = property
  if (!collection) return itemMismatch(property, value, model)
  if (value === null) return nullValue(property)
  if (!Array.isArray(value)) return wrongKind(name, `${name} is a collection: send an array.`)
  const schema = itemSchema(property, model)
  const items: readonly unknown[] = value
  const wrong: unknown = items.find((item): boolean => !(item === null && nullable) && !Value.Check(schema, item))
  return itemMismatch({ ...property, collection: false }, wrong, model)
}

function itemMismatch(property: Checked, value: unknown, model: GraphModel): EngineError {
  const { name, kind, type } = property
  if (value === null) return nullValue(property)
  if (typeof value === 'string' && kind === 'enum') {
    const { members } = model.model.enumeration(type) as EnumType
    return unknownMember(
      value,
      members.map((member) => member.name)
    )
  }
  const isText = typeof value === 'string' && isWrittenAsText(type)
  if (isText || (typeof value === 'number' && isNumber(type))) return badLiteral(String(value), type)
  return wrongKind(name, `${name} is of the type ${type}.`)
}

function isNumber(type: string): boolean {
  return /^Edm\.(?:Byte|SByte|Int\d\d|Double|Single|Decimal)$/.test(type)
}

function isWrittenAsText(type: string): boolean {
  return type.startsWith('Edm.') && !isNumber(type) && type !== 'Edm.Boolean'
}
