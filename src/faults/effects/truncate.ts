import type { ServerResponse } from 'node:http'
import { empty } from './empty.js'
import { inTurn } from './in-turn.js'

/**
 * The request goes its way, and what it changes is changed; of the answer come the headers and half of the body, then the
 * connection ends: `Content-Length` promised more. Of an answer without body nothing comes at all.
 */
export function truncate(response: ServerResponse): void {
  // Between head and body Node has no hook; one of Fastify's would cost every request.
  response.end = (body?: unknown) => {
    const bytes = Buffer.from((body ?? '') as string | Uint8Array)
    const cut = () => {
      inTurn(response, empty)
    }
    if (bytes.length === 0) cut()
    else response.write(bytes.subarray(0, bytes.length >> 1), cut)
    return response
  }
}
