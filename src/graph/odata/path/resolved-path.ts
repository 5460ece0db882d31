import type { PathArgument } from './path-arguments.js'
import type { OperationInfo, PathProperty, PathType, RootInfo } from './path-model.js'

/** A value of a key: the name that the model has for the property, and the text. */
export interface KeyValue {
  readonly name: string
  readonly value: string
}

export type ResolvedSegment =
  | { readonly kind: 'root'; readonly root: RootInfo }
  /** `alternate`: by other properties than the declared key. */
  | { readonly kind: 'key'; readonly values: readonly KeyValue[]; readonly alternate: boolean }
  | { readonly kind: 'navigation' | 'property'; readonly property: PathProperty }
  | { readonly kind: 'cast'; readonly type: PathType }
  /** The arguments by the names that the model has for the parameters. */
  | {
      readonly kind: 'operation'
      readonly operation: OperationInfo
      readonly arguments: ReadonlyMap<string, PathArgument>
    }
  | { readonly kind: 'count' | 'ref' | 'value' }

/** What a path leads to. */
export interface PathTarget {
  /** Qualified; of one item where it is a collection. `undefined` for an operation that gives nothing. */
  readonly typeName: string | undefined
  /** The entity or complex type; `undefined` for primitive values and enumerations. */
  readonly type: PathType | undefined
  readonly collection: boolean
}

export interface ResolvedPath {
  readonly segments: readonly ResolvedSegment[]
  /** Before `$count`, `$ref` or `$value`, which the last segment tells. */
  readonly target: PathTarget
}
