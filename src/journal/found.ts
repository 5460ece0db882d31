import { documentOf, type JournalledRequest } from './document.js'
import type { JournalEntry } from './entry.js'
import type { RequestList } from './request-list.js'
import type { Ring } from './ring.js'

/** Whose they are, and their numbers. */
export type FoundRequests = readonly Pick<JournalEntry, 'owner' | 'sequence'>[]

/**
 * Requests that were looked for. It holds none of them itself, so that who reads it slowly keeps nothing alive that the
 * journal has given up; such a request is left out.
 */
export class Found {
  readonly #ring: Ring<JournalEntry>
  readonly #requests: FoundRequests
  readonly #dropped: number

  /** @param dropped how many the journal no longer had */
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
