import type { NavigationProperty, Verb, Verbs } from '../model/members.js'
import type { PathArgument } from '../odata/path/path-arguments.js'
import type { OperationInfo, PathProperty } from '../odata/path/path-model.js'
import type { KeyValue } from '../odata/path/resolved-path.js'
import type { GraphType } from './graph-type.js'
import type { Entity, EntityRef } from '../../tenants/entities/entity.js'

/** An entity and where it is kept. */
export interface Held {
  readonly ref: EntityRef
  readonly entity: Entity
}

/** An entity set, or a collection that an entity contains. */
export interface OwnedCollection {
  readonly kind: 'owned'
  /** Several where the set of a base type shows those of derived types as well, as `directoryObjects` does. */
  readonly collections: readonly string[]
  /** As declared, or as cast. */
  readonly type: GraphType
  readonly isCast: boolean
  readonly verbs: Verbs
}

/** A collection of entities that live elsewhere. */
export interface LinkedCollection {
  readonly kind: 'linked'
  readonly owner: Held
  readonly navigation: NavigationProperty
  readonly type: GraphType
  readonly isCast: boolean
  readonly verbs: Verbs
}

export type Collection = OwnedCollection | LinkedCollection

/** How a single entity was reached. */
export type Way =
  /** A singleton with which paths begin. */
  | { readonly kind: 'root' }
  /** The only entity that another contains by a navigation property. */
  | { readonly kind: 'contained' }
  | {
      readonly kind: 'key'
      readonly within: Collection
      readonly values: readonly KeyValue[]
      readonly alternate: boolean
    }
  | { readonly kind: 'link'; readonly owner: Held; readonly navigation: NavigationProperty }
  /** What a function gave. */
  | { readonly kind: 'result' }

export interface One {
  readonly kind: 'one'
  /** `undefined` where there is none. */
  readonly held: Held | undefined
  readonly type: GraphType
  readonly verbs: readonly Verb[]
  readonly way: Way
  /** What a 404 names. */
  readonly sought: string
}

/** A structural property. */
export interface ValuePlace {
  readonly kind: 'value'
  readonly property: StructuralProperty
  readonly value: unknown
  readonly owner: Held
  /** As which the owner is shown. */
  readonly ownerType: GraphType
  /** From the entity on. */
  readonly path: readonly StructuralProperty[]
}

export type StructuralProperty = PathProperty & { readonly kind: Exclude<PathProperty['kind'], 'navigation'> }

export interface OperationPlace {
  readonly kind: 'operation'
  readonly operation: OperationInfo
  readonly arguments: ReadonlyMap<string, PathArgument>
  readonly binding: Place
}

export type Place = Collection | One | ValuePlace | OperationPlace
