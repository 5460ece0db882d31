import type { TypeCall } from '../parse/expression.js'
import { QueryError } from '../query-error.js'
import type { TypeModel } from '../type-model.js'
import { structuredNamed } from './bind-path.js'
import type { Bound } from './bound.js'
import { BOOLEAN, primitiveType, structuredType, type ValueType } from '../value/value-type.js'

/**
 * Binds `isof` and `cast`.
 *
 * @param operand what they stand for: the first argument, or the entity itself
 * @throws QueryError
 */
export function bindTypeCall({ kind, type: name, position }: TypeCall, operand: Bound, model: TypeModel): Bound {
  if (operand.type.collection) {
    throw new QueryError('The Cast and IsOf functions do not support collection arguments or types.', position)
  }
  const type = typeNamed(name, position, model)
  if (kind === 'cast') return { kind, operand, type }
  const of = type.structured ?? type.name === operand.type.name
  return { kind, operand, of, type: BOOLEAN }
}

function typeNamed(name: string, position: number, model: TypeModel): ValueType {
  const primitive = primitiveType(name)
  if (primitive.family !== 'untyped') return primitive
  const enumeration = model.enumeration(name)
  if (enumeration) return { name: enumeration.name, family: 'enum', collection: false, enumeration }
  return structuredType(structuredNamed(name, position, model))
}
