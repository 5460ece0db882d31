const MIB = 1024 * 1024

/** Bytes that tenants may hold, about: all of one app together, and one of them. */
export interface HoldingLimits {
  readonly all: number
  readonly one: number
  /** What is counted, where that is not all but entities. */
  readonly of?: 'entities'
}

const LIMITS: HoldingLimits = { all: 64 * MIB, one: 16 * MIB }
/** Of entities alone: room for some 100,000 devices. */
export const ENTITY_LIMITS: HoldingLimits = { all: 512 * MIB, one: 512 * MIB, of: 'entities' }

/** What one of them may not hold any more, or all of them together. The message is a sentence without its full stop. */
export class TooMuchHeld extends RangeError {}

/** Counts what the tenants of one app hold, so that neither their number nor what is written into them fills the memory. */
export class Holdings {
  readonly #limits: HoldingLimits
  #bytes = 0

  constructor(limits = LIMITS) {
    this.#limits = limits
  }

  get bytes(): number {
    return this.#bytes
  }

  /** A tenant holds `after` from now on, where it held `before`. */
  count(before: number, after: number): void {
    this.#bytes += after - before
  }

  /**
   * The same where it has to fit; less always does.
   *
   * @throws TooMuchHeld, and nothing is counted
   */
  demand(before: number, after: number): void {
    const { all, one, of } = this.#limits
    if (of === 'entities' && after > before && this.#bytes - before + after > all) {
      throw new TooMuchHeld(`Entities of all tenants together take at most ${mib(all)}. Delete some, or reset a tenant`)
    }
    if (after > before && after > one) {
      throw new TooMuchHeld(
        `A tenant holds at most ${mib(one)}, snapshots included. Drop snapshots or fault rules of it, or take another tenant`
      )
    }
    if (after > before && this.#bytes - before + after > all) {
      throw new TooMuchHeld(
        `All tenants together hold at most ${mib(all)}. Forget those that are done with (DELETE /_mock/tenants/{t})`
      )
    }
    this.count(before, after)
  }
}

function mib(bytes: number): string {
  return `${bytes / MIB} MiB`
}
