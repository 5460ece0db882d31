import sorted from 'sorted-btree'

/**
 * A map in the order of its keys. `clone()` takes the same short time whatever its size: both share their nodes until one
 * writes. The map of a published `Entities` is only ever read.
 */
export const SortedMap = sorted.default
export type SortedMap<K, V> = sorted.default<K, V>

/** The order of UTF-16 code units, in which texts with one beginning stand together. */
export function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
