import type { Property, NavigationProperty } from '../model/members.js'
import type { StructuredType } from '../model/structured-type.js'
import type { PathProperty, PathType } from '../odata/path/path-model.js'

/** What a type has to ask the model. */
export interface TypeLookups {
  /** Names of the operations bound to a type, for hints. */
  operationNames(type: StructuredType): Iterable<string>
  /** The types of the entities that a place of the type may hold. */
  heldTypes(type: GraphType): Iterable<StructuredType>
}

/** A type of the model, as paths and queries look at it. */
export class GraphType implements PathType {
  readonly name: string
  readonly structured: StructuredType
  #alternateKeys: readonly (readonly string[])[] | undefined
  readonly #properties = new Map<string, PathProperty>()
  readonly #lookups: TypeLookups

  constructor(structured: StructuredType, lookups: TypeLookups) {
    this.name = structured.name
    this.structured = structured
    this.#lookups = lookups
  }

  get keys(): readonly string[] {
    return this.structured.key
  }

  get alternateKeys(): readonly (readonly string[])[] {
    return (this.#alternateKeys ??= this.structured.alternateKeys.map((name) => [name]))
  }

  property(name: string): PathProperty | undefined {
    const known = this.#properties.get(name)
    if (known) return known
    const member = this.structured.member(name) ?? this.#memberOfHeld(name)
    if (!member) return takesDynamic(this.structured, name) ? untyped(name) : undefined
    // By the spelling of the model, so that what is kept is bounded by it.
    const property = this.#properties.get(member.name) ?? pathProperty(member)
    this.#properties.set(member.name, property)
    return property
  }

  /**
   * A directory object is asked for what users, groups and others have (documented:
   * https://learn.microsoft.com/graph/api/group-list-members, with `$select=displayName,id`). Other types are not.
   */
  #memberOfHeld(name: string): Property | NavigationProperty | undefined {
    if (this.name !== DIRECTORY_OBJECT) return undefined
    for (const type of this.#lookups.heldTypes(this)) {
      const member = type.member(name)
      if (member) return member
    }
    return undefined
  }

  *navigations(): IterableIterator<PathProperty> {
    for (const name of this.structured.navigation.keys()) yield this.property(name) as PathProperty
  }

  *members(): IterableIterator<string> {
    yield* this.structured.properties.keys()
    yield* this.structured.navigation.keys()
    yield* this.#lookups.operationNames(this.structured)
  }

  isDerivedFrom(name: string): boolean {
    return this.structured.is(name)
  }
}

const DIRECTORY_OBJECT = 'microsoft.graph.directoryObject'
/** Names of directory extensions and schema extensions (documented: concepts/extensibility-overview). */
const EXTENSION = /^(?:extension_[\da-f]{32}_|ext[\da-z]{8}_)\w{1,256}$/i

/** Entity types that are open for their purpose (documented: the pages of openTypeExtension and fieldValueSet). */
const OPEN = ['microsoft.graph.extension', 'microsoft.graph.fieldValueSet'] as const

/**
 * Whether a type takes a property that it does not declare. Most entity types that are open in Microsoft's metadata
 * refuse all names but those of extensions all the same (captured for groups, pnp/PnP-Sites-Core#1807, and for messages;
 * assumed for others).
 */
export function takesDynamic(type: StructuredType, name: string): boolean {
  return type.open && (type.kind === 'complex' || OPEN.some((one) => type.is(one)) || EXTENSION.test(name))
}

function untyped(name: string): PathProperty {
  return { name, kind: 'primitive', type: 'Edm.Untyped', collection: false, nullable: true, contained: false }
}

function pathProperty(member: Property | NavigationProperty): PathProperty {
  const { name, type, collection, nullable } = member
  const shape = { name, type, collection, nullable }
  if (!('kind' in member)) return { ...shape, kind: 'navigation', contained: member.contained }
  return { ...shape, kind: member.kind, contained: false }
}
