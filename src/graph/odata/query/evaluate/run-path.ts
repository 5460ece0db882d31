import type { BoundPath, Step } from '../bind/bound.js'
import { loader } from '../value/load.js'
import { reader, type EvaluationContext, type Run } from './context.js'

/** Follows a path. A step from nothing leads to nothing. */
export function runPath({ variable, steps, type }: BoundPath): Run {
  const start: Run = variable < 0 ? ({ entity }) => entity : ({ variables }) => variables[variable]
  const raw = steps.reduce(then, start)
  if (type.collection) return (frame) => items(raw(frame))
  if (type.family === 'structured') return (frame) => raw(frame) ?? null
  const load = loader(type)
  return (frame) => load(raw(frame))
}

function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function then(before: Run, step: Step): Run {
  switch (step.kind) {
    case 'property': {
      const get = reader(step.name)
      return (frame) => {
        const value = before(frame)
        return isObject(value) ? get(value) : undefined
      }
    }
    case 'navigation':
      return (frame) => {
        const value = before(frame)
        return isObject(value) ? frame.context.navigate(value, step.name) : undefined
      }
    case 'cast':
      return (frame) => cast(before(frame), step, frame.context)
  }
}

/** An entity of another type is null; a collection keeps those that are of the type (OData 4.01 URL Conventions 4.11). */
function cast(value: unknown, step: Extract<Step, { kind: 'cast' }>, context: EvaluationContext): unknown {
  const fits = (item: unknown) => isObject(item) && (context.typeOf(item) ?? step.declared).isDerivedFrom(step.to.name)
  if (Array.isArray(value)) return value.filter(fits)
  return fits(value) ? value : undefined
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
