import { FUNCTIONS, type Signature } from '../functions.js'
import type { Call, Expression } from '../parse/expression.js'
import { QueryError, unknownFunction } from '../query-error.js'
import type { Bound, BoundCall } from './bound.js'
import { folded } from './constant.js'
import { primitiveType, type Family, type ValueType } from '../value/value-type.js'

/**
 * Finds the signature that the arguments of a call fit.
 *
 * @throws QueryError
 */
export function bindCall(call: Call, bind: (argument: Expression) => Bound): BoundCall {
  const { name, position } = call
  const signatures = FUNCTIONS.get(name)
  if (!signatures) throw unknownFunction(name, position)
  const bound = call.arguments.map(bind)
  if (bound.some(({ type }) => type.collection)) {
    throw new QueryError(
      `The argument for an invocation of a function with name '${name}' is not a single value. All arguments for this function must be single values.`,
      position
    )
  }
  const signature = signatures.find((candidate) => takes(candidate, bound))
  if (!signature) throw noSignature(name, signatures, position)
  const families = signature.parameters.map((type) => primitiveType(type).family)
  const converted = families.map((family, at) => folded(bound[at] as Bound, family))
  return { kind: 'call', name, arguments: converted, families, type: primitiveType(signature.returns) }
}

function takes({ parameters }: Signature, bound: readonly Bound[]): boolean {
  if (parameters.length !== bound.length) return false
  return parameters.every((parameter, at) => fits(bound[at]?.type, primitiveType(parameter).family))
}

/** Whole numbers fit where fractions do; null and values of unknown type fit anywhere. */
function fits(type: ValueType | undefined, family: Family): boolean {
  const given = type?.family
  if (given === family || given === 'null' || given === 'untyped') return true
  return family === 'decimal' && given === 'integer'
}

function noSignature(name: string, signatures: readonly Signature[], position: number): QueryError {
  const considered = signatures.map(
    ({ parameters }) => `${name}(${parameters.map((type) => `${type} Nullable=true`).join(', ')})`
  )
  return new QueryError(
    `No function signature for the function with name '${name}' matches the specified arguments. The function signatures considered are: ${considered.join('; ')}.`,
    position
  )
}
