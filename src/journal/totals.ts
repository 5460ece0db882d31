import type { JournalEntry } from './entry.js'
import { copyOf, MAX_NAME } from './kept.js'
import { Reading } from './reading.js'

/** Paths of gaps that are told apart. */
const MAX_GAPS = 100

export interface Gap {
  readonly method: string
  readonly path: string
  readonly calls: number
}

/** What happened since the start, whatever the journal has dropped or was told to forget. */
export class Totals {
  #calls = 0
  #faults = 0
  readonly #refusals = new Map<number, number>()
  readonly #gaps = new Map<string, Gap>()
  #otherGaps = 0

  count(entry: JournalEntry): void {
    const { status, fault, isGap, method } = entry
    this.#calls++
    if (fault) this.#faults++
    if (status !== undefined && status >= 400) this.#refuse(status)
    if (isGap) this.#meetGap(method, copyOf(new Reading(entry).path, MAX_NAME))
  }

  /** A request that was too broken to be one. */
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

  /** Calls of Graph paths that the mock lacks, in the order in which they were first met. */
  get gaps(): readonly Gap[] {
    return [...this.#gaps.values()]
  }

  /** Calls of further such paths. */
  get otherGaps(): number {
    return this.#otherGaps
  }

  #refuse(status: number): void {
    this.#refusals.set(status, (this.#refusals.get(status) ?? 0) + 1)
  }

  #meetGap(method: string, path: string): void {
    const key = `${method} ${path}`
    const calls = (this.#gaps.get(key)?.calls ?? 0) + 1
    if (calls === 1 && this.#gaps.size >= MAX_GAPS) this.#otherGaps++
    else this.#gaps.set(key, { method, path, calls })
  }
}
