import type { JournalEntry } from './entry.js'
import { copyOf, MAX_NAME } from './kept.js'
import { Reading } from './reading.js'

/** Unmatched paths that are counted one by one. */
const MAX_UNMATCHED = 100

export interface UnmatchedPath {
  readonly method: string
  readonly path: string
  readonly calls: number
}

/** Counts since the start of the server; clearing the journal does not change them. */
export class Totals {
  #calls = 0
  #faults = 0
  readonly #refusals = new Map<number, number>()
  readonly #unmatched = new Map<string, UnmatchedPath>()
  #moreUnmatched = 0

  count(entry: JournalEntry): void {
    const { status, fault, isUnmatched, method } = entry
    this.#calls++
    if (fault) this.#faults++
    if (status !== undefined && status >= 400) this.#refuse(status)
    if (isUnmatched) this.#countUnmatched(method, copyOf(new Reading(entry).path, MAX_NAME))
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

  /** Calls of Graph paths that the mock lacks, in the order in which they were first met. */
  get unmatched(): readonly UnmatchedPath[] {
    return [...this.#unmatched.values()]
  }

  /** Calls of unmatched paths beyond those. */
  get moreUnmatched(): number {
    return this.#moreUnmatched
  }

  #refuse(status: number): void {
    this.#refusals.set(status, (this.#refusals.get(status) ?? 0) + 1)
  }

  #countUnmatched(method: string, path: string): void {
    const key = `${method} ${path}`
    const calls = (this.#unmatched.get(key)?.calls ?? 0) + 1
    if (calls === 1 && this.#unmatched.size >= MAX_UNMATCHED) this.#moreUnmatched++
    else this.#unmatched.set(key, { method, path, calls })
  }
}
