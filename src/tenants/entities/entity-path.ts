import type { EntityRef } from './entity.js'

const KEY_BEGINS = "('"
const KEY_ENDS = "')/"

/**
 * Path of an entity: `users('a')`. A quote in the key is doubled, as in OData (OData URL Conventions 4.01, 5.1.1.6.1). A
 * singleton has the path of its collection.
 */
export function pathOf({ collection, key }: EntityRef): string {
  return key === '' ? collection : `${collection}${KEY_BEGINS}${key.replaceAll("'", "''")}')`
}

/**
 * Path of what an entity contains: `users('a')/messages`. Different entities and names have different paths, whatever
 * is in them, hence `(` and `%` in a name are percent-encoded.
 *
 * @param name of a navigation property, or of several with `/` between
 */
export function containedIn(ref: EntityRef, name: string): string {
  return `${pathOf(ref)}/${name.replaceAll('%', '%25').replaceAll('(', '%28')}`
}

/** The nearest entity with a key that contains a collection, and the name that it has there. */
export function parentOf(collection: string): { ref: EntityRef; name: string } | undefined {
  let key: { begins: number; ends: number } | undefined
  for (let at = 0; ;) {
    const begins = collection.indexOf(KEY_BEGINS, at)
    const ends = begins < 0 ? -1 : endOfKey(collection, begins + KEY_BEGINS.length)
    if (ends < 0) break
    if (collection.startsWith(KEY_ENDS, ends)) key = { begins, ends }
    at = ends + 1
  }
  if (key === undefined) return undefined
  const { begins, ends } = key
  return {
    ref: {
      collection: collection.slice(0, begins),
      key: collection.slice(begins + KEY_BEGINS.length, ends).replaceAll("''", "'")
    },
    name: collection
      .slice(ends + KEY_ENDS.length)
      .replaceAll('%28', '(')
      .replaceAll('%25', '%')
  }
}

/** The quote that ends a key; -1 where none does. */
function endOfKey(path: string, from: number): number {
  let at = path.indexOf("'", from)
  while (at >= 0 && path[at + 1] === "'") at = path.indexOf("'", at + 2)
  return at
}
