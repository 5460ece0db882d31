import type { Bound, BoundCall, BoundComparison, BoundIn } from '../bind/bound.js'
import { convert, keyOf, type Collation } from '../value/convert.js'
import { loader } from '../value/load.js'
import type { Scalar } from '../value/scalar.js'
import { itemOf, type Family } from '../value/value-type.js'
import { CALLS, COLLATED } from './call.js'
import { cast } from './cast.js'
import type { Frame, Run } from './context.js'
import { runArithmetic, runNegate } from './run-arithmetic.js'
import { runCall } from './run-call.js'
import { isPrimitive, runComparison, runComparisonWith, runHas } from './run-comparison.js'
import { runIn, runInSet } from './run-in.js'
import { runCount, runLambda, runLogical, runNot } from './run-logic.js'
import { runPath } from './run-path.js'
import { runCastTo, runIsOf } from './run-type.js'

/** Makes expressions ready to be evaluated many times. */
export class Compiler {
  readonly #collation: Collation

  constructor(collation: Collation) {
    this.#collation = collation
  }

  compile(bound: Bound): Run {
    switch (bound.kind) {
      case 'constant':
        return () => bound.value
      case 'path':
        return runPath(bound)
      case 'count':
        return runCount(runPath(bound.source))
      case 'any':
      case 'all':
        return runLambda(
          bound.kind,
          runPath(bound.source),
          bound.variable,
          bound.predicate && this.compile(bound.predicate)
        )
      case 'call':
        return this.#call(bound)
      case 'isof':
        return this.#isOf(bound.operand, bound.of)
      case 'cast':
        return this.#cast(bound.operand, bound.type)
      case 'not':
        return runNot(this.compile(bound.operand))
      case 'negate':
        return runNegate(this.compile(bound.operand))
      case 'and':
      case 'or':
        return runLogical(
          bound.kind,
          bound.operands.map((operand) => this.compile(operand))
        )
      case 'comparison':
        return this.#comparison(bound)
      case 'has':
        return runHas(this.compile(bound.left), this.compile(bound.right))
      case 'in':
        return this.#in(bound)
      case 'arithmetic':
        return runArithmetic(bound, this.#as(bound.left, bound.families[0]), this.#as(bound.right, bound.families[1]))
    }
  }

  /** The value that an expression is compared and ordered by. */
  key(bound: Bound, family: Family): Run {
    const constant = this.#constantKey(bound, family)
    if (constant) return () => constant.key
    const collation = this.#collation
    const run = this.#as(bound, family)
    const isItself = family !== 'dateTimeOffset' && (collation === 'ordinal' || !isText(family))
    return isItself ? run : (frame) => keyOf(run(frame) as Scalar, family, collation)
  }

  #constantKey(bound: Bound, family: Family): { key: Scalar } | undefined {
    if (bound.kind !== 'constant') return undefined
    return { key: keyOf(convert(bound.value, bound.type.family, family), family, this.#collation) }
  }

  /** An expression as a value of a family. */
  #as(bound: Bound, family: Family): Run {
    const run = this.compile(bound)
    const from = bound.type.family
    if (from === family || from === 'null') return run
    if (from === 'untyped') {
      const load = loader({ ...bound.type, family })
      return (frame) => load(run(frame))
    }
    return (frame) => convert(run(frame) as Scalar, from, family)
  }

  #comparison({ operator, family, left, right }: BoundComparison): Run {
    const constant = this.#constantKey(right, family)
    if (constant) return runComparisonWith(operator, family, this.key(left, family), constant.key)
    return runComparison(operator, family, this.key(left, family), this.key(right, family))
  }

  #call({ name, arguments: operands, families }: BoundCall): Run {
    const call = CALLS.get(name)
    if (!call) return ({ context }) => context.now()
    const isCollated = COLLATED.has(name)
    const runs = families.map((family, at) => {
      const operand = operands[at] as Bound
      return isCollated ? this.key(operand, family) : this.#as(operand, family)
    })
    return runCall(call, runs)
  }

  #isOf(operand: Bound, of: Extract<Bound, { kind: 'isof' }>['of']): Run {
    const run = this.compile(operand)
    if (typeof of === 'boolean') return (frame) => of && run(frame) !== null
    const declared = operand.type.structured
    return declared ? runIsOf(run, declared, of) : () => false
  }

  #cast(operand: Bound, type: Bound['type']): Run {
    const run = this.compile(operand)
    const { family, structured: declared } = operand.type
    if (type.structured) return declared ? runCastTo(run, declared, type.structured) : () => null
    return (frame) => cast(run(frame) as Scalar, family, type)
  }

  #in({ operand, family, list }: BoundIn): Run {
    const value = this.key(operand, family)
    if ('kind' in list) return runIn(value, this.#keysOf(list, family))
    const constants = list.map((item) => this.#constantKey(item, family))
    if (isPrimitive(family) && constants.every((constant) => constant !== undefined)) {
      return runInSet(value, new Set(constants.map(({ key }) => key)))
    }
    const keys = list.map((item) => this.key(item, family))
    return runIn(value, (frame) => keys.map((key) => key(frame) as Scalar))
  }

  /** The keys of the items of a collection. */
  #keysOf(list: Extract<Bound, { kind: 'path' }>, family: Family): (frame: Frame) => Scalar[] {
    const items = runPath(list)
    const type = itemOf(list.type)
    const from = type.family === 'untyped' ? family : type.family
    const load = loader({ ...type, family: from })
    const collation = this.#collation
    return (frame) =>
      (items(frame) as readonly unknown[]).map((item) => keyOf(convert(load(item), from, family), family, collation))
  }
}

function isText(family: Family): boolean {
  return family === 'string' || family === 'untyped'
}
