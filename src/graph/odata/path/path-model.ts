import type { PropertyInfo, TypeInfo } from '../query/type-model.js'

/** What paths have to know of Graph. Names are matched in any case (captured: azure-cli's `/serviceprincipals`). */
export interface PathModel {
  /** What a path begins with: an entity set or a singleton. */
  root(name: string): RootInfo | undefined
  /** The names of all roots, for hints. */
  roots(): Iterable<string>
  /** An entity or complex type by its qualified name, also with the alias `graph.`. */
  type(name: string): PathType | undefined
  /** The actions and functions of a name, qualified or not, that are bound to the type or a base of it. */
  operations(name: string, bound: PathType, collection: boolean): readonly OperationInfo[]
  /** The entity set of a type, or that of its nearest base that has one, for context URLs. */
  entitySet(type: string): string | undefined
}

export interface RootInfo {
  readonly name: string
  readonly type: string
  /** An entity set, not a singleton. */
  readonly collection: boolean
}

export interface PathType extends TypeInfo {
  /** The names of its key; none for a complex type. */
  readonly keys: readonly string[]
  readonly alternateKeys: readonly (readonly string[])[]
  property(name: string): PathProperty | undefined
  /** The names of properties and of the operations bound to it, for hints. */
  members(): Iterable<string>
}

export interface PathProperty extends PropertyInfo {
  /** Of a navigation property: whether what it leads to lives below this entity. */
  readonly contained: boolean
}

export interface OperationInfo {
  /** Unqualified. */
  readonly name: string
  readonly kind: 'action' | 'function'
  /** Without the binding parameter. */
  readonly parameters: readonly ParameterInfo[]
  /** `undefined` where it gives nothing. */
  readonly returns: { readonly type: string; readonly collection: boolean } | undefined
  /** Whether a path may go on behind it. */
  readonly composable: boolean
}

export interface ParameterInfo {
  readonly name: string
  readonly type: string
  readonly collection: boolean
  readonly nullable: boolean
}
