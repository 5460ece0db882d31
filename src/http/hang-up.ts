import type { Socket } from 'node:net'

/** Milliseconds that a client gets to read the last bytes, and to end its side of the connection. */
const LINGER = 2000

/**
 * Writes the last bytes of a connection and ends it. What the client still sends is read and dropped for a while: closed
 * at once, a socket with unread bytes is reset, and the client loses the answer (RFC 9112, 9.6).
 */
export function hangUp(socket: Socket, bytes: string): void {
  const lingering = setTimeout(() => socket.destroy(), LINGER)
  socket.once('close', () => {
    clearTimeout(lingering)
  })
  socket.end(bytes)
}
