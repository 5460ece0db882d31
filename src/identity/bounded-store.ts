import { FifoMap } from 'toad-cache'

/** Bytes that an entry takes beside its key and its value. */
const OVERHEAD = 256

/**
 * Values by key that together take no more memory than a limit; the oldest are dropped first. A limit in number would not
 * bound the memory, because clients decide how large a value is.
 */
export class BoundedStore<Value> {
  // 0: no limit in number.
  readonly #entries = new FifoMap<{ readonly value: Value; readonly bytes: number }>(0)
  readonly #limit: number
  readonly #onForgotten: (value: Value) => void
  #bytes = 0

  /** @param limit bytes */
  constructor(limit: number, onForgotten: (value: Value) => void = () => undefined) {
    this.#limit = limit
    this.#onForgotten = onForgotten
  }

  get(key: string): Value | undefined {
    return this.#entries.get(key)?.value
  }

  /** Keeps a value, unless there is one under this key. @param size bytes that the value takes */
  add(key: string, value: Value, size: number): void {
    if (this.#entries.get(key)) return
    const bytes = OVERHEAD + bytesOf(key) + size
    this.#entries.set(key, { value, bytes })
    this.#bytes += bytes
    while (this.#bytes > this.#limit) this.#forgetOldest()
  }

  #forgetOldest(): void {
    const { value, bytes } = (
      this.#entries.first as { readonly value: { readonly value: Value; readonly bytes: number } }
    ).value
    this.#entries.evict()
    this.#bytes -= bytes
    this.#onForgotten(value)
  }
}

/** The most memory that a text takes: V8 stores one or two bytes per UTF-16 code unit. */
export function bytesOf(text: string): number {
  return 2 * text.length
}

/** Estimate of the most memory that a JSON value takes. */
export function bytesOfJson(value: unknown): number {
  if (typeof value === 'string') return 24 + bytesOf(value)
  if (typeof value !== 'object' || value === null) return 16
  const members = Object.entries(value)
  return members.reduce((sum, [name, member]) => sum + 32 + bytesOf(name) + bytesOfJson(member), 64)
}
