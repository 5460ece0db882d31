import type { Random } from '../lib/random.js'
import { BoundedStore, bytesOf } from './bounded-store.js'

/** Bytes: some 8000 grants as clients ask for them. */
const LIMIT = 8 * 1024 * 1024

interface Kept<State> {
  /** The grant as JSON: of known size, and no slice of the body of a request, which would keep all of it. */
  readonly text: string
  readonly expires: number
  state: State | undefined
}

export interface FoundGrant<Grant, State> {
  readonly grant: Grant
  /** Milliseconds since 1970. */
  readonly expires: number
  /** What became of it; `undefined` until something did. */
  readonly state: State | undefined
}

/**
 * Grants of one kind, each behind an opaque string: codes, refresh tokens. They expire by the clock of whoever asks:
 * nothing here runs on its own. When they take more memory than a limit, the oldest are forgotten; their strings tell,
 * so that they answer as expired ones do.
 */
export class GrantStore<Grant extends object, State = never> {
  readonly #kept: BoundedStore<Kept<State>>
  readonly #random: Random
  readonly #prefix: string
  #given = 0
  #forgotten = 0

  /**
   * @param prefix what the strings begin with, so that people can tell them apart
   * @param options `limit` in bytes; `onForgotten` is told of each grant that makes room
   */
  constructor(
    random: Random,
    prefix: string,
    { limit = LIMIT, onForgotten }: { readonly limit?: number; readonly onForgotten?: (grant: Grant) => void } = {}
  ) {
    this.#random = random
    this.#prefix = prefix
    this.#kept = new BoundedStore(limit, ({ text }) => {
      this.#forgotten++
      onForgotten?.(JSON.parse(text) as Grant)
    })
  }

  /** @param expires milliseconds since 1970 */
  add(grant: Grant, expires: number): string {
    const secret = `${this.#random.uuid()}${this.#random.uuid()}`.replaceAll('-', '')
    const key = `${this.#prefix}${secret}.${++this.#given}`
    const text = JSON.stringify(grant)
    this.#kept.add(key, { text, expires, state: undefined }, bytesOf(text))
    return key
  }

  /** What a string stands for; `undefined` for one that was never given. */
  find(key: string): FoundGrant<Grant, State> | 'forgotten' | undefined {
    const kept = this.#kept.get(key)
    if (!kept) return this.#isForgotten(key) ? 'forgotten' : undefined
    return { grant: JSON.parse(kept.text) as Grant, expires: kept.expires, state: kept.state }
  }

  /** Says what became of a grant that is kept. */
  settle(key: string, state: State): void {
    const kept = this.#kept.get(key)
    if (kept) kept.state = state
  }

  /** Strings are numbered, and the lowest numbers are forgotten first. */
  #isForgotten(key: string): boolean {
    if (!key.startsWith(this.#prefix)) return false
    const [, number] = /^[\da-f]{64}\.([1-9]\d{0,14})$/.exec(key.slice(this.#prefix.length)) ?? []
    return number !== undefined && Number(number) <= this.#forgotten
  }
}
