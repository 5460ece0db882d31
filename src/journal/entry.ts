import type { ConnectionFault, InjectedFault } from '../faults/rule.js'
import { EVIDENCE_HEADER } from '../http/evidence-header.js'
import type { PartOfBatch } from '../http/part-of.js'
import {
  bytesOf,
  bytesOfHeaders,
  copyOf,
  keptAnswer,
  keptBody,
  keptHeaders,
  keptUrl,
  MAX_NAME,
  MAX_REASON,
  NO_BODY,
  type AnswerHeaders,
  type KeptBody
} from './kept.js'
import type { Ring, RingItem } from './ring.js'

/** What is known of a request when it arrives. */
export interface Arrival {
  /** The `request-id`. */
  readonly id: string
  readonly surface: 'graph' | 'authority'
  /**
   * How secrets are kept out. `allowlist`, for Entra and outside `/beta` and `/v1.0`: only parameters that are known to be
   * harmless are shown. `denylist`: all is shown but what has the name or the form of a secret.
   */
  readonly redaction: 'allowlist' | 'denylist'
  readonly method: string
  /** As it was sent, before the router rewrites it. */
  readonly url: string
  /** Names and values alternate, as in Node's `rawHeaders`. */
  readonly rawHeaders: readonly string[]
  readonly batch: PartOfBatch | undefined
}

/** The tenant that a request belongs to. */
export interface Caller {
  /** The `tid` of its token, or the tenant in a path of the authority. */
  readonly tenantId: string | undefined
  /** Whether the signature of the token did not verify, so that the tenant is only claimed. */
  readonly isUnverified: boolean
}

export type Outcome = 'pending' | 'answered' | 'disconnected' | ConnectionFault

/** What was answered, without the headers that HTTP itself adds: `Date`, `Content-Length`, `Connection`. */
export interface Answer {
  readonly headers: AnswerHeaders
  readonly body: KeptBody
}

/** Estimated bytes of an entry without its strings. */
const OWN_BYTES = 800

/**
 * A request in the journal. It holds copies of what was sent, bounded in length. The copies still contain secrets, which
 * `Reading` removes.
 */
export class JournalEntry implements RingItem {
  readonly id: string
  readonly sequence: number
  readonly surface: Arrival['surface']
  readonly redaction: Arrival['redaction']
  readonly method: string
  readonly url: string
  /** Names and values alternate, as in Node's `rawHeaders`. */
  readonly headers: readonly string[]
  readonly batch: PartOfBatch | undefined
  /** Milliseconds since 1970 on the wall clock. */
  readonly wallTime: number
  /** Milliseconds on the monotonic clock. */
  readonly started: number

  tenantId: string | undefined = undefined
  isUnverified = false
  /** Milliseconds since 1970 on the clock of the tenant. */
  receivedAt = 0
  body: KeptBody = NO_BODY
  outcome: Outcome = 'pending'
  answer: Answer | undefined = undefined
  status: number | undefined = undefined
  durationMs: number | undefined = undefined
  code: string | undefined = undefined
  reason: string | undefined = undefined
  isUnmatched = false
  fault: InjectedFault | undefined = undefined
  /** Position in the order in which requests were completed; 0 until then. */
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
    this.redaction = arrival.redaction
    this.method = arrival.method
    this.url = keptUrl(arrival.url, isOfWire)
    this.headers = headers
    this.batch = arrival.batch && keptPart(arrival.batch)
    this.wallTime = wallTime
    this.started = performance.now()
    this.bytes = OWN_BYTES + this.url.length + bytes + (this.batch ? bytesOf(this.batch.id) : 0)
    this.#ring = ring
  }

  /** The tenant in whose journal it is listed; `undefined` without a tenant, and for one that is only claimed. */
  get owner(): string | undefined {
    return this.isUnverified ? undefined : this.tenantId
  }

  /** Whether its answer said that no evidence of the service is behind it. */
  get isModelled(): boolean {
    return this.answer?.headers[EVIDENCE_HEADER] !== undefined
  }

  /** Records the body. */
  keepBody(received: Buffer | string): void {
    this.body = keptBody(received, this.redaction, this.headers)
    this.#ring.grow(this, bytesOf(this.body.text))
  }

  /** Keeps what is about to be sent; a fault may still break the connection. */
  keepAnswer(headers: AnswerHeaders, payload: Buffer | string | null | undefined): void {
    const body = payload === null || payload === undefined ? NO_BODY : keptAnswer(payload, this.redaction)
    this.answer = { headers, body }
    this.#ring.grow(this, bytesOfHeaders(headers) + bytesOf(body.text))
  }

  /** Records why it was refused. */
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
