import type { Outgoing } from './exchange.js'

/** Headers that Node's `fetch` sends where the caller names none. */
const DEFAULTS = { accept: '*/*', 'accept-language': '*', 'user-agent': 'node' }

const WITH_BODY = new Set(['POST', 'PUT', 'PATCH'])

/**
 * Reads a request of the Fetch API, its body only a little further than the server's limit, where it would hang up on a
 * socket.
 *
 * @param bodyLimit bytes
 */
export async function outgoingOf(request: Request, bodyLimit: number): Promise<Outgoing> {
  const headers = new Headers({ ...DEFAULTS, ...Object.fromEntries(request.headers) })
  const { method, body: stream } = request
  const body = stream ? await read(stream, bodyLimit) : undefined
  if (!body && WITH_BODY.has(method)) headers.set('content-length', '0')
  return { method, url: new URL(request.url), headers, body }
}

async function read(stream: ReadableStream<Uint8Array>, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    chunks.push(chunk)
    size += chunk.byteLength
    if (size > limit) break
  }
  return Buffer.concat(chunks)
}
