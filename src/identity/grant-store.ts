import { LruMap } from 'toad-cache'
import type { Random } from '../random.js'

/** Grants of one kind that are kept, the least recently used forgotten first. */
const KEPT = 10_000

/**
 * Codes or refresh tokens of one app, each an opaque string that stands for what was granted. They expire by the clock
 * of whoever asks: nothing here runs on its own.
 */
export class GrantStore<Grant extends object> {
  readonly #grants = new LruMap<{ readonly grant: Grant; readonly expires: number }>(KEPT)
  readonly #random: Random
  readonly #prefix: string

  /** @param prefix what the strings begin with, so that people can tell them apart */
  constructor(random: Random, prefix: string) {
    this.#random = random
    this.#prefix = prefix
  }

  /** @param expires milliseconds since 1970 */
  add(grant: Grant, expires: number): string {
    const key = `${this.#prefix}${this.#random.uuid()}${this.#random.uuid()}`.replaceAll('-', '')
    this.#grants.set(key, { grant, expires })
    return key
  }

  /** What a string stands for; `expires` in milliseconds since 1970. */
  find(key: string): { readonly grant: Grant; readonly expires: number } | undefined {
    return this.#grants.get(key)
  }
}
