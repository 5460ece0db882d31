import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

const PART = Symbol('part of a batch')
const CONNECTION = Symbol('connection of the batch')

/** The batch that a request is part of. */
export interface PartOfBatch {
  /** `request-id` of the batch. */
  readonly batchId: string
  /** Its own id within the batch. */
  readonly id: string
}

/** `undefined` for a request that is not part of a batch. A client cannot set it by a header. */
export function partOf({ raw }: { readonly raw: IncomingMessage }): PartOfBatch | undefined {
  return (raw as { [PART]?: PartOfBatch })[PART]
}

/** The connection of a request; for a part that of its batch. */
export function connectionOf({ raw }: { readonly raw: IncomingMessage }): Socket {
  return (raw as { [CONNECTION]?: Socket })[CONNECTION] ?? raw.socket
}

export function markPart(raw: IncomingMessage, part: PartOfBatch, connection: Socket): void {
  Object.assign(raw, { [PART]: part, [CONNECTION]: connection })
}
