import type { ServerResponse } from 'node:http'

/**
 * The request goes its way, and what it changes is changed; of the answer come the headers and half of the body, then the
 * connection ends: `Content-Length` promised more. Of an answer without body nothing comes at all.
 */
export function truncate(response: ServerResponse): void {
  const { socket } = response
  // Between head and body Node has no hook; one of Fastify's would cost every request.
  response.end = (body?: unknown) => {
    const bytes = Buffer.from((body ?? '') as string | Uint8Array)
    if (bytes.length === 0) socket?.destroySoon()
    else response.write(bytes.subarray(0, bytes.length >> 1), () => socket?.destroySoon())
    return response
  }
}
