import type { TypeInfo } from '../type-model.js'
import type { Run } from './context.js'
import { isObject } from './run-path.js'

/** Whether an entity or complex value is of a type or of one that derives from it. Null is of none. */
export function runIsOf(operand: Run, declared: TypeInfo, of: TypeInfo): Run {
  return (frame) => {
    const value = operand(frame)
    return isObject(value) && (frame.context.typeOf(value) ?? declared).isDerivedFrom(of.name)
  }
}

/** The value where it is of the type, else null. */
export function runCastTo(operand: Run, declared: TypeInfo, to: TypeInfo): Run {
  const fits = runIsOf(operand, declared, to)
  return (frame) => (fits(frame) === true ? operand(frame) : null)
}
