import type { ExpandItem, Search } from '../parse/clauses.js'
import type { PropertyInfo, TypeInfo } from '../type-model.js'
import type { Bound } from './bound.js'
import type { Selection } from './selection.js'

export interface BoundOrder {
  readonly by: Bound
  readonly descending: boolean
}

/** A query held against the type of what it asks for. */
export interface BoundQuery {
  /** `undefined` where all properties are wanted. */
  readonly select: Selection | undefined
  readonly expand: readonly BoundExpand[]
  readonly filter: Bound | undefined
  readonly orderby: readonly BoundOrder[]
  readonly search: Search | undefined
}

/** One navigation property to expand. */
export interface BoundExpand {
  /** The complex properties that lead to it, by the names of the model. */
  readonly path: readonly string[]
  readonly navigation: PropertyInfo
  /** What the navigation leads to. */
  readonly target: TypeInfo
  readonly form: ExpandItem['form']
  readonly query: BoundQuery
  readonly top: number | undefined
  readonly skip: number | undefined
  readonly count: boolean
  /** 1 where it was not said. */
  readonly levels: number | 'max'
}
