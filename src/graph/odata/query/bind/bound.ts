import type { TypeInfo } from '../type-model.js'
import type { Scalar } from '../value/scalar.js'
import type { Family, ValueType } from '../value/value-type.js'

/** An expression held against a type: names resolved, operands of one family, literals converted. */
export type Bound =
  | BoundConstant
  | BoundPath
  | BoundCount
  | BoundLambda
  | BoundCall
  | BoundTypeTest
  | BoundCast
  | BoundUnary
  | BoundLogical
  | BoundComparison
  | BoundArithmetic
  | BoundHas
  | BoundIn

interface Typed {
  readonly type: ValueType
}

export interface BoundConstant extends Typed {
  readonly kind: 'constant'
  readonly value: Scalar
}

export type Step =
  | { readonly kind: 'property' | 'navigation'; readonly name: string }
  | { readonly kind: 'cast'; readonly to: TypeInfo; readonly declared: TypeInfo }

export interface BoundPath extends Typed {
  readonly kind: 'path'
  /** The number of the lambda whose variable it begins with, counted from the outermost; -1 for the entity itself. */
  readonly variable: number
  readonly steps: readonly Step[]
}

export interface BoundCount extends Typed {
  readonly kind: 'count'
  readonly source: BoundPath
}

export interface BoundLambda extends Typed {
  readonly kind: 'any' | 'all'
  readonly source: BoundPath
  /** See {@link BoundPath.variable}. */
  readonly variable: number
  readonly predicate: Bound | undefined
}

export interface BoundCall extends Typed {
  readonly kind: 'call'
  readonly name: string
  readonly arguments: readonly Bound[]
  /** What each argument is converted to. */
  readonly families: readonly Family[]
}

export interface BoundTypeTest extends Typed {
  readonly kind: 'isof'
  readonly operand: Bound
  /** The structured type; for a primitive one the answer is known already. */
  readonly of: TypeInfo | boolean
}

export interface BoundCast extends Typed {
  readonly kind: 'cast'
  readonly operand: Bound
}

export interface BoundUnary extends Typed {
  readonly kind: 'not' | 'negate'
  readonly operand: Bound
}

export interface BoundLogical extends Typed {
  readonly kind: 'and' | 'or'
  readonly operands: readonly Bound[]
}

export type ComparisonOperator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le'

export interface BoundComparison extends Typed {
  readonly kind: 'comparison'
  readonly operator: ComparisonOperator
  /** What both sides are converted to. */
  readonly family: Family
  readonly left: Bound
  readonly right: Bound
}

export type ArithmeticOperator = 'add' | 'sub' | 'mul' | 'div' | 'divby' | 'mod'

/** The families of both sides and of the result say which arithmetic it is. */
export interface BoundArithmetic extends Typed {
  readonly kind: 'arithmetic'
  readonly operator: ArithmeticOperator
  readonly left: Bound
  readonly right: Bound
  readonly families: readonly [Family, Family]
}

export interface BoundHas extends Typed {
  readonly kind: 'has'
  readonly left: Bound
  readonly right: Bound
}

export interface BoundIn extends Typed {
  readonly kind: 'in'
  readonly operand: Bound
  readonly family: Family
  /** The items, or the collection that holds them. */
  readonly list: readonly Bound[] | BoundPath
}
