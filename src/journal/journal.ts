import { JournalEntry, type Arrival, type Caller, type Outcome } from './entry.js'
import { Found, type FoundRequests } from './found.js'
import { Matcher, type RequestMatch } from './match.js'
import { nearestMisses, youngest } from './misses.js'
import { Reading } from './reading.js'
import type { RequestCount, RequestFilter, RequestList } from './request-list.js'
import { Ring } from './ring.js'
import { Totals } from './totals.js'
import { Turns } from './turns.js'
import { UnmetWait, WaitClosed } from './unmet-wait.js'
import type { Wanted } from './wait-request.js'
import { Waits, type Wait } from './waits.js'

/** Estimated bytes of all entries together. */
const MAX_BYTES = 64 * 1024 * 1024

/** Estimated bytes of past requests that are matched against a new wait in one turn of the event loop. */
const STEP = 1024 * 1024

export interface JournalOptions {
  /** Requests kept per tenant. */
  readonly size: number
  readonly maxBytes?: number
  /** The wall clock, milliseconds since 1970. */
  readonly now: () => number
  /** The clock of a tenant, without creating the tenant; the wall clock for `undefined`. */
  readonly tenantNow: (tenantId: string | undefined, wall: number) => number
}

/** How a request ended. */
export interface Ending {
  readonly outcome: Outcome
  readonly status: number | undefined
  readonly fault: JournalEntry['fault']
}

/** The newest requests of each tenant, totals of all requests, and the waits for requests to come. */
export class Journal {
  readonly totals = new Totals()
  readonly #options: JournalOptions
  readonly #ring: Ring<JournalEntry>
  readonly #waits = new Waits()
  readonly #turns = new Turns()
  #sequence = 0
  /** How many requests are completed and listed. */
  #ended = 0

  constructor(options: JournalOptions) {
    this.#options = options
    this.#ring = new Ring({ size: options.size, maxBytes: options.maxBytes ?? MAX_BYTES })
  }

  /** With size 0 it is off, costs nothing and lists nothing. */
  get isOn(): boolean {
    return this.#options.size > 0
  }

  /** A request has arrived. It is listed once its caller is known. */
  open(arrival: Arrival): JournalEntry {
    return new JournalEntry(arrival, ++this.#sequence, this.#options.now(), this.#ring)
  }

  /** The caller of a request is known: from now on it is listed, as `pending` until it is completed. */
  settle(entry: JournalEntry, { tenantId, isUnverified }: Caller): void {
    entry.tenantId = tenantId
    entry.isUnverified = isUnverified
    entry.receivedAt = this.#options.tenantNow(entry.owner, entry.wallTime)
    this.#ring.add(entry)
    if (entry.outcome !== 'pending') this.#show(entry)
  }

  /** A request is completed. */
  close(entry: JournalEntry, { outcome, status, fault }: Ending): void {
    if (entry.outcome !== 'pending') return
    entry.durationMs = performance.now() - entry.started
    entry.outcome = outcome
    entry.status = status
    entry.fault = fault
    this.totals.count(entry)
    if (entry.place !== 'coming') this.#show(entry)
  }

  /** @param tenantId `undefined` for all */
  find(tenantId: string | undefined, filter: RequestMatch & RequestFilter = {}): Found {
    return this.#found(tenantId, this.#youngest(tenantId, filter))
  }

  list(tenantId: string | undefined, filter: RequestMatch & RequestFilter = {}): RequestList {
    return this.find(tenantId, filter).list()
  }

  count(tenantId: string | undefined, filter: RequestFilter = {}): RequestCount {
    return { count: this.#youngest(tenantId, filter).length, dropped: this.#dropped(tenantId) }
  }

  /** Calls of Graph paths that the mock lacks. */
  unmatched(tenantId: string | undefined): Found {
    return this.#found(
      tenantId,
      this.#matching(tenantId, {}).filter(({ isUnmatched }) => isUnmatched)
    )
  }

  /** Clears a tenant also of requests that only claim to belong to it. @param tenantId `undefined` for all */
  clear(tenantId: string | undefined): void {
    if (tenantId === undefined) this.#ring.clear()
    else this.#ring.clearOf(tenantId, (entry) => entry.tenantId === tenantId)
    this.#waits.forget(tenantId)
  }

  /**
   * Waits until enough matching requests are completed, including those in the journal already.
   *
   * @returns `found` rejects with {@link UnmetWait} when the time is up, with {@link WaitClosed} when the server closes
   *   first; after `cancel` it never settles
   * @throws TooManyWaits
   */
  wait(tenantId: string | undefined, wanted: Wanted): { found: Promise<Found>; cancel: () => void } {
    const { length, count, timeoutMs: timeout } = wanted
    const wait = this.#waits.begin({ tenantId, matcher: matcherOf(tenantId, wanted), length, count, timeout })
    const showPast = this.#past(wait, tenantId, wanted)
    if (!showPast()) void this.#turns.take(showPast)
    return {
      found: wait.ended.then(async (end) => {
        if (end.end === 'met') return this.#found(tenantId, end.come)
        if (end.end === 'closed') throw new WaitClosed()
        throw await this.#turns.take(() => this.#unmet(tenantId, wanted, end.missing))
      }),
      cancel: () => {
        wait.cancel()
      }
    }
  }

  get hasWaits(): boolean {
    return !this.#waits.isEmpty
  }

  /** Ends all waits at once. */
  closeWaits(): void {
    this.#waits.close()
  }

  #show(entry: JournalEntry): void {
    entry.ended = ++this.#ended
    if (this.hasWaits && entry.place !== 'cleared') this.#waits.show(entry)
  }

