import { equal } from '../value/convert.js'
import type { Scalar } from '../value/scalar.js'
import type { Frame, Run } from './context.js'

/** Whether a key is among others; null is among them where one of them is null. */
export function runIn(operand: Run, keys: (frame: Frame) => Iterable<Scalar>): Run {
  return (frame) => {
    const value = operand(frame) as Scalar
    for (const key of keys(frame)) if (equal(value, key)) return true
    return false
  }
}

/** The same with keys that do not change and are primitives of one kind. NaN is among none. */
export function runInSet(operand: Run, keys: ReadonlySet<Scalar>): Run {
  return (frame) => {
    const value = operand(frame) as Scalar
    return keys.has(value) && !Number.isNaN(value)
  }
}
