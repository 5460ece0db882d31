import type { Identity } from './rows.js'
import { compareText, SortedMap } from './sorted-map.js'

/** What the three maps take for a link without its name; `bench/entities.ts` tells it. */
const LINK_BYTES = 224
const CHARACTER = 2

interface LinkKey {
  /** Positions of its ends. */
  readonly source: number
  readonly target: number
  readonly name: string
  /** Version with which it was made, hence in the order of linking. */
  readonly position: number
}

export interface Link extends LinkKey {
  readonly from: Identity
  readonly to: Identity
}

/** Links between entities by the name of a navigation property, found from both ends in the order of linking. */
export class Links {
  static readonly none = new Links()

  #outgoing = new SortedMap<LinkKey, Link>(
    undefined,
    (a, b) => a.source - b.source || compareText(a.name, b.name) || a.position - b.position
  )
  #incoming = new SortedMap<LinkKey, Link>(
    undefined,
    (a, b) => a.target - b.target || compareText(a.name, b.name) || a.position - b.position
  )
  #byEnds = new SortedMap<LinkKey, Link>(
    undefined,
    (a, b) => a.source - b.source || compareText(a.name, b.name) || a.target - b.target
  )
  #bytes = 0

  clone(): Links {
    const clone = new Links()
    clone.#outgoing = this.#outgoing.clone()
    clone.#incoming = this.#incoming.clone()
    clone.#byEnds = this.#byEnds.clone()
    clone.#bytes = this.#bytes
    return clone
  }

  get bytes(): number {
    return this.#bytes
  }

  get(from: Identity, name: string, to: Identity): Link | undefined {
    return this.#byEnds.get({ source: from.position, name, target: to.position, position: 0 })
  }

  /** @param position only those made later */
  *from({ position: source }: Identity, name: string, position = 0): Generator<Link, void> {
    for (const link of this.#outgoing.values({ source, name, target: 0, position: position + 1 })) {
      if (link.source !== source || link.name !== name) return
      yield link
    }
  }

  /** @param position only those made later */
  *to({ position: target }: Identity, name: string, position = 0): Generator<Link, void> {
    for (const link of this.#incoming.values({ source: 0, name, target, position: position + 1 })) {
      if (link.target !== target || link.name !== name) return
      yield link
    }
  }

  /** Those of all names. */
  *allFrom({ position: source }: Identity): Generator<Link, void> {
    for (const link of this.#outgoing.values({ source, name: '', target: 0, position: 0 })) {
      if (link.source !== source) return
      yield link
    }
  }

  /** Those of all names. */
  *allTo({ position: target }: Identity): Generator<Link, void> {
    for (const link of this.#incoming.values({ source: 0, name: '', target, position: 0 })) {
      if (link.target !== target) return
      yield link
    }
  }

  all(): Iterable<Link> {
    return this.#outgoing.values()
  }

  /** @param position later than that of all others; the two must not be linked so yet */
  add(from: Identity, name: string, to: Identity, position: number): void {
    const link: Link = { source: from.position, target: to.position, name, position, from, to }
    this.#outgoing.set(link, link)
    this.#incoming.set(link, link)
    this.#byEnds.set(link, link)
    this.#bytes += bytesOf(link)
  }

  remove(link: Link): void {
    this.#outgoing.delete(link)
    this.#incoming.delete(link)
    this.#byEnds.delete(link)
    this.#bytes -= bytesOf(link)
  }
}

function bytesOf({ name }: Link): number {
  return LINK_BYTES + CHARACTER * name.length
}
