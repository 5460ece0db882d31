import type { EntityRef } from './entity.js'
import type { Link, Links } from './links.js'
import type { PropertyIndex } from './property-index.js'
import type { Removals } from './removals.js'
import type { Rows } from './rows.js'

/** What an `Entities` is made of. Published parts are only read. */
export interface Parts {
  /** The last one that was given away. */
  readonly version: number
  readonly rows: Rows
  readonly links: Links
  readonly index: PropertyIndex
  readonly removals: Removals
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
