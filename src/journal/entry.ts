import type { FaultNote } from '../faults/fault-note.js'
import type { PartOfBatch } from '../graph/batch/part-of.js'
import type { KeptBody } from './body.js'
import type { RingItem } from './ring.js'

/** What is kept of a request as long as it is not over, secrets and all. */
export interface SentRequest {
  /** As it was sent, where the router takes it otherwise. */
  readonly url: string
  /** Names and values in turn. */
  readonly rawHeaders: readonly string[]
}

/** What is known of a request when it comes in. */
export interface Arrival {
  /** The `request-id`. */
  readonly id: string
  /** `undefined` where no readable token, and no path of the authority, names one. */
  readonly tenantId: string | undefined
  readonly surface: 'graph' | 'authority'
  /** Whether it is one for Entra, or for nobody: then only what is known to be harmless is recorded. */
  readonly isStrict: boolean
  readonly method: string
  readonly sent: SentRequest
  readonly batch: PartOfBatch | undefined
}

export type Outcome = 'pending' | 'answered' | 'disconnected' | 'reset' | 'empty' | 'truncate' | 'hang'

/** Estimated bytes of an entry without its texts. */
const OWN_BYTES = 600

/**
 * A request in the journal. While it is pending it refers to what Node has of it; once it is over it holds texts free of
 * secrets, and no more of the request.
 */
export class JournalEntry implements RingItem<JournalEntry> {
  readonly id: string
  readonly sequence: number
  readonly tenantId: string | undefined
  readonly surface: Arrival['surface']
  readonly isStrict: boolean
  readonly method: string
  readonly batch: PartOfBatch | undefined
  /** Milliseconds since 1970 on the wall clock. */
  readonly wallTime: number
  /** The same on the clock of the tenant. */
  readonly receivedAt: number
  /** Milliseconds on a clock that only runs. */
  readonly started: number

  /** Present while pending. */
  sent: SentRequest | undefined
  /** Bytes or text as they came, only while pending. */
  received: Buffer | string | undefined

  path = ''
  query = ''
  headers: readonly string[] = []
  body = ''
  bodyKind: KeptBody['bodyKind'] = 'redacted'
  outcome: Outcome = 'pending'
  status: number | undefined = undefined
  durationMs: number | undefined = undefined
  code: string | undefined = undefined
  reason: string | undefined = undefined
  isGap = false
  fault: FaultNote | undefined = undefined

  bytes = OWN_BYTES
  place: RingItem<JournalEntry>['place'] = 'kept'
  older: JournalEntry | undefined = undefined
  newer: JournalEntry | undefined = undefined
  newerOfTenant: JournalEntry | undefined = undefined

  constructor(arrival: Arrival, sequence: number, wallTime: number, receivedAt: number, started: number) {
    this.id = arrival.id
    this.sequence = sequence
    this.tenantId = arrival.tenantId
    this.surface = arrival.surface
    this.isStrict = arrival.isStrict
    this.method = arrival.method
    this.batch = arrival.batch
    this.wallTime = wallTime
    this.receivedAt = receivedAt
    this.started = started
    this.sent = arrival.sent
    this.received = undefined
  }
}
