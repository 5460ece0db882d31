import type { JournalEntry } from './entry.js'
import { fit, type RequestMatch } from './match.js'

export interface WaitOptions {
  /** `undefined` for all. */
  readonly tenantId: string | undefined
  readonly match: RequestMatch
  /** How many are still missing. */
  readonly missing: number
  /** Milliseconds. */
  readonly timeout: number
}

/** Why a wait ended: enough requests have come, the time is up, or the server closes. */
export type WaitEnd =
  { readonly end: 'met' } | { readonly end: 'late'; readonly missing: number } | { readonly end: 'closed' }

export interface Wait {
  readonly ended: Promise<WaitEnd>
  /** Nobody waits any more; `ended` stays open for ever. */
  readonly cancel: () => void
}

interface Waiting extends WaitOptions {
  missing: number
  end(end: WaitEnd): void
}

/** Those who wait for requests. Nothing is polled: every request that is over is shown to them, where there are any. */
export class Waits {
  readonly #waiting = new Set<Waiting>()

  get isEmpty(): boolean {
    return this.#waiting.size === 0
  }

  begin(options: WaitOptions): Wait {
    let resolve: (end: WaitEnd) => void
    const ended = new Promise<WaitEnd>((settle) => {
      resolve = settle
    })
    const timer = setTimeout(() => {
      waiting.end({ end: 'late', missing: waiting.missing })
    }, options.timeout)
    const cancel = () => {
      clearTimeout(timer)
      this.#waiting.delete(waiting)
    }
    const waiting: Waiting = {
      ...options,
      end: (end) => {
        cancel()
        resolve(end)
      }
    }
    this.#waiting.add(waiting)
    return { ended, cancel }
  }

  /** A request is over. */
  show(entry: JournalEntry): void {
    for (const waiting of this.#waiting) {
      const { tenantId, match } = waiting
      if ((tenantId !== undefined && tenantId !== entry.tenantId) || !fit(entry, match).fits) continue
      waiting.missing--
      if (waiting.missing === 0) waiting.end({ end: 'met' })
    }
  }

  close(): void {
    for (const waiting of this.#waiting) waiting.end({ end: 'closed' })
  }
}
