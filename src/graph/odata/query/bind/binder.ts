import type { Binary, Count, Expression, In, Lambda, Logical, TypeCall, Unary } from '../parse/expression.js'
import { QueryError } from '../query-error.js'
import type { TypeModel } from '../type-model.js'
import type { Aliases } from './aliases.js'
import { bindArithmetic } from './bind-arithmetic.js'
import { bindCall } from './bind-call.js'
import { bindIn } from './bind-in.js'
import { bindPath } from './bind-path.js'
import { bindTypeCall } from './bind-type-call.js'
import type { Bound } from './bound.js'
import { constantAs, constantOf, enumConstant, notAMember } from './constant.js'
import {
  demandSingle,
  incompatible,
  incompatibleOperand,
  meet,
  notSingleOperand,
  type OperatorName,
  type Pair
} from './operands.js'
import type { Scope } from './scope.js'
import { BOOLEAN, itemOf, isNumeric, primitiveType, type Family } from '../value/value-type.js'

const EQUALITY = new Set<string>(['eq', 'ne'])
const UNORDERED = new Set<Family>(['binary', 'structured'])

/** Holds expressions against a type. */
export class Binder {
  readonly #model: TypeModel
  readonly #scope: Scope
  readonly #aliases: Aliases

  constructor(model: TypeModel, scope: Scope, aliases: Aliases) {
    this.#model = model
    this.#scope = scope
    this.#aliases = aliases
  }

  /** @throws QueryError where a name is unknown or types do not fit */
  bind(expression: Expression): Bound {
    switch (expression.kind) {
      case 'literal':
        return constantOf(expression)
      case 'enum':
        return enumConstant(expression, this.#model)
      case 'alias':
        return this.#aliases.constant(expression)
      case 'path':
        return bindPath(expression, this.#scope, this.#model)
      case 'count':
        return this.#count(expression)
      case 'any':
      case 'all':
        return this.#lambda(expression)
      case 'call':
        return bindCall(expression, (argument) => this.bind(argument))
      case 'isof':
      case 'cast':
        return this.#typeCall(expression)
      case 'not':
      case 'negate':
        return this.#unary(expression)
      case 'and':
      case 'or':
        return this.#logical(expression)
      case 'in':
        return this.#in(expression)
      case 'binary':
        return this.#binary(expression)
    }
  }

  #count({ source, position }: Count): Bound {
    const path = bindPath(source, this.#scope, this.#model)
    if (!path.type.collection)
      throw new QueryError('The next token in a CountSegmentNode must be a collection.', position)
    return { kind: 'count', source: path, type: primitiveType('Edm.Int64') }
  }

  #lambda({ kind, source, variable, predicate, position }: Lambda): Bound {
    const path = bindPath(source, this.#scope, this.#model)
    if (!path.type.collection) throw new QueryError('Any/All may only be used following a collection.', position)
    const bind = (number: number): Bound => {
      const bound = predicate && this.bind(predicate)
      if (bound && !isBoolean(bound)) {
        throw new QueryError('The Any/All query expression must evaluate to a single boolean value.', position)
      }
      return { kind, source: path, variable: number, predicate: bound, type: BOOLEAN }
    }
    return this.#scope.within(variable ?? '', itemOf(path.type), bind)
  }

  #typeCall(call: TypeCall): Bound {
    const it = { kind: 'path', position: call.position, root: '$it', segments: [] } as const
    return bindTypeCall(call, this.bind(call.operand ?? it), this.#model)
  }

  #unary({ kind, operand, position }: Unary): Bound {
    const bound = this.bind(operand)
    const { family, collection } = bound.type
    if (collection) throw notSingleOperand(kind, position)
    const isDuration = family === 'duration' || family === 'null' || family === 'untyped'
    const fits = kind === 'not' ? isBoolean(bound) : isNumeric(bound.type) || isDuration
    if (!fits) throw incompatibleOperand(kind, bound.type, position)
    return { kind, operand: bound, type: kind === 'not' ? BOOLEAN : bound.type }
  }

  #logical({ kind, operands, position }: Logical): Bound {
    const bound = operands.map((operand) => this.bind(operand))
    for (const [at, operand] of bound.entries()) {
      demandSingle(kind, operand, position)
      // The library sees two sides at a time; all before the first misfit are Boolean.
      const other = bound[at === 0 ? 1 : 0] as Bound
      if (!isBoolean(operand)) {
        throw at === 0
          ? incompatible(kind, operand.type, other.type, position)
          : incompatible(kind, BOOLEAN, operand.type, position)
      }
    }
    return { kind, operands: bound, type: BOOLEAN }
  }

  #in({ operand, list, position }: In): Bound {
    const left = this.bind(operand)
    if ('kind' in list) return bindIn(left, this.bind(list), position)
    return bindIn(
      left,
      list.map((item) => ({ bound: this.bind(item), position: item.position })),
      position
    )
  }

  #binary({ operator, left, right, position }: Binary): Bound {
    const [first, second] = [this.bind(left), this.bind(right)]
    switch (operator) {
      case 'add':
      case 'sub':
      case 'mul':
      case 'div':
      case 'divby':
      case 'mod':
        return bindArithmetic(operator, first, second, position)
      case 'has':
        return this.#has(first, second, position)
      default: {
        const pair = this.#pair(operator, first, second, position)
        return { kind: 'comparison', operator, ...pair, type: BOOLEAN }
      }
    }
  }

  #pair(operator: OperatorName, left: Bound, right: Bound, position: number): Pair {
    demandSingle(operator, left, position)
    demandSingle(operator, right, position)
    const pair = meet(left, right)
    if (!pair || (UNORDERED.has(pair.family) && !EQUALITY.has(operator))) {
      throw incompatible(operator, left.type, right.type, position)
    }
    return pair
  }

  #has(left: Bound, right: Bound, position: number): Bound {
    demandSingle('has', left, position)
    demandSingle('has', right, position)
    const member = constantAs(right, left.type) ?? right
    if (right.kind === 'constant' && typeof right.value === 'string' && member === right && left.type.enumeration) {
      throw notAMember(right.value, position)
    }
    const isNull = member.type.family === 'null'
    if (left.type.family !== 'enum' || !(isNull || member.type.name === left.type.name)) {
      throw incompatible('has', left.type, right.type, position)
    }
    return { kind: 'has', left, right: member, type: BOOLEAN }
  }
}

/** Null stands for an unknown truth. */
export function isBoolean({ type: { family, collection } }: Bound): boolean {
  return !collection && (family === 'boolean' || family === 'null' || family === 'untyped')
}
