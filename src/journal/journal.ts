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

/** Bytes of all entries together, about. */
const MAX_BYTES = 64 * 1024 * 1024

/** Bytes of requests that are read at once, about, for somebody who waits. */
const STEP = 1024 * 1024

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
  readonly #turns = new Turns()
  #sequence = 0
  /** How many are over, and settled. */
  #ended = 0

  constructor(options: JournalOptions) {
    this.#options = options
    this.#ring = new Ring({ size: options.size, maxBytes: options.maxBytes ?? MAX_BYTES })
  }

  /** Turned off, it costs nothing and knows nothing. */
  get isOn(): boolean {
    return this.#options.size > 0
  }

  /** A request has come in. It is told once it is known whose it is. */
  open(arrival: Arrival): JournalEntry {
    return new JournalEntry(arrival, ++this.#sequence, this.#options.now(), this.#ring)
  }

  /** It is known whose a request is: from now on it is there, as pending where it is not over already. */
  settle(entry: JournalEntry, { tenantId, isUnverified }: Caller): void {
    entry.tenantId = tenantId
    entry.isUnverified = isUnverified
    entry.receivedAt = this.#options.tenantNow(entry.owner, entry.wallTime)
    this.#ring.add(entry)
    if (entry.outcome !== 'pending') this.#show(entry)
  }

  /** A request is over. */
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

  /** What merely claims to be of a tenant goes with what is. */
  clear(tenantId: string | undefined): void {
    if (tenantId === undefined) this.#ring.clear()
    else this.#ring.clearOf(tenantId, (entry) => entry.tenantId === tenantId)
    this.#waits.forget(tenantId)
  }

  /**
   * Waits until enough requests that match are over, those in the journal counted.
   *
   * @returns `found` rejects with {@link UnmetWait} when the time is up, with {@link WaitClosed} when the server closes
   *   first; `cancel` leaves it open for ever
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
   * What was over when a wait began, to be shown to it in steps, because of many large requests not all can be read at
   * once.
   *
   * @returns takes a step, and tells whether it was the last
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

  /** Those of a tenant are those of which it is sure, unless the others are asked for. */
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
