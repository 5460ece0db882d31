import type { Identity, Row } from './rows.js'
import { compareText, SortedMap } from './sorted-map.js'

const ENTRY_BYTES = 96
const CHARACTER = 2

/** What a property of an alternate key can be. */
export type Scalar = string | number | boolean

interface EntryKey {
  /** Number of the collection and property. */
  readonly index: number
  readonly text: string
  readonly position: number
}

type Definitions = ReadonlyMap<string, ReadonlyMap<string, number>>

/** Finds entities by properties other than their key. */
export class PropertyIndex {
  /** Numbers of the properties that are indexed, by path of the collection. */
  readonly #definitions: Definitions
  #entries = new SortedMap<EntryKey, Identity>(
    undefined,
    (a, b) => a.index - b.index || compareText(a.text, b.text) || a.position - b.position
  )
  #bytes = 0

  private constructor(definitions: Definitions) {
    this.#definitions = definitions
  }

  static of(properties: Iterable<readonly [collection: string, property: string]>): PropertyIndex {
    const definitions = new Map<string, Map<string, number>>()
    let number = 0
    for (const [collection, property] of properties) {
      const numbers = definitions.get(collection) ?? new Map<string, number>()
      definitions.set(collection, numbers.set(property, ++number))
    }
    return new PropertyIndex(definitions)
  }

  clone(): PropertyIndex {
    const clone = new PropertyIndex(this.#definitions)
    clone.#entries = this.#entries.clone()
    clone.#bytes = this.#bytes
    return clone
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Whether any property of a collection is indexed. */
  covers(collection: string): boolean {
    return this.#definitions.has(collection)
  }

  /** The number of a property that is indexed. */
  numberOf(collection: string, property: string): number | undefined {
    return this.#definitions.get(collection)?.get(property)
  }

  /** The one created first of those that have the value. */
  find(index: number, value: Scalar): Identity | undefined {
    const text = comparable(value)
    const found = this.#entries.getPairOrNextHigher({ index, text, position: 0 })
    return found?.[0].index === index && found[0].text === text ? found[1] : undefined
  }

  /** An entity of a collection is no more as it was before, or was not there; it is now as it is after, or gone. */
  replace(before: Row | undefined, after: Row | undefined): void {
    const { identity } = (before ?? after) as Row
    for (const [property, index] of this.#definitions.get(identity.collection) ?? []) {
      const [old, text] = [textOf(before, property), textOf(after, property)]
      if (old === text) continue
      const { position } = identity
      if (old !== undefined) {
        this.#entries.delete({ index, text: old, position })
        this.#bytes -= ENTRY_BYTES + CHARACTER * old.length
      }
      if (text !== undefined) {
        this.#entries.set({ index, text, position }, identity)
        this.#bytes += ENTRY_BYTES + CHARACTER * text.length
      }
    }
  }
}

function textOf(row: Row | undefined, property: string): string | undefined {
  return row && comparable(row.entity.properties[property])
}

/**
 * One text for all values that are the same, of strings for all that differ in case only. None for what is no scalar, as
 * is all that an object inherits.
 */
export function comparable(value: Scalar): string
export function comparable(value: unknown): string | undefined
export function comparable(value: unknown): string | undefined {
  if (typeof value === 'string') return `'${value.toLowerCase()}`
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}
