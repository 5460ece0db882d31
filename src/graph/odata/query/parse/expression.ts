/** The types of literals as a URL spells them, by OData's names; a qualified enumeration literal is an {@link EnumLiteral}. */
export type LiteralType =
  | 'null'
  | 'Edm.Boolean'
  | 'Edm.String'
  | 'Edm.Int32'
  | 'Edm.Int64'
  | 'Edm.Single'
  | 'Edm.Double'
  | 'Edm.Decimal'
  | 'Edm.Guid'
  | 'Edm.Date'
  | 'Edm.DateTimeOffset'
  | 'Edm.TimeOfDay'
  | 'Edm.Duration'
  | 'Edm.Binary'

/** All nodes say where they begin in the text of their option, counted in UTF-16 units from 0. */
interface Node {
  readonly position: number
}

/** `value` is the text without quotes, prefix and doubled quotes; `true`, `false` and `null` are in lower case. */
export interface Literal extends Node {
  readonly kind: 'literal'
  readonly type: LiteralType
  readonly value: string
}

/** `microsoft.graph.managementAgentType'mdm'`; flags stand comma-separated in `value`. */
export interface EnumLiteral extends Node {
  readonly kind: 'enum'
  readonly type: string
  readonly value: string
}

/** `@name`, whose value another part of the query gives. */
export interface Alias extends Node {
  readonly kind: 'alias'
  readonly name: string
}

export interface PathSegment extends Node {
  readonly kind: 'property' | 'cast'
  /** As sent; a cast is a qualified name. */
  readonly name: string
}

/** `a/b/c`, also behind `$it` or the variable of a lambda; without segments it is that thing itself. */
export interface Path extends Node {
  readonly kind: 'path'
  /** `$it` or a variable; `undefined` where the path begins with a property or cast of the entity. */
  readonly root: string | undefined
  readonly segments: readonly PathSegment[]
}

/** `assignedLicenses/$count`. */
export interface Count extends Node {
  readonly kind: 'count'
  readonly source: Path
}

/** `groupTypes/any(c:c eq 'Unified')`; `any()` has neither variable nor predicate. */
export interface Lambda extends Node {
  readonly kind: 'any' | 'all'
  readonly source: Path
  readonly variable: string | undefined
  readonly predicate: Expression | undefined
}

/** A function; the name is in lower case. */
export interface Call extends Node {
  readonly kind: 'call'
  readonly name: string
  readonly arguments: readonly Expression[]
}

/** `isof(type)`, `isof(operand,type)`, `cast(type)`, `cast(operand,type)`. */
export interface TypeCall extends Node {
  readonly kind: 'isof' | 'cast'
  readonly operand: Expression | undefined
  readonly type: string
}

/** `not x` and `-x`. */
export interface Unary extends Node {
  readonly kind: 'not' | 'negate'
  readonly operand: Expression
}

/** As many operands as stand in a row: `a or b or c` has three, so that a long list is no deep tree. */
export interface Logical extends Node {
  readonly kind: 'and' | 'or'
  readonly operands: readonly Expression[]
}

export type BinaryOperator =
  'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'has' | 'add' | 'sub' | 'mul' | 'div' | 'divby' | 'mod'

export interface Binary extends Node {
  readonly kind: 'binary'
  readonly operator: BinaryOperator
  readonly left: Expression
  readonly right: Expression
}

/** `x in ('a','b')`, with the list as it stands or an expression that leads to a collection. */
export interface In extends Node {
  readonly kind: 'in'
  readonly operand: Expression
  readonly list: readonly Expression[] | Expression
}

/** What `$filter` and `$orderby` hold. */
export type Expression =
  Literal | EnumLiteral | Alias | Path | Count | Lambda | Call | TypeCall | Unary | Logical | Binary | In
