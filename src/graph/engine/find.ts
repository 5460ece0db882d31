import type { KeyValue } from '../odata/path/resolved-path.js'
import type { GraphModel } from './graph-model.js'
import { isDerived, linked } from './linked.js'
import type { Collection, Held, LinkedCollection } from './place.js'
import type { Entity, EntityRef } from '../../tenants/entities/entity.js'
import type { Entities } from '../../tenants/entities/entities.js'

/**
 * Properties that also tell an entity where its key stands as a segment.
 * Documented: https://learn.microsoft.com/graph/api/user-get ("{id | userPrincipalName}").
 * Captured: azure-cli's recordings (`federatedIdentityCredentials/Testing`).
 */
const OTHER_KEYS: ReadonlyMap<string, string> = new Map([
  ['microsoft.graph.user', 'userPrincipalName'],
  ['microsoft.graph.federatedIdentityCredential', 'name']
])

/** GUIDs are told apart without regard to case (assumed; Graph writes them in lower case). */
const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

/** The text that an entity is kept by: of one value that value, of several all with their names. */
export function keyOf(values: readonly KeyValue[]): string {
  const [only] = values
  if (only && values.length === 1) return only.value
  return values.map(({ name, value }) => `${name}='${value.replaceAll("'", "''")}'`).join(',')
}

/** The entity of a collection that a key tells; that it is of the type that the collection was cast to is for the caller. */
export function findByKey(
  within: Collection,
  values: readonly KeyValue[],
  alternate: boolean,
  { model, entities }: { readonly model: GraphModel; readonly entities: Entities }
): Held | undefined {
  const other = values.length === 1 && !alternate ? OTHER_KEYS.get(within.type.name) : undefined
  const tellers = other === undefined ? [values] : [values, [{ name: other, value: (values[0] as KeyValue).value }]]
  const collections = within.kind === 'owned' ? within.collections : model.setsOf(within.type)
  for (const [at, teller] of tellers.entries()) {
    for (const collection of collections) {
      const found = findIn(collection, teller, alternate || at > 0, entities)
      if (found && (within.kind === 'owned' || isLinked(within, found.ref, entities))) return found
    }
  }
  return within.kind === 'linked' ? findAmongLinks(within, keyOf(values), entities) : undefined
}

function findIn(
  collection: string,
  values: readonly KeyValue[],
  byProperty: boolean,
  entities: Entities
): Held | undefined {
  if (byProperty) {
    const [{ name, value }] = values as readonly [KeyValue]
    return held(collection, entities.findBy(collection, name, value))
  }
  const key = keyOf(values)
  const found = held(collection, entities.get({ collection, key }))
  return found ?? (GUID.test(key) ? held(collection, entities.get({ collection, key: key.toLowerCase() })) : undefined)
}

function held(collection: string, entity: Entity | undefined): Held | undefined {
  return entity && { ref: { collection, key: entity.key }, entity }
}

function isLinked({ owner: { ref: from }, navigation }: LinkedCollection, to: EntityRef, entities: Entities): boolean {
  if (!isDerived(navigation)) return entities.hasLink(from, navigation.name, to)
  for (const one of linked(entities, from, navigation))
    if (one.collection === to.collection && one.key === to.key) return true
  return false
}

/** What is linked may live in no entity set: then its key alone tells it. */
function findAmongLinks(
  { owner: { ref: from }, navigation }: LinkedCollection,
  key: string,
  entities: Entities
): Held | undefined {
  for (const ref of linked(entities, from, navigation)) {
    if (ref.key === key) return held(ref.collection, entities.get(ref))
  }
  return undefined
}
