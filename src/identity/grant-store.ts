import type { Random } from '../lib/random.js'
import { BoundedStore, bytesOf } from './bounded-store.js'

/** Bytes: some 8000 grants as clients ask for them. */
const LIMIT = 8 * 1024 * 1024

interface Kept<State> {
  /** The grant as JSON: its size is known, and it keeps no body of a request in memory, as a slice of one would. */
  readonly text: string
  readonly expires: number
  state: State | undefined
}

export interface FoundGrant<Grant, State> {
  readonly grant: Grant
  /** Milliseconds since 1970. */
  readonly expires: number
  /** For example `redeemed`; `undefined` at first. */
  readonly state: State | undefined
}

/**
 * Grants of one kind, such as codes or refresh tokens, each with an opaque key. The caller checks whether one has expired;
 * there are no timers. Over a limit of memory the oldest are dropped (`forgotten`); the number in a key tells those from
 * unknown ones, so that they can be answered as expired.
 */
export class GrantStore<Grant extends object, State = never> {
  readonly #kept: BoundedStore<Kept<State>>
  readonly #random: Random
  readonly #prefix: string
  #issued = 0
  #forgotten = 0

  /**
   * @param prefix of the keys, so that people can tell them apart
   * @param options `limit` in bytes; `onForgotten` is called for each grant that is dropped
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
    const key = `${this.#prefix}${secret}.${++this.#issued}`
    const text = JSON.stringify(grant)
    this.#kept.add(key, { text, expires, state: undefined }, bytesOf(text))
    return key
  }

  /** The grant of a key; `undefined` for a key that was never issued. */
  find(key: string): FoundGrant<Grant, State> | 'forgotten' | undefined {
    const kept = this.#kept.get(key)
    if (!kept) return this.#isForgotten(key) ? 'forgotten' : undefined
    return { grant: JSON.parse(kept.text) as Grant, expires: kept.expires, state: kept.state }
  }

  /** Sets the state of a grant, unless it was dropped. */
  setState(key: string, state: State): void {
    const kept = this.#kept.get(key)
    if (kept) kept.state = state
  }

  /** Keys end with a number, and the lowest numbers are dropped first. */
  #isForgotten(key: string): boolean {
    if (!key.startsWith(this.#prefix)) return false
    const [, number] = /^[\da-f]{64}\.([1-9]\d{0,14})$/.exec(key.slice(this.#prefix.length)) ?? []
    return number !== undefined && Number(number) <= this.#forgotten
  }
}
