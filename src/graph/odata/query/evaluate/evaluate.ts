import type { Bound } from '../bind/bound.js'
import type { BoundOrder } from '../bind/bound-query.js'
import { equal, less, type Collation } from '../value/convert.js'
import type { Scalar } from '../value/scalar.js'
import type { Family } from '../value/value-type.js'
import { Compiler } from './compile.js'
import type { EvaluationContext, Frame } from './context.js'
import { isPrimitive } from './run-comparison.js'

/** The value of an expression for an entity, or for an item of a collection of values. */
export type Evaluator = (entity: unknown, context: EvaluationContext) => unknown

/**
 * Makes an expression ready. What it gives is a scalar, an object or a list; it changes nothing.
 *
 * @param collation how the collection compares strings
 */
export function evaluator(bound: Bound, collation: Collation): Evaluator {
  const run = new Compiler(collation).compile(bound)
  return (entity, context) => run({ entity, context, variables: [] })
}

/** Whether an entity fits a filter: only what is true fits, unknown does not. */
export function predicate(
  bound: Bound,
  collation: Collation
): (entity: unknown, context: EvaluationContext) => boolean {
  const evaluate = evaluator(bound, collation)
  return (entity, context) => evaluate(entity, context) === true
}

/**
 * Entities in the order of `$orderby`; those that are alike keep their order. Null stands before everything, in
 * descending order behind (documented: OData 4.01 URL Conventions 5.1.4).
 */
export function ordered<T>(
  entities: readonly T[],
  order: readonly BoundOrder[],
  collation: Collation,
  context: EvaluationContext
): T[] {
  const compiler = new Compiler(collation)
  const runs = order.map(({ by }) => compiler.key(by, by.type.family))
  const compare = order.map(({ by, descending }) => comparer(by.type.family, descending))
  const keyed = entities.map((entity) => {
    const frame: Frame = { entity, context, variables: [] }
    return { entity, keys: runs.map((run) => run(frame) as Scalar) }
  })
  keyed.sort((left, right) => {
    for (let at = 0; at < compare.length; at++) {
      const difference = (compare[at] as Comparer)(left.keys[at] as Scalar, right.keys[at] as Scalar)
      if (difference !== 0) return difference
    }
    return 0
  })
  return keyed.map(({ entity }) => entity)
}

type Comparer = (left: Scalar, right: Scalar) => number

function comparer(family: Family, descending: boolean): Comparer {
  const compare = isPrimitive(family) ? comparePrimitives : compareAny
  return descending ? (left, right) => compare(right, left) : compare
}

function comparePrimitives(left: Scalar, right: Scalar): number {
  if (left === right) return 0
  if (left !== null && right !== null) {
    if (left < right) return -1
    if (left > right) return 1
  }
  return compareAny(left, right)
}

/** NaN stands behind null and before all else; what has no type is ordered by the kind of its JSON value first. */
function compareAny(left: Scalar, right: Scalar): number {
  const [first, second] = [rank(left), rank(right)]
  if (first !== second) return first - second
  if (first < 2 || equal(left, right)) return 0
  return less(left, right) ? -1 : 1
}

function rank(key: Scalar): number {
  if (key === null) return 0
  if (typeof key === 'string') return 4
  if (typeof key === 'boolean') return 2
  return Number.isNaN(key) ? 1 : 3
}
