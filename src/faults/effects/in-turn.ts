import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Breaks the connection of an answer once its turn has come: the answers to requests that were sent before it over the
 * same connection go first (RFC 9112, 9.3.2). Until then Node gives an answer no socket.
 */
export function inTurn(response: ServerResponse, breakOff: (socket: Socket) => void): void {
  if (response.socket) breakOff(response.socket)
  else response.once('socket', breakOff)
}
