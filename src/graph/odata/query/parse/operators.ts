import type { BinaryOperator } from './expression.js'

export type Operator = BinaryOperator | 'and' | 'or' | 'in'

/**
 * How tightly the operators bind (documented: OData 4.01 URL Conventions 5.1.1.16); `not` and `-` bind more tightly than
 * `mod`, less than `has`.
 */
export const PRECEDENCE: ReadonlyMap<string, number> = new Map<Operator, number>([
  ['or', 1],
  ['and', 2],
  ['eq', 3],
  ['ne', 3],
  ['gt', 4],
  ['ge', 4],
  ['lt', 4],
  ['le', 4],
  ['add', 5],
  ['sub', 5],
  ['mul', 6],
  ['div', 6],
  ['divby', 6],
  ['mod', 6],
  ['has', 7],
  ['in', 7]
])

/** What `not` and `-` take binds more tightly than this. */
export const UNARY_PRECEDENCE = 6

/** No operator binds more tightly than this. */
export const HIGHEST_PRECEDENCE = 7
