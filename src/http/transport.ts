import type { Socket } from 'node:net'

const TRANSPORT = Symbol('transport of a TLS connection')

/**
 * Remembers the TCP connection of a TLS connection.
 *
 * @param under what it runs over: TCP, or another TLS connection, as behind a proxy that is itself reached by https
 */
export function markTransport(secure: Socket, under: Socket): void {
  Object.assign(secure, { [TRANSPORT]: transportOf(under) })
}

/** The TCP connection under a TLS connection; a plain connection itself. */
export function transportOf(socket: Socket): Socket {
  return (socket as { [TRANSPORT]?: Socket })[TRANSPORT] ?? socket
}
