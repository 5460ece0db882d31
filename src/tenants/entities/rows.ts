import { jsonBytes } from '../../lib/json-bytes.js'
import type { Entity, EntityRef } from './entity.js'
import { compareText, SortedMap } from './sorted-map.js'

/** What the maps take for an entity and for a collection without their texts and properties; `bench/entities.ts` tells it. */
const ROW_BYTES = 256
const COLLECTION_BYTES = 192
const CHARACTER = 2

interface Collection {
  readonly id: number
  readonly path: string
  readonly count: number
}

/** A place in a collection, which is told by its id. */
interface Place {
  readonly home: number
  /** Version with which an entity was created, hence in the order of creation. */
  readonly position: number
}

/** What stays the same as long as an entity lives. */
export interface Identity extends Place, EntityRef {}

interface Stamp {
  readonly home: number
  /** Version with which the entity or a link from it was last changed. */
  readonly version: number
}

export interface Row extends Stamp {
  readonly identity: Identity
  readonly entity: Entity
  readonly bytes: number
}

/** The entities of all collections: found by key, listed in the order of creation and in that of the last change. */
export class Rows {
  static readonly none = new Rows()

  #collections = new SortedMap<string, Collection>(undefined, compareText)
  #byKey = new SortedMap<string, Row>(undefined, compareText)
  #byPosition = new SortedMap<Place, Row>(undefined, (a, b) => a.home - b.home || a.position - b.position)
  #byVersion = new SortedMap<Stamp, Row>(undefined, (a, b) => a.home - b.home || a.version - b.version)
  #bytes = 0

  clone(): Rows {
    const clone = new Rows()
    clone.#collections = this.#collections.clone()
    clone.#byKey = this.#byKey.clone()
    clone.#byPosition = this.#byPosition.clone()
    clone.#byVersion = this.#byVersion.clone()
    clone.#bytes = this.#bytes
    return clone
  }

  get bytes(): number {
    return this.#bytes
  }

  get size(): number {
    return this.#byKey.size
  }

  count(collection: string): number {
    return this.#collections.get(collection)?.count ?? 0
  }

  get({ collection, key }: EntityRef): Row | undefined {
    const home = this.#collections.get(collection)
    return home && this.#byKey.get(address(home.id, key))
  }

  /** The entity that an identity of this value, or of one before it, belongs to. */
  at(identity: Place): Row | undefined {
    return this.#byPosition.get(identity)
  }

  /** Those of a collection that stand after a position, in the order of creation. */
  *after(collection: string, position: number): Generator<Row, void> {
    const home = this.#collections.get(collection)?.id
    if (home === undefined) return
    for (const row of this.#byPosition.values({ home, position: position + 1 })) {
      if (row.home !== home) return
      yield row
    }
  }

  /** Those of a collection that were changed after a version, in the order of their last change. */
  *changedSince(collection: string, version: number): Generator<Row, void> {
    const home = this.#collections.get(collection)?.id
    if (home === undefined) return
    for (const row of this.#byVersion.values({ home, version: version + 1 })) {
      if (row.home !== home) return
      yield row
    }
  }

  /** Paths of the collections that hold something. */
  collections(): Iterable<string> {
    return this.#collections.keys()
  }

  /** Paths that begin so. */
  *collectionsBelow(prefix: string): Generator<string, void> {
    for (const path of this.#collections.keys(prefix)) {
      if (!path.startsWith(prefix)) return
      yield path
    }
  }

  /** @param position later than that of all others, and no version that was there before */
  add(collection: string, entity: Entity, position: number, version = position): Row {
    const { id, path, count } = this.#collections.get(collection) ?? { id: position, path: collection, count: 0 }
    this.#collections.set(path, { id, path, count: count + 1 })
    if (count === 0) this.#bytes += COLLECTION_BYTES + CHARACTER * path.length
    return this.#set({ collection: path, key: entity.key, home: id, position }, entity, version, bytesOf(entity))
  }

  replace(row: Row, entity: Entity, version: number): Row {
    this.#byVersion.delete(row)
    this.#bytes -= row.bytes
    return this.#set(row.identity, entity, version, entity === row.entity ? row.bytes : bytesOf(entity))
  }

  remove(row: Row): void {
    const { identity, bytes } = row
    const { collection: path, home: id } = identity
    const { count } = this.#collections.get(path) as Collection
    if (count > 1) this.#collections.set(path, { id, path, count: count - 1 })
    else {
      this.#collections.delete(path)
      this.#bytes -= COLLECTION_BYTES + CHARACTER * path.length
    }
    this.#byKey.delete(address(id, identity.key))
    this.#byPosition.delete(identity)
    this.#byVersion.delete(row)
    this.#bytes -= bytes
  }

  #set(identity: Identity, entity: Entity, version: number, bytes: number): Row {
    const { home, key } = identity
    const row: Row = { home, version, identity, entity, bytes }
    this.#byKey.set(address(home, key), row)
    this.#byPosition.set(identity, row)
    this.#byVersion.set(row, row)
    this.#bytes += bytes
    return row
  }
}

/** One text for a collection and a key, much shorter than the path. */
function address(home: number, key: string): string {
  return `${home}:${key}`
}

/** The key is held twice. */
function bytesOf({ key, type, properties }: Entity): number {
  return ROW_BYTES + CHARACTER * (2 * key.length + type.length) + jsonBytes(properties)
}
