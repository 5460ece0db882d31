import type { JournalEntry } from './entry.js'
import { copyOf, MAX_NAME } from './kept.js'
import { PathCounts } from './path-counts.js'
import { Reading } from './reading.js'

/** Counts since the start of the server; clearing the journal does not change them. */
export class Totals {
  /** Calls of Graph paths that the mock lacks. */
  readonly unmatched = new PathCounts()
  /** Calls whose answers no evidence of the service is behind. */
  readonly modelled = new PathCounts()
  #calls = 0
  #faults = 0
  readonly #refusals = new Map<number, number>()

  count(entry: JournalEntry): void {
    const { status, fault, isUnmatched, isModelled, method } = entry
    this.#calls++
    if (fault) this.#faults++
    if (status !== undefined && status >= 400) this.#refuse(status)
    if (!isUnmatched && !isModelled) return
    const counts = isUnmatched ? this.unmatched : this.modelled
    counts.count(method, copyOf(new Reading(entry).path, MAX_NAME))
  }

  /** A request that Node's parser or the checks of HTTP itself refused; it has no entry. */
  countBroken(status: number): void {
    this.#calls++
    this.#refuse(status)
  }

  get calls(): number {
    return this.#calls
  }

  get faults(): number {
    return this.#faults
  }

  /** How many answers of each status from 400 on, by status. */
  get refusals(): readonly (readonly [status: number, calls: number])[] {
    return [...this.#refusals].sort(([a], [b]) => a - b)
  }

  #refuse(status: number): void {
    this.#refusals.set(status, (this.#refusals.get(status) ?? 0) + 1)
  }
}
