import type { Socket } from 'node:net'

/** A fatal alert `unrecognized_name` (RFC 6066, 3), not encrypted because there are no keys yet. */
const UNRECOGNIZED_NAME = Buffer.from([0x15, 3, 3, 0, 2, 2, 112])

/**
 * Refuses the name that a client asks for. Node could only close the connection without a word, or use the default
 * certificate; so the alert is written to the socket under TLS before the connection is closed.
 */
export function refuseName(socket: Socket | undefined, done: (error: Error) => void): void {
  const end = () => {
    done(new Error('unrecognized name'))
  }
  if (socket?.writable) socket.write(UNRECOGNIZED_NAME, end)
  else end()
}
