import type { JournalEntry } from './entry.js'
import type { Matcher } from './match.js'
import { Reading } from './reading.js'

/** Limits of open waits: in number for one scope (a tenant, or all tenants), in number over all, in bytes over all. */
const MOST = { ofScope: 100, inAll: 1000, bytes: 32 * 1024 * 1024 }
/** Estimated bytes of one character of a match once it is parsed, and of one request that has matched. */
const BYTES = { ofCharacter: 16, ofRequest: 64 }

export interface WaitOptions {
  /** `undefined` for all. */
  readonly tenantId: string | undefined
  readonly matcher: Matcher
  /** Characters of the match. */
  readonly length: number
  /** How many are wanted. */
  readonly count: number
  /** Milliseconds. */
  readonly timeout: number
}

/** A request that has matched a wait. */
export type Come = Pick<JournalEntry, 'owner' | 'sequence' | 'tenantId'>

/** Why a wait ended: enough requests have matched, its time is up, or the server closes. */
export type WaitEnd =
  | { readonly end: 'met'; readonly come: readonly Come[] }
  | { readonly end: 'late'; readonly missing: number }
  | { readonly end: 'closed' }

/** The open waits. Nothing is polled: each completed request is shown to the waits of its tenant and of all tenants. */
export class Waits {
  /** By tenant; `undefined` for waits on all tenants. */
  readonly #waiting = new Map<string | undefined, Set<Wait>>()
  #count = 0
  #bytes = 0

  get isEmpty(): boolean {
    return this.#count === 0
  }

  /** @throws TooManyWaits */
  begin(options: WaitOptions): Wait {
    const bytes = BYTES.ofCharacter * options.length + BYTES.ofRequest * options.count
    const ofScope = this.#waiting.get(options.tenantId) ?? new Set()
    this.#demandRoom(options.tenantId, ofScope, bytes)
    const wait = new Wait(options, () => {
      ofScope.delete(wait)
      if (ofScope.size === 0) this.#waiting.delete(options.tenantId)
      this.#count--
      this.#bytes -= bytes
    })
    this.#waiting.set(options.tenantId, ofScope.add(wait))
    this.#count++
    this.#bytes += bytes
    return wait
  }

  /** Shows a completed request to the waits. It is parsed at most once, however many there are. */
  show(entry: JournalEntry): void {
    const reading = new Reading(entry)
    for (const wait of this.#about(entry.tenantId)) wait.see(reading)
  }

  /** The journal was cleared for a tenant, or for all: those requests no longer count. */
  forget(tenantId: string | undefined): void {
    for (const wait of tenantId === undefined ? this.#all() : this.#about(tenantId)) wait.forget(tenantId)
  }

  close(): void {
    for (const wait of this.#all()) wait.finish({ end: 'closed' })
  }

  #all(): Wait[] {
    return [...this.#waiting.values()].flatMap((ofScope) => [...ofScope])
  }

  #about(tenantId: string | undefined): Wait[] {
    const scopes = tenantId === undefined ? [undefined] : [tenantId, undefined]
    return scopes.flatMap((scope) => [...(this.#waiting.get(scope) ?? [])])
  }

  #demandRoom(tenantId: string | undefined, ofScope: ReadonlySet<Wait>, bytes: number): void {
    if (ofScope.size >= MOST.ofScope) {
      const whose = tenantId === undefined ? 'all tenants together' : 'this tenant'
      throw new TooManyWaits(`${MOST.ofScope} waits for requests of ${whose} are open, which are the most`, [
        ...ofScope
      ])
    }
    if (this.#count >= MOST.inAll) {
      throw new TooManyWaits(`${MOST.inAll} waits for requests are open, which are the most`, this.#all())
    }
    if (this.#bytes + bytes > MOST.bytes) {
      throw new TooManyWaits('the waits that are open ask for too much to take one more', this.#all())
    }
  }
}

/** One open wait. */
export class Wait {
  readonly ended: Promise<WaitEnd>
  /** Milliseconds on the monotonic clock. */
  readonly deadline: number
  readonly #options: WaitOptions
  readonly #over: () => void
  readonly #resolve: (end: WaitEnd) => void
  readonly #timer: NodeJS.Timeout
  #come: Come[] = []
  /** Whether requests that were completed before it began have still to be shown to it. */
  #isBehind = true
  #isLate = false
  #isOver = false

  /** @param over called once it has ended or was cancelled */
  constructor(options: WaitOptions, over: () => void) {
    this.#options = options
    this.#over = over
    this.deadline = performance.now() + options.timeout
    let resolve: ((end: WaitEnd) => void) | undefined
    this.ended = new Promise((settle) => {
      resolve = settle
    })
    this.#resolve = resolve as unknown as (end: WaitEnd) => void
    this.#timer = setTimeout(() => {
      this.#isLate = true
      this.#check()
    }, options.timeout)
  }

  get isOver(): boolean {
    return this.#isOver
  }

  see(reading: Reading): void {
    if (!this.#options.matcher.fits(reading)) return
    const { owner, sequence, tenantId } = reading.entry
    this.#come.push({ owner, sequence, tenantId })
    this.#check()
  }

  /** Requests that were completed before it began have all been shown to it. */
  catchUp(): void {
    this.#isBehind = false
    this.#check()
  }

  /** @param tenantId `undefined` for all */
  forget(tenantId: string | undefined): void {
    this.#come = this.#come.filter((come) => tenantId !== undefined && come.tenantId !== tenantId)
  }

  finish(end: WaitEnd): void {
    this.cancel()
    this.#resolve(end)
  }

  /** Ends it without a result: `ended` never settles. */
  cancel(): void {
    if (this.#isOver) return
    this.#isOver = true
    clearTimeout(this.#timer)
    this.#over()
  }

  #check(): void {
    if (this.#isBehind || this.#isOver) return
    const missing = this.#options.count - this.#come.length
    if (missing <= 0) this.finish({ end: 'met', come: this.#come })
    else if (this.#isLate) this.finish({ end: 'late', missing })
  }
}

/** One more wait would go over a limit. */
export class TooManyWaits extends Error {
  /** Whole seconds until the first of the open waits times out. */
  readonly retryAfter: number

  /** @param reason a sentence without its full stop */
  constructor(reason: string, others: readonly Wait[]) {
    super(reason)
    this.name = 'TooManyWaits'
    const first = Math.min(...others.map(({ deadline }) => deadline))
    this.retryAfter = Math.max(1, Math.ceil((first - performance.now()) / 1000))
  }
}
