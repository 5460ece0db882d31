import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { transportOf } from '../http/transport.js'
import type { Delay } from './rule.js'

/** Milliseconds of a delay. @param jitter from 0 to 1: where between `min` and `max` it lies */
export function delayMs(delay: Delay, jitter: number): number {
  return 'ms' in delay ? delay.ms : Math.round(delay.min + jitter * (delay.max - delay.min))
}

/** `reset`: the client gets a TCP RST, which Node reports as `ECONNRESET`. */
export function resetConnection(socket: Socket): void {
  transportOf(socket).resetAndDestroy()
}

/** `empty`: the connection ends in good order before the first byte of an answer ("socket hang up", "empty reply"). */
export function endConnection(socket: Socket): void {
  socket.destroySoon()
}

/**
 * `truncate`: the request is processed, and its changes stay. The client gets the headers and half of the body, then the
 * connection ends, short of `Content-Length`. For an answer without a body nothing is sent at all.
 */
export function truncateAnswer(response: ServerResponse): void {
  // Node has no hook between head and body, and one of Fastify's would cost every request.
  response.end = (body?: unknown) => {
    const bytes = Buffer.from((body ?? '') as string | Uint8Array)
    const cut = () => {
      breakAfterEarlierAnswers(response, endConnection)
    }
    if (bytes.length === 0) cut()
    else response.write(bytes.subarray(0, bytes.length >> 1), cut)
    return response
  }
}

/**
 * Breaks the connection of an answer once the answers to earlier requests on the same connection are sent (RFC 9112,
 * 9.3.2). Until then Node gives an answer no socket.
 */
export function breakAfterEarlierAnswers(response: ServerResponse, breakConnection: (socket: Socket) => void): void {
  if (response.socket) breakConnection(response.socket)
  else response.once('socket', breakConnection)
}