  /**
   * Matches a new wait against the requests that are completed already, in steps, because many large requests would block
   * the event loop.
   *
   * @returns a function that takes one step, and returns true after the last one
   */
  #past(wait: Wait, tenantId: string | undefined, wanted: RequestMatch): () => true | undefined {
    const began = this.#ended
    let last = 0
    return () => {
      let bytes = 0
      for (const entry of wait.isOver ? [] : this.#entries(tenantId, wanted)) {
        if (entry.sequence <= last || entry.ended === 0 || entry.ended > began) continue
        if (bytes > STEP) return undefined
        wait.see(new Reading(entry))
        last = entry.sequence
        bytes += entry.bytes
      }
      wait.catchUp()
      return true
    }
  }

  /** Entries of a tenant leave out those with an unverified token, unless the filter asks for them. */
  #entries(tenantId: string | undefined, { unverified }: RequestMatch): JournalEntry[] {
    if (tenantId === undefined) return this.#ring.all()
    if (unverified !== true) return this.#ring.itemsOf(tenantId)
    return this.#ring.itemsOf(undefined).filter((entry) => entry.tenantId === tenantId)
  }

  #matching(tenantId: string | undefined, wanted: RequestMatch): JournalEntry[] {
    const matcher = matcherOf(tenantId, wanted)
    return this.#entries(tenantId, wanted).filter((entry) => matcher.fits(new Reading(entry)))
  }

  #youngest(tenantId: string | undefined, { limit, ...wanted }: RequestMatch & RequestFilter): JournalEntry[] {
    const matching = this.#matching(tenantId, wanted)
    return limit === undefined ? matching : matching.slice(-limit)
  }

  #found(tenantId: string | undefined, requests: FoundRequests): Found {
    return new Found(this.#ring, requests, this.#dropped(tenantId))
  }

  #dropped(tenantId: string | undefined): number {
    return tenantId === undefined ? this.#ring.dropped : this.#ring.droppedOf(tenantId)
  }

  #unmet(tenantId: string | undefined, wanted: Wanted, missing: number): UnmetWait {
    const entries = this.#entries(tenantId, wanted)
    const claimed = tenantId === undefined ? [] : this.#entries(tenantId, { unverified: true })
    const claiming = new Matcher({ ...wanted, unverified: true })
    return new UnmetWait(wanted, {
      missing,
      misses: nearestMisses(entries, matcherOf(tenantId, wanted)),
      isEmpty: entries.length === 0,
      dropped: this.#dropped(tenantId),
      unverified:
        wanted.unverified === undefined
          ? youngest(claimed).filter((entry) => claiming.fits(new Reading(entry))).length
          : 0
    })
  }
}

function matcherOf(tenantId: string | undefined, wanted: RequestMatch): Matcher {
  return new Matcher(tenantId === undefined ? wanted : { unverified: false, ...wanted })
}
