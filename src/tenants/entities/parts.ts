import type { EntityRef } from './entity.js'
import { Links, type Link } from './links.js'
import { PropertyIndex } from './property-index.js'
import { Removals } from './removals.js'
import { Rows } from './rows.js'

/** Of deletions that are remembered. */
const REMOVAL_BYTES = 4 * 1024 * 1024

export interface EntitiesOptions {
  /** Paths of collections and properties that `findBy` is to find without looking at all entities. */
  readonly indexes?: Iterable<readonly [collection: string, property: string]>
  /** Bytes of deletions that are remembered; 4 MiB unless told. */
  readonly removalBytes?: number
}

/** What an `Entities` is made of. Published parts are only read. */
export interface Parts {
  /** The last one that was given away. */
  readonly version: number
  readonly rows: Rows
  readonly links: Links
  readonly index: PropertyIndex
  readonly removals: Removals
}

export function emptyParts({ indexes = [], removalBytes = REMOVAL_BYTES }: EntitiesOptions): Parts {
  return {
    version: 0,
    rows: Rows.none,
    links: Links.none,
    index: PropertyIndex.of(indexes),
    removals: new Removals(removalBytes)
  }
}

export function linkBetween({ rows, links }: Parts, from: EntityRef, name: string, to: EntityRef): Link | undefined {
  const source = rows.get(from)
  const target = source && rows.get(to)
  return target && links.get(source.identity, name, target.identity)
}

/** As it was asked for: no more than the two. */
export function refOf({ collection, key }: EntityRef): EntityRef {
  return { collection, key }
}
