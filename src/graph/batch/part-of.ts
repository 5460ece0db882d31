import type { IncomingMessage } from 'node:http'

const PART = Symbol('part of a batch')

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

export function markPart(raw: IncomingMessage, part: PartOfBatch): void {
  Object.assign(raw, { [PART]: part })
}
