import type { TypeInfo, TypeModel } from '../type-model.js'

/** What an expression needs beside the entity. */
export interface EvaluationContext {
  /** What a navigation property leads to: an entity or null, or the entities of a collection. */
  navigate(entity: object, navigation: string): unknown
  /** The type that an entity or complex value says it has; `undefined` for the one that is declared where it stands. */
  typeOf(value: object): TypeInfo | undefined
  /** `now()`, as an `Edm.DateTimeOffset`. */
  now(): string
  /**
   * Told before the items of a collection are looked at one by one. What it throws ends the evaluation: lambdas within
   * lambdas look at as many items as there are combinations.
   */
  visits?(items: number): void
}

/** A context for values that hold what they navigate to and name their type in `@odata.type`, as Graph's JSON does. */
export function jsonContext(model: TypeModel, now: () => string): EvaluationContext {
  return {
    navigate: (entity, navigation) => read(entity, navigation),
    typeOf: (value) => {
      const name = read(value, '@odata.type')
      return typeof name === 'string' ? model.type(name.replace(/^#/, '')) : undefined
    },
    now
  }
}

/** Reads a property of an object's own: no name reaches what all objects have. */
export function reader(name: string): (value: object) => unknown {
  if (name in Object.prototype) return (value) => read(value, name)
  return (value) => (value as Record<string, unknown>)[name]
}

function read(value: object, name: string): unknown {
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
}

/** What one evaluation works on. */
export interface Frame {
  readonly entity: unknown
  readonly context: EvaluationContext
  /** The present items of the lambdas, from the outermost on. */
  readonly variables: unknown[]
}

/** An expression made ready: single values come as scalars, complex values and collections as they stand. */
export type Run = (frame: Frame) => unknown
