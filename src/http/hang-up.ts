import type { Socket } from 'node:net'

/** Milliseconds that a client gets to read the last bytes, and to end its side of the connection. */
const LINGER = 2000

/**
 * Writes the last bytes of a connection and ends it. For a while it reads and drops what the client still sends: closing a
 * socket with unread bytes resets it, and the client loses the answer (RFC 9112, 9.6).
 */
export function hangUp(socket: Socket, bytes: string): void {
  const lingering = setTimeout(() => socket.destroy(), LINGER)
  socket.once('close', () => {
    clearTimeout(lingering)
  })
  socket.end(bytes)
}
