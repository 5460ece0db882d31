import { Heaviest, type Weighed } from './heaviest.js'
import { Queue } from './queue.js'

/** An item of a ring. */
export interface RingItem {
  /** `undefined` without an owner. It must not change once the item is added. */
  readonly owner: string | undefined
  /** Number in the order of arrival. */
  readonly sequence: number
  /** Estimated bytes of memory. */
  bytes: number
  /** Not yet added, in the ring, dropped by its bounds, or cleared. */
  place: 'coming' | 'kept' | 'dropped' | 'cleared'
}

/** The items of one owner. */
interface Chain<Item extends RingItem> extends Weighed {
  readonly owner: string | undefined
  readonly items: Queue<Item>
  dropped: number
}

interface RingOptions {
  /** Items per owner. */
  readonly size: number
  /** Bytes of all items together. */
  readonly maxBytes: number
}

/** Owners whose items were all dropped, for which the ring remembers how many that were. */
const REMEMBERED_OWNERS = 10_000

/**
 * Items in the order of their sequence, bounded in number per owner and in bytes over all. One item too many drops the
 * oldest of its owner; one byte too many drops the oldest of the owner with most bytes, so that no owner crowds out another.
 */
export class Ring<Item extends RingItem> {
  readonly #options: RingOptions
  readonly #chains = new Map<string | undefined, Chain<Item>>()
  readonly #heaviest = new Heaviest<Chain<Item>>()
  readonly #emptied = new Map<string | undefined, number>()
  #bytes = 0
  #dropped = 0

  constructor(options: RingOptions) {
    this.#options = options
  }

  add(item: Item): void {
    const chain = this.#chains.get(item.owner) ?? this.#begin(item.owner)
    item.place = 'kept'
    chain.items.add(item)
    this.#weigh(chain, item.bytes)
    if (chain.items.length > this.#options.size) this.#dropOldest(chain)
    this.#keepWithinBytes()
  }

  /** Call it when an item has grown by so many bytes. */
  grow(item: Item, bytes: number): void {
    item.bytes += bytes
    if (item.place !== 'kept') return
    this.#weigh(this.#chains.get(item.owner) as Chain<Item>, bytes)
    this.#keepWithinBytes()
  }

  /** `undefined` for one that was dropped or cleared. */
  item({ owner, sequence }: Pick<Item, 'owner' | 'sequence'>): Item | undefined {
    return this.#chains.get(owner)?.items.find(sequence)
  }

  /** Of all owners, oldest first. */
  all(): Item[] {
    return [...this.#chains.values()].flatMap(({ items }) => items.toArray()).sort((a, b) => a.sequence - b.sequence)
  }

  /** Of one owner, oldest first. */
  itemsOf(owner: string | undefined): Item[] {
    return this.#chains.get(owner)?.items.toArray() ?? []
  }

  /** How many items the bounds have dropped since the last `clear`. */
  get dropped(): number {
    return this.#dropped
  }

  droppedOf(owner: string | undefined): number {
    return this.#chains.get(owner)?.dropped ?? this.#emptied.get(owner) ?? 0
  }

  clear(): void {
    for (const chain of this.#chains.values()) this.#clear(chain, () => true)
    this.#emptied.clear()
    this.#dropped = 0
  }

  /** Clears the items of one owner, and those without an owner that `isTheirs` accepts. */
  clearOf(owner: string, isTheirs: (item: Item) => boolean): void {
    this.#clear(this.#chains.get(owner), () => true)
    this.#clear(this.#chains.get(undefined), isTheirs)
    this.#dropped -= this.#emptied.get(owner) ?? 0
    this.#emptied.delete(owner)
  }

  #begin(owner: string | undefined): Chain<Item> {
    const chain = { owner, items: new Queue<Item>(), bytes: 0, place: 0, dropped: this.#emptied.get(owner) ?? 0 }
    this.#emptied.delete(owner)
    this.#chains.set(owner, chain)
    this.#heaviest.add(chain)
    return chain
  }

  #keepWithinBytes(): void {
    while (this.#bytes > this.#options.maxBytes) this.#dropOldest(this.#heaviest.first as Chain<Item>)
  }

  #dropOldest(chain: Chain<Item>): void {
    this.#dropped++
    chain.dropped++
    this.#remove(chain, chain.items.shift() as Item, 'dropped')
    this.#endIfEmpty(chain)
  }

  #clear(chain: Chain<Item> | undefined, isToClear: (item: Item) => boolean): void {
    if (!chain) return
    for (const item of chain.items.take(isToClear)) this.#remove(chain, item, 'cleared')
    this.#endIfEmpty(chain)
  }

  #remove(chain: Chain<Item>, item: Item, place: Item['place']): void {
    item.place = place
    this.#weigh(chain, -item.bytes)
  }

  #weigh(chain: Chain<Item>, bytes: number): void {
    chain.bytes += bytes
    this.#bytes += bytes
    this.#heaviest.changed(chain)
  }

  #endIfEmpty(chain: Chain<Item>): void {
    if (chain.items.length > 0) return
    this.#chains.delete(chain.owner)
    this.#heaviest.remove(chain)
    if (chain.dropped > 0) this.#emptied.set(chain.owner, chain.dropped)
    const [first] = this.#emptied.keys()
    if (this.#emptied.size > REMEMBERED_OWNERS) this.#emptied.delete(first)
  }
}
