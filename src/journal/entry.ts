import type { ConnectionFault, InjectedFault } from '../faults/rule.js'
import type { PartOfBatch } from '../http/part-of.js'
import {
  bytesOf,
  copyOf,
  keptBody,
  keptHeaders,
  keptUrl,
  MAX_NAME,
  MAX_REASON,
  NO_BODY,
  type KeptBody
} from './kept.js'
import type { Ring, RingItem } from './ring.js'

/** What is known of a request when it comes in. */
export interface Arrival {
  /** The `request-id`. */
  readonly id: string
  readonly surface: 'graph' | 'authority'
  /** Whether it is one for Entra, or for nobody: then only what is known to be harmless is told. */
  readonly isStrict: boolean
  readonly method: string
  /** As it was sent, where the router takes it otherwise. */
  readonly url: string
  /** Names and values in turn. */
  readonly rawHeaders: readonly string[]
  readonly batch: PartOfBatch | undefined
}

/** Whose a request is. */
export interface Caller {
  /** The `tid` of its token, or the tenant in a path of the authority. */
  readonly tenantId: string | undefined
  /** The signature of the token did not verify, so that its tenant is but a claim. */
  readonly isUnverified: boolean
}

export type Outcome = 'pending' | 'answered' | 'disconnected' | ConnectionFault

/** Estimated bytes of an entry without its texts. */
const OWN_BYTES = 800

/**
 * A request in the journal. It holds copies of what was sent, bounded in length, with the secrets that stand in them:
 * these go when it is read.
 */
export class JournalEntry implements RingItem {
  readonly id: string
  readonly sequence: number
  readonly surface: Arrival['surface']
  readonly isStrict: boolean
  readonly method: string
  readonly url: string
  /** Names and values in turn. */
  readonly headers: readonly string[]
  readonly batch: PartOfBatch | undefined
  /** Milliseconds since 1970 on the wall clock. */
  readonly wallTime: number
  /** Milliseconds on a clock that only runs. */
  readonly started: number

  tenantId: string | undefined = undefined
  isUnverified = false
  /** Milliseconds since 1970 on the clock of the tenant. */
  receivedAt = 0
  body: KeptBody = NO_BODY
  outcome: Outcome = 'pending'
  status: number | undefined = undefined
  durationMs: number | undefined = undefined
  code: string | undefined = undefined
  reason: string | undefined = undefined
  isUnmatched = false
  fault: InjectedFault | undefined = undefined
  /** Number in the order in which they were over; 0 as long as it is not. */
  ended = 0

  bytes: number
  place: RingItem['place'] = 'coming'
  readonly #ring: Ring<JournalEntry>

  constructor(arrival: Arrival, sequence: number, wallTime: number, ring: Ring<JournalEntry>) {
    const isOfWire = arrival.batch === undefined
    const { headers, bytes } = keptHeaders(arrival.rawHeaders, isOfWire)
    this.id = arrival.id
    this.sequence = sequence
    this.surface = arrival.surface
    this.isStrict = arrival.isStrict
    this.method = arrival.method
    this.url = keptUrl(arrival.url, isOfWire)
    this.headers = headers
    this.batch = arrival.batch && keptPart(arrival.batch)
    this.wallTime = wallTime
    this.started = performance.now()
    this.bytes = OWN_BYTES + this.url.length + bytes + (this.batch ? bytesOf(this.batch.id) : 0)
    this.#ring = ring
  }

  /** The tenant whose it is; `undefined` for nobody's, and for a tenant that is only claimed. */
  get owner(): string | undefined {
    return this.isUnverified ? undefined : this.tenantId
  }

  /** Its body, as bytes or text. */
  keepBody(received: Buffer | string): void {
    this.body = keptBody(received, this.isStrict, this.headers)
    this.#ring.grow(this, bytesOf(this.body.text))
  }

  /** Why it was refused. */
  keepRefusal(code: string, reason: string, isUnmatched: boolean): void {
    this.code = copyOf(code, MAX_NAME)
    this.reason = copyOf(reason, MAX_REASON)
    this.isUnmatched = isUnmatched
    this.#ring.grow(this, bytesOf(this.code) + bytesOf(this.reason))
  }
}

function keptPart({ batchId, id }: PartOfBatch): PartOfBatch {
  return { batchId, id: copyOf(id, MAX_NAME) }
}
