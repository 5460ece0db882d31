import type { Expression } from './expression.js'

/** `id`, `address/city`, `microsoft.graph.user/mail` or `*`. */
export interface SelectItem {
  readonly position: number
  readonly segments: readonly string[]
}

export type Select = readonly SelectItem[]

export interface OrderByItem {
  readonly expression: Expression
  readonly descending: boolean
}

export type OrderBy = readonly OrderByItem[]

/** What may stand in the parentheses behind an item of `$expand`. */
export interface ExpandOptions {
  readonly select?: Select
  readonly expand?: Expand
  readonly filter?: Expression
  readonly orderby?: OrderBy
  readonly search?: Search
  readonly top?: number
  readonly skip?: number
  readonly count?: boolean
  readonly levels?: number | 'max'
}

export interface ExpandItem {
  readonly position: number
  /** The path to the navigation property, casts and complex properties included; `['*']` for all of them. */
  readonly segments: readonly string[]
  /** Entities, references to them (`members/$ref`), or their number (`members/$count`). */
  readonly form: 'entities' | 'references' | 'count'
  readonly options: ExpandOptions
}

export type Expand = readonly ExpandItem[]

/** A word, or a text between double quotes without them and its escapes. */
export interface SearchTerm {
  readonly kind: 'term'
  readonly position: number
  readonly text: string
  readonly quoted: boolean
}

export interface SearchNot {
  readonly kind: 'not'
  readonly position: number
  readonly operand: Search
}

export interface SearchLogical {
  readonly kind: 'and' | 'or'
  readonly position: number
  readonly operands: readonly Search[]
}

/** What `$search` holds. */
export type Search = SearchTerm | SearchNot | SearchLogical
