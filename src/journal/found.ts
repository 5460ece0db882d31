import { documentOf, type JournalledRequest } from './document.js'
import type { JournalEntry } from './entry.js'
import type { RequestList } from './request-list.js'
import type { Ring } from './ring.js'

/** Enough to find each of them in the ring. */
export type FoundRequests = readonly Pick<JournalEntry, 'owner' | 'sequence'>[]

/**
 * The result of a query. It holds no entries, so that a slow reader keeps none in memory that the journal has dropped;
 * those are left out.
 */
export class Found {
  readonly #ring: Ring<JournalEntry>
  readonly #requests: FoundRequests
  readonly #dropped: number

  /** @param dropped how many requests the journal had dropped before */
  constructor(ring: Ring<JournalEntry>, requests: FoundRequests, dropped: number) {
    this.#ring = ring
    this.#requests = requests
      .map(({ owner, sequence }) => ({ owner, sequence }))
      .sort((a, b) => a.sequence - b.sequence)
    this.#dropped = dropped
  }

  list(): RequestList {
    return { requests: [...this.#documents()], dropped: this.#dropped }
  }

  /** The list as JSON, a request at a time. */
  *json(): Generator<string, void> {
    let separator = '{"requests":['
    for (const document of this.#documents()) {
      yield separator + JSON.stringify(document)
      separator = ','
    }
    yield `${separator === ',' ? '' : separator}],"dropped":${this.#dropped}}`
  }

  *#documents(): Generator<JournalledRequest, void> {
    for (const request of this.#requests) {
      const entry = this.#ring.item(request)
      if (entry) yield documentOf(entry)
    }
  }
}
