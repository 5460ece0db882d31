import type { Entity, EntityRef } from './entity.js'
import { linkBetween, refOf, type Parts } from './parts.js'
import { contained, type RemovedEntity, type RemovedLink } from './removals.js'

/** What happened in a collection since a version. What came and went again in between is left out. */
export interface Changes {
  /** Entities that were created or replaced, or from which links were made or removed, the last changed last. */
  readonly changed: Iterable<Entity>
  /** Those that are gone, in the order in which they went. One that was created anew has changed instead. */
  readonly deleted: readonly DeletedEntity[]
  /** Where links go that were made from an entity of the collection, in the order of linking. */
  linked(key: string, name: string): Iterable<EntityRef>
  /** Where links went that are gone, in the order in which they went. */
  unlinked(key: string, name: string): Iterable<EntityRef>
}

export interface DeletedEntity {
  readonly key: string
  /** Version with which it went. */
  readonly version: number
}

/** Nothing where it is not known any more: the caller has to read the collection anew. */
export function changesSince(parts: Parts, collection: string, since: number): Changes | undefined {
  const { version, rows, links, removals } = parts
  if (since > version || since < removals.knownSince) return undefined
  const deleted: DeletedEntity[] = []
  const unlinked = new Map<string, RemovedLink[]>()
  for (const removal of removals.after(since)) {
    if ('entity' in removal) {
      if (contained(removal, collection)) return undefined
      if (isGone(removal)) deleted.push({ key: removal.entity.key, version: removal.version })
    } else if (removal.from.collection === collection && removal.position <= since && !isLinked(removal)) {
      const { key } = removal.from
      const others = unlinked.get(key)
      if (others) others.push(removal)
      else unlinked.set(key, [removal])
    }
  }

  function isGone({ entity, position }: RemovedEntity): boolean {
    return entity.collection === collection && position <= since && rows.get(entity) === undefined
  }

  function isLinked({ from, name, to }: RemovedLink): boolean {
    return linkBetween(parts, from, name, to) !== undefined
  }

  return {
    changed: {
      *[Symbol.iterator]() {
        for (const { entity } of rows.changedSince(collection, since)) yield entity
      }
    },
    deleted,
    *linked(key, name) {
      const row = rows.get({ collection, key })
      if (row === undefined) return
      for (const { to } of links.from(row.identity, name, since)) yield refOf(to)
    },
    unlinked: (key, name) => (unlinked.get(key) ?? []).filter((link) => link.name === name).map(({ to }) => to)
  }
}
