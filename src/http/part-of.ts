import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

const PART = Symbol('part of a batch')
const CONNECTION = Symbol('connection of the batch')

/** What a request that came in a batch belongs to. */
export interface PartOfBatch {
  /** `request-id` of the batch. */
  readonly batchId: string
  /** Its own id within the batch. */
  readonly id: string
}

/** A request of its own gives `undefined`; no header that a client could send makes it a part. */
export function partOf({ raw }: { readonly raw: IncomingMessage }): PartOfBatch | undefined {
  return (raw as { [PART]?: PartOfBatch })[PART]
}

/** The connection that a request came over, of a part that of its batch. */
export function connectionOf({ raw }: { readonly raw: IncomingMessage }): Socket {
  return (raw as { [CONNECTION]?: Socket })[CONNECTION] ?? raw.socket
}

export function markPart(raw: IncomingMessage, part: PartOfBatch, connection: Socket): void {
  Object.assign(raw, { [PART]: part, [CONNECTION]: connection })
}
