/** What a ring holds: links and sizes are the ring's own, so that adding and dropping costs the same however much it holds. */
export interface RingItem<Item> {
  readonly tenantId: string | undefined
  /** Estimated bytes of memory. */
  bytes: number
  /** In the ring, pushed out by its bounds, or cleared away. */
  place: 'kept' | 'dropped' | 'cleared'
  older: Item | undefined
  newer: Item | undefined
  newerOfTenant: Item | undefined
}

/** The items of one tenant, oldest first, as a chain. */
interface Chain<Item> {
  oldest: Item | undefined
  newest: Item | undefined
  count: number
  dropped: number
}

interface RingOptions {
  /** Items per tenant. */
  readonly size: number
  /** Bytes of all items together. */
  readonly maxBytes: number
}

/** Tenants whose items were all dropped, of which the number of dropped ones is remembered. */
const REMEMBERED_TENANTS = 10_000

/**
 * Items in the order of adding, bounded per tenant and by bytes over all. The oldest of all is the oldest of its tenant
 * too, so both bounds drop the head of one tenant's chain.
 */
export class Ring<Item extends RingItem<Item>> {
  readonly #options: RingOptions
  readonly #chains = new Map<string | undefined, Chain<Item>>()
  readonly #emptied = new Map<string | undefined, number>()
  #oldest: Item | undefined
  #newest: Item | undefined
  #bytes = 0
  #dropped = 0

  constructor(options: RingOptions) {
    this.#options = options
  }

  add(item: Item): void {
    const { tenantId } = item
    const chain = this.#chains.get(tenantId) ?? this.#begin(tenantId)
    item.older = this.#newest
    if (this.#newest) this.#newest.newer = item
    else this.#oldest = item
    this.#newest = item
    if (chain.newest) chain.newest.newerOfTenant = item
    else chain.oldest = item
    chain.newest = item
    chain.count++
    this.#bytes += item.bytes
    if (chain.count > this.#options.size) this.#dropOldest(chain)
    this.#keepWithinBytes()
  }

  /** An item has turned out larger than it seemed. */
  grow(item: Item, bytes: number): void {
    item.bytes += bytes
    if (item.place !== 'kept') return
    this.#bytes += bytes
    this.#keepWithinBytes()
  }

  /** Oldest first. @param tenantId `undefined` for all */
  items(tenantId: string | undefined): Item[] {
    const items: Item[] = []
    if (tenantId === undefined) for (let item = this.#oldest; item; item = item.newer) items.push(item)
    else for (let item = this.#chains.get(tenantId)?.oldest; item; item = item.newerOfTenant) items.push(item)
    return items
  }

  /** How many were pushed out since the last clearing. @param tenantId `undefined` for all */
  dropped(tenantId: string | undefined): number {
    if (tenantId === undefined) return this.#dropped
    return this.#chains.get(tenantId)?.dropped ?? this.#emptied.get(tenantId) ?? 0
  }

  /** @param tenantId `undefined` for all */
  clear(tenantId: string | undefined): void {
    if (tenantId !== undefined) {
      this.#dropped -= this.dropped(tenantId)
      for (let chain = this.#chains.get(tenantId); chain?.oldest;) this.#remove(chain, 'cleared')
      this.#chains.delete(tenantId)
      this.#emptied.delete(tenantId)
      return
    }
    for (const chain of this.#chains.values()) while (chain.oldest) this.#remove(chain, 'cleared')
    this.#chains.clear()
    this.#emptied.clear()
    this.#dropped = 0
  }

  #begin(tenantId: string | undefined): Chain<Item> {
    const chain = { oldest: undefined, newest: undefined, count: 0, dropped: this.#emptied.get(tenantId) ?? 0 }
    this.#emptied.delete(tenantId)
    this.#chains.set(tenantId, chain)
    return chain
  }

  #keepWithinBytes(): void {
    while (this.#bytes > this.#options.maxBytes && this.#oldest) {
      const { tenantId } = this.#oldest
      this.#dropOldest(this.#chains.get(tenantId) as Chain<Item>)
    }
  }

  #dropOldest(chain: Chain<Item>): void {
    const { tenantId } = this.#remove(chain, 'dropped')
    this.#dropped++
    chain.dropped++
    if (chain.count > 0) return
    this.#chains.delete(tenantId)
    this.#emptied.set(tenantId, chain.dropped)
    const [first] = this.#emptied.keys()
    if (this.#emptied.size > REMEMBERED_TENANTS) this.#emptied.delete(first)
  }

  /** Unlinks the head of a chain, which then leads to no younger item that it would keep from being freed. */
  #remove(chain: Chain<Item>, place: Item['place']): Item {
    const item = chain.oldest as Item
    const { older, newer } = item
    chain.oldest = item.newerOfTenant
    chain.newest = chain.oldest && chain.newest
    chain.count--
    if (older) older.newer = newer
    else this.#oldest = newer
    if (newer) newer.older = older
    else this.#newest = older
    item.older = item.newer = item.newerOfTenant = undefined
    item.place = place
    this.#bytes -= item.bytes
    return item
  }
}
