import { convert } from '../value/convert.js'
import { Decimal } from '../value/decimal.js'
import { durationTicks, timeKey } from '../value/instant.js'
import { doubleOf, enumValue, integer, plainBase64 } from '../value/load.js'
import type { EnumLiteral, Literal } from '../parse/expression.js'
import { QueryError } from '../query-error.js'
import type { TypeModel } from '../type-model.js'
import type { Scalar } from '../value/scalar.js'
import type { Bound, BoundConstant } from './bound.js'
import { NULL, primitiveType, type Family, type ValueType } from '../value/value-type.js'

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

export function constantOf({ type, value }: Literal): BoundConstant {
  switch (type) {
    case 'null':
      return { kind: 'constant', type: NULL, value: null }
    case 'Edm.Boolean':
      return constant(type, value === 'true')
    case 'Edm.Int32':
    case 'Edm.Int64':
      return constant(type, integer(BigInt(value)))
    case 'Edm.Single':
    case 'Edm.Double':
    case 'Edm.Decimal':
      return fractional(type, value)
    case 'Edm.Duration':
      return constant(type, durationTicks(value))
    case 'Edm.TimeOfDay':
      return constant(type, timeKey(value))
    case 'Edm.Binary':
      return constant(type, plainBase64(value))
    default:
      return constant(type, value)
  }
}

function constant(type: string, value: Scalar): BoundConstant {
  return { kind: 'constant', type: primitiveType(type), value }
}

/** A number without exponent is exact, whatever its type is called, until it meets a double. */
function fractional(name: string, text: string): BoundConstant {
  const decimal = /^[-\d.]+$/.test(text) ? Decimal.from(text) : null
  const family = decimal ? 'decimal' : 'double'
  return { kind: 'constant', type: { name, family, collection: false }, value: decimal ?? doubleOf(text) }
}

/** @throws QueryError where the model lacks the enumeration or the member */
export function enumConstant({ type, value, position }: EnumLiteral, model: TypeModel): BoundConstant {
  const enumeration = model.enumeration(type)
  const number = enumeration ? enumValue(value, enumeration) : NaN
  if (!enumeration || Number.isNaN(number)) throw notAMember(`${type}'${value}'`, position)
  const { name } = enumeration
  return { kind: 'constant', type: { name, family: 'enum', collection: false, enumeration }, value: number }
}

export function notAMember(text: string, position: number): QueryError {
  return new QueryError(`The string '${text}' is not a valid enumeration type constant.`, position)
}

/**
 * A literal as one of another type: strings stand for members of enumerations and for GUIDs, and GUIDs for strings
 * (assumed: examples of Graph's pages write ids both ways).
 */
export function constantAs(bound: Bound, type: ValueType): BoundConstant | undefined {
  if (bound.kind !== 'constant' || typeof bound.value !== 'string') return undefined
  const { family } = bound.type
  if (family === 'string' && type.enumeration) {
    const value = enumValue(bound.value, type.enumeration)
    return Number.isNaN(value) ? undefined : { kind: 'constant', type, value }
  }
  if (family === 'string' && type.family === 'guid' && GUID.test(bound.value)) {
    return { kind: 'constant', type, value: bound.value.toLowerCase() }
  }
  return family === 'guid' && type.family === 'string' ? { ...bound, type } : undefined
}

/** A constant of the family that it will be compared in. */
export function folded(bound: Bound, family: Family): Bound {
  if (bound.kind !== 'constant' || bound.type.family === family) return bound
  return { ...bound, type: { ...bound.type, family }, value: convert(bound.value, bound.type.family, family) }
}
