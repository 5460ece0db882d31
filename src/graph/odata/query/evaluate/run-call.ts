import type { Scalar } from '../value/scalar.js'
import type { Call } from './call.js'
import type { Run } from './context.js'

/** Calls a function; where one of its arguments is null, so is the result. */
export function runCall(call: Call, [first, second, third]: readonly Run[]): Run {
  if (!first) return () => call(null, null, null)
  if (!second) {
    return (frame) => {
      const value = first(frame) as Scalar
      return value === null ? null : call(value, null, null)
    }
  }
  if (!third) {
    return (frame) => {
      const [value, other] = [first(frame) as Scalar, second(frame) as Scalar]
      return value === null || other === null ? null : call(value, other, null)
    }
  }
  return (frame) => {
    const [value, other, last] = [first(frame) as Scalar, second(frame) as Scalar, third(frame) as Scalar]
    return value === null || other === null || last === null ? null : call(value, other, last)
  }
}
