import type { TypeInfo } from '../type-model.js'
import type { Run } from './context.js'
import { isObject } from './run-path.js'

/** Whether an entity or complex value is of a type or of one that derives from it. Null is of none. */
export function runIsOf(operand: Run, declared: TypeInfo | undefined, of: TypeInfo): Run {
  return (frame) => {
    const value = operand(frame)
    if (!isObject(value)) return false
    return (frame.context.typeOf(value) ?? declared)?.isDerivedFrom(of.name) ?? false
  }
}

/** The value where it is of the type, else null. */
export function runCastTo(operand: Run, declared: TypeInfo | undefined, to: TypeInfo): Run {
  const fits = runIsOf(operand, declared, to)
  return (frame) => (fits(frame) === true ? operand(frame) : null)
}
