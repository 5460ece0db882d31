import { changesSince, type Changes } from './changes.js'
import { EntitiesDraft } from './entities-draft.js'
import { writeDocument, type EntitiesDocument } from './entities-document.js'
import type { Entity, EntityRef } from './entity.js'
import { emptyParts, linkBetween, refOf, type EntitiesOptions, type Parts } from './parts.js'
import { comparable, type Scalar } from './property-index.js'
import { readDocument } from './read-document.js'

/** What a singleton holds. */
export type Value = Pick<Entity, 'type' | 'properties'>

/**
 * The entities of a tenant, and the links between them. A value that never changes: each write gives a new one, which
 * shares with the old one all that is the same. So to keep a reference is to keep a snapshot.
 *
 * Reads and writes take time in proportion to the logarithm of the number of entities, and to what they give or remove.
 */
export class Entities {
  static readonly none = Entities.empty({})

  readonly #parts: Parts

  private constructor(parts: Parts) {
    this.#parts = parts
  }

  /** None yet, and all that come after remember these options. */
  static empty(options: EntitiesOptions): Entities {
    return new Entities(emptyParts(options))
  }

  /**
   * What `toDocument` gave, or the like. The properties of the entities become those of the document.
   *
   * @throws InvalidDocument
   */
  static from(document: unknown, options: EntitiesOptions = {}): Entities {
    return new Entities(readDocument(document, emptyParts(options)))
  }

  /** Goes up with every write that changes something. */
  get version(): number {
    return this.#parts.version
  }

  /** What it holds in memory, about, rather more than less. */
  get bytes(): number {
    const { rows, links, index, removals } = this.#parts
    return rows.bytes + links.bytes + index.bytes + removals.bytes
  }

  get isEmpty(): boolean {
    return this.#parts.rows.size === 0
  }

  get(ref: EntityRef): Entity | undefined {
    return this.#parts.rows.get(ref)?.entity
  }

  /** With which an entity, or a link from it, was last changed. */
  versionOf(ref: EntityRef): number | undefined {
    return this.#parts.rows.get(ref)?.version
  }

  count(collection: string): number {
    return this.#parts.rows.count(collection)
  }

  /** In the order of creation. */
  *list(collection: string): Generator<Entity, void> {
    for (const { entity } of this.#parts.rows.after(collection, 0)) yield entity
  }

  /**
   * The entities behind a position, in the order of creation, each with its own. Positions stay the same whatever is
   * written, so that what goes on from the last one read misses nothing and gives nothing twice.
   *
   * @param position 0 for the first
   */
  *after(collection: string, position: number): Generator<readonly [position: number, Entity], void> {
    for (const { identity, entity } of this.#parts.rows.after(collection, position)) yield [identity.position, entity]
  }

  /** The one created first of those with a value in a property of their own. Strings are compared ignoring case. */
  findBy(collection: string, property: string, value: Scalar): Entity | undefined {
    const { index, rows } = this.#parts
    const number = index.numberOf(collection, property)
    if (number !== undefined) {
      const identity = index.find(number, value)
      return identity && rows.at(identity)?.entity
    }
    const wanted = comparable(value)
    for (const { entity } of rows.after(collection, 0)) {
      if (comparable(entity.properties[property]) === wanted) return entity
    }
    return undefined
  }

  /**
   * Creates an entity, or replaces the one with its key, which keeps its place and its links.
   *
   * @throws MissingEntity where the collection is contained in an entity that there is not
   */
  put(collection: string, entity: Entity): Entities {
    return this.putAll(collection, [entity])
  }

  /** As `put` of one after the other, but faster. @throws MissingEntity, and none is put */
  putAll(collection: string, entities: Iterable<Entity>): Entities {
    return this.#write((draft) => {
      for (const entity of entities) draft.put(collection, entity)
    })
  }

  /** With all that it contains, and with the links from and to any of it. */
  delete(ref: EntityRef): Entities {
    return this.#write((draft) => {
      draft.delete(ref)
    })
  }

  /** What a singleton holds; its path is as that of a collection. */
  value(path: string): Value | undefined {
    const entity = this.get({ collection: path, key: '' })
    return entity && { type: entity.type, properties: entity.properties }
  }

  /** @throws MissingEntity where the path is contained in an entity that there is not */
  setValue(path: string, { type, properties }: Value): Entities {
    return this.put(path, { key: '', type, properties })
  }

  /**
   * Linked twice is as once.
   *
   * @param single in place of the one link of that name
   * @throws MissingEntity where there is not the one or the other
   */
  link(from: EntityRef, name: string, to: EntityRef, single = false): Entities {
    return this.#write((draft) => {
      draft.link(from, name, to, single)
    })
  }

  /** @param to all of that name where it is left out */
  unlink(from: EntityRef, name: string, to?: EntityRef): Entities {
    return this.#write((draft) => {
      draft.unlink(from, name, to)
    })
  }

  hasLink(from: EntityRef, name: string, to: EntityRef): boolean {
    return linkBetween(this.#parts, from, name, to) !== undefined
  }

  /** What an entity is linked to, in the order of linking. */
  *targets(from: EntityRef, name: string): Generator<EntityRef, void> {
    for (const [, to] of this.targetsAfter(from, name, 0)) yield to
  }

  /** What is linked to an entity, in the order of linking. */
  *sources(to: EntityRef, name: string): Generator<EntityRef, void> {
    for (const [, from] of this.sourcesAfter(to, name, 0)) yield from
  }

  /** As `after` of a collection. */
  *targetsAfter(from: EntityRef, name: string, position: number): Generator<readonly [number, EntityRef], void> {
    const { rows, links } = this.#parts
    const source = rows.get(from)?.identity
    if (source === undefined) return
    for (const link of links.from(source, name, position)) yield [link.position, refOf(link.to)]
  }

  /** As `after` of a collection. */
  *sourcesAfter(to: EntityRef, name: string, position: number): Generator<readonly [number, EntityRef], void> {
    const { rows, links } = this.#parts
    const target = rows.get(to)?.identity
    if (target === undefined) return
    for (const link of links.to(target, name, position)) yield [link.position, refOf(link.from)]
  }

  /**
   * What happened in a collection since a version; nothing where that is not known any more, because deletions were
   * forgotten or the entity that contained the collection was deleted.
   */
  changesSince(collection: string, version: number): Changes | undefined {
    return changesSince(this.#parts, collection, version)
  }

  /** All of it, as JSON. Shares the properties of the entities. */
  toDocument(): EntitiesDocument {
    return writeDocument(this.#parts)
  }

  /**
   * The same in the place of other entities, such as a snapshot that is restored: the version goes on from theirs, and
   * what changed since a version before is not known.
   */
  inPlaceOf({ version: other }: Entities): Entities {
    const version = Math.max(this.version, other) + 1
    const removals = this.#parts.removals.clone()
    removals.forget(version)
    return new Entities({ ...this.#parts, version, removals })
  }

  #write(change: (draft: EntitiesDraft) => void): Entities {
    const draft = new EntitiesDraft(this.#parts)
    change(draft)
    const parts = draft.parts()
    return parts === this.#parts ? this : new Entities(parts)
  }
}
