import { documentOf } from './document.js'
import { JournalEntry, type Arrival, type Outcome } from './entry.js'
import { fit, type RequestMatch } from './match.js'
import { keep, record } from './record.js'
import type { RequestCount, RequestFilter, RequestList } from './request-list.js'
import { Ring } from './ring.js'
import { Totals } from './totals.js'
import { UnmetWait, WaitClosed } from './unmet-wait.js'
import type { Wanted } from './wait-request.js'
import { Waits } from './waits.js'

/** Bytes of all entries together, about. */
const MAX_BYTES = 64 * 1024 * 1024

export interface JournalOptions {
  /** Requests kept per tenant. */
  readonly size: number
  readonly maxBytes?: number
  /** The wall clock, milliseconds since 1970. */
  readonly now: () => number
  /** The clock of a tenant, which asking does not make; the wall clock without one. */
  readonly tenantNow: (tenantId: string | undefined, wall: number) => number
}

/** What became of a request. */
export interface Ending {
  readonly outcome: Outcome
  readonly status: number | undefined
  readonly fault: JournalEntry['fault']
}

/** What was called: the youngest requests of each tenant, totals of all, and those who wait for a request. */
export class Journal {
  readonly totals = new Totals()
  readonly #options: JournalOptions
  readonly #ring: Ring<JournalEntry>
  readonly #waits = new Waits()
  #sequence = 0

  constructor(options: JournalOptions) {
    this.#options = options
    this.#ring = new Ring({ size: options.size, maxBytes: options.maxBytes ?? MAX_BYTES })
  }

  /** Turned off, it costs nothing and knows nothing. */
  get isOn(): boolean {
    return this.#options.size > 0
  }

  /** A request has come in: from now on it is there as pending. */
  open(arrival: Arrival): JournalEntry {
    const { now, tenantNow } = this.#options
    const wall = now()
    const receivedAt = tenantNow(arrival.tenantId, wall)
    const entry = new JournalEntry(arrival, ++this.#sequence, wall, receivedAt, performance.now())
    this.#ring.add(entry)
    return entry
  }

  /** A request is over. What it sent stays only free of secrets. */
  close(entry: JournalEntry, { outcome, status, fault }: Ending): void {
    const { sent, received } = entry
    if (!sent) return
    entry.durationMs = performance.now() - entry.started
    entry.outcome = outcome
    entry.status = status
    entry.fault = fault
    const bytes = keep(entry, record(sent, received, entry.isStrict))
    entry.sent = undefined
    entry.received = undefined
    this.#ring.grow(entry, bytes)
    this.totals.count(entry)
    if (this.hasWaits && entry.place !== 'cleared') this.#waits.show(entry)
  }

  /** @param tenantId `undefined` for all */
  list(tenantId: string | undefined, filter: RequestMatch & RequestFilter = {}): RequestList {
    return this.#tell(tenantId, this.#find(tenantId, filter))
  }

  count(tenantId: string | undefined, filter: RequestFilter = {}): RequestCount {
    return { count: this.#find(tenantId, filter).length, dropped: this.#ring.dropped(tenantId) }
  }

  /** Calls of Graph paths that the mock lacks. */
  unmatched(tenantId: string | undefined): RequestList {
    return this.#tell(
      tenantId,
      this.#ring.items(tenantId).filter(({ isGap }) => isGap)
    )
  }

  clear(tenantId: string | undefined): void {
    this.#ring.clear(tenantId)
  }

  /**
   * Waits until enough requests that match are over, those in the journal counted.
   *
   * @returns `list` rejects with {@link UnmetWait} when the time is up, with {@link WaitClosed} when the server closes
   *   first; `cancel` leaves it open for ever
   */
  wait(tenantId: string | undefined, wanted: Wanted): { list: Promise<RequestList>; cancel: () => void } {
    const over = () => this.#find(tenantId, wanted).filter(({ outcome }) => outcome !== 'pending')
    const already = over()
    if (already.length >= wanted.count) {
      return { list: Promise.resolve(this.#tell(tenantId, already)), cancel: () => undefined }
    }
    const { ended, cancel } = this.#waits.begin({
      tenantId,
      match: wanted,
      missing: wanted.count - already.length,
      timeout: wanted.timeoutMs
    })
    return {
      list: ended.then((end) => {
        if (end.end === 'met') return this.#tell(tenantId, over())
        if (end.end === 'closed') throw new WaitClosed()
        throw new UnmetWait(wanted, end.missing, this.#ring.items(tenantId), this.#ring.dropped(tenantId))
      }),
      cancel
    }
  }

  get hasWaits(): boolean {
    return !this.#waits.isEmpty
  }

  /** Ends all waits at once. */
  closeWaits(): void {
    this.#waits.close()
  }

  #tell(tenantId: string | undefined, entries: readonly JournalEntry[]): RequestList {
    return { requests: entries.map(documentOf), dropped: this.#ring.dropped(tenantId) }
  }

  #find(tenantId: string | undefined, filter: RequestMatch & Pick<RequestFilter, 'limit'>): JournalEntry[] {
    const found = this.#ring.items(tenantId).filter((entry) => fit(entry, filter).fits)
    return filter.limit === undefined ? found : found.slice(-filter.limit)
  }
}
