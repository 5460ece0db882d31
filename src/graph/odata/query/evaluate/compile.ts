import type { Bound, BoundCall, BoundIn, BoundTypeTest } from '../bind/bound.js'
import { convert, keyOf, type Collation } from '../value/convert.js'
import { Decimal } from '../value/decimal.js'
import { load } from '../value/load.js'
import type { Scalar } from '../value/scalar.js'
import { itemOf, type Family } from '../value/value-type.js'
import { CALLS, COLLATED } from './call.js'
import { cast } from './cast.js'
import type { Run } from './context.js'
import { runArithmetic } from './run-arithmetic.js'
import { runComparison, runHas, runIn } from './run-comparison.js'
import { runLambda, runLogical, runNot } from './run-logic.js'
import { isObject, runPath } from './run-path.js'

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
      case 'count': {
        const source = runPath(bound.source)
        return (frame) => (source(frame) as readonly unknown[]).length
      }
      case 'any':
      case 'all': {
        const predicate = bound.predicate && this.compile(bound.predicate)
        return runLambda(bound.kind, runPath(bound.source), bound.variable, predicate)
      }
      case 'call':
        return this.#call(bound)
      case 'isof':
        return this.#isOf(bound)
      case 'cast':
        return this.#cast(bound.operand, bound.type)
      case 'not':
        return runNot(this.compile(bound.operand))
      case 'negate':
        return this.#negate(bound.operand)
      case 'and':
      case 'or':
        return runLogical(
          bound.kind,
          bound.operands.map((operand) => this.compile(operand))
        )
      case 'comparison':
        return runComparison(bound.operator, this.key(bound.left, bound.family), this.key(bound.right, bound.family))
      case 'has':
        return runHas(this.compile(bound.left), this.compile(bound.right))
      case 'in':
        return this.#in(bound)
      case 'arithmetic': {
        const [first, second] = bound.families
        return runArithmetic(bound, this.#as(bound.left, first), this.#as(bound.right, second))
      }
    }
  }

  /** The value that an expression is compared and ordered by. */
  key(bound: Bound, family: Family): Run {
    const collation = this.#collation
    if (bound.kind === 'constant') {
      const key = keyOf(convert(bound.value, bound.type.family, family), family, collation)
      return () => key
    }
    const run = this.#as(bound, family)
    if (family !== 'string' && family !== 'dateTimeOffset' && family !== 'untyped') return run
    return (frame) => keyOf(run(frame) as Scalar, family, collation)
  }

  /** An expression as a value of a family. */
  #as(bound: Bound, family: Family): Run {
    const run = this.compile(bound)
    const from = bound.type.family
    if (from === family || from === 'null') return run
    if (from === 'untyped') {
      const type = { ...bound.type, family }
      return (frame) => load(run(frame), type)
    }
    return (frame) => convert(run(frame) as Scalar, from, family)
  }

  #call({ name, arguments: operands, families }: BoundCall): Run {
    const call = CALLS.get(name)
    if (!call) return ({ context }) => context.now()
    const runs = operands.map((operand, at) => {
      const family = families[at] ?? 'null'
      return COLLATED.has(name) ? this.key(operand, family) : this.#as(operand, family)
    })
    return (frame) => {
      const values: Scalar[] = []
      for (const run of runs) {
        const value = run(frame) as Scalar
        if (value === null) return null
        values.push(value)
      }
      return call(values)
    }
  }

  #isOf({ operand, of }: BoundTypeTest): Run {
    const run = this.compile(operand)
    if (typeof of === 'boolean') return (frame) => of && run(frame) !== null
    const declared = operand.type.structured
    return (frame) => {
      const value = run(frame)
      if (!isObject(value)) return false
      return (frame.context.typeOf(value) ?? declared)?.isDerivedFrom(of.name) ?? false
    }
  }

  #cast(operand: Bound, type: Bound['type']): Run {
    const run = this.compile(operand)
    const { family } = operand.type
    if (!type.structured) return (frame) => cast(run(frame) as Scalar, family, type)
    const fits = this.#isOf({ kind: 'isof', operand, of: type.structured, type })
    return (frame) => (fits(frame) === true ? run(frame) : null)
  }

  #negate(operand: Bound): Run {
    const run = this.compile(operand)
    return (frame) => {
      const value = run(frame)
      if (value instanceof Decimal) return value.negate()
      return typeof value === 'number' || typeof value === 'bigint' ? -value : null
    }
  }

  #in({ operand, family, list }: BoundIn): Run {
    const value = this.key(operand, family)
    if (!('kind' in list)) {
      return runIn(
        value,
        list.map((item) => this.key(item, family))
      )
    }
    const items = runPath(list)
    const type = itemOf(list.type)
    const collation = this.#collation
    return (frame) => {
      const keys = (items(frame) as readonly unknown[]).map((item) => {
        const key = keyOf(convert(load(item, type), type.family, family), family, collation)
        return () => key
      })
      return runIn(value, keys)(frame)
    }
  }
}
