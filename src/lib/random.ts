import { createCipheriv, createHash, randomInt, type Cipher } from 'node:crypto'

const POOL_BYTES = 4096

/**
 * Every random choice of one app: ids, probabilities, jitter. Never keys or other secrets.
 *
 * A seed makes the sequence repeatable: the bytes are the AES-128-CTR keystream of a key derived from the seed, so the
 * same seed and the same order of calls give the same values on every machine and Node version.
 */
export class Random {
  readonly seed: number
  readonly #stream: Cipher
  #pool = Buffer.alloc(0)
  #used = 0

  /** @param purpose of an independent sequence, see {@link Random.derive} */
  constructor(seed: number = randomInt(2 ** 31), purpose?: string) {
    this.seed = seed
    const name = purpose === undefined ? `msgraph-mock:${seed}` : `msgraph-mock:${seed}:${purpose}`
    const key = createHash('sha256').update(name).digest().subarray(0, 16)
    this.#stream = createCipheriv('aes-128-ctr', key, Buffer.alloc(16))
  }

  /** An independent sequence from the same seed: drawing from one does not change the other. */
  derive(purpose: string): Random {
    return new Random(this.seed, purpose)
  }

  /** A lower-case version 4 UUID, the form of Graph's `request-id`. */
  uuid(): string {
    const at = this.#take(16)
    const pool = this.#pool
    pool[at + 6] = ((pool[at + 6] as number) & 0x0f) | 0x40
    pool[at + 8] = ((pool[at + 8] as number) & 0x3f) | 0x80
    const hex = pool.toString('hex', at, at + 16)
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  }

  /** A number from 0 (included) to 1 (excluded). */
  number(): number {
    const at = this.#take(4)
    return this.#pool.readUInt32LE(at) / 2 ** 32
  }

  /** A number from 0 (included) to 1 (excluded) that depends only on the seed and these names, not on earlier draws. */
  numberFor(...names: readonly (string | number)[]): number {
    const digest = createHash('sha256')
      .update(JSON.stringify([this.seed, ...names]))
      .digest()
    return digest.readUInt32LE() / 2 ** 32
  }

  #take(bytes: number): number {
    if (this.#used + bytes > this.#pool.length) {
      this.#pool = this.#stream.update(Buffer.alloc(POOL_BYTES))
      this.#used = 0
    }
    const at = this.#used
    this.#used += bytes
    return at
  }
}
