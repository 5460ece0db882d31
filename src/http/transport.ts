import type { Socket } from 'node:net'

const TRANSPORT = Symbol('transport of a TLS connection')

/**
 * Remembers over which TCP connection a TLS connection runs.
 *
 * @param under what it runs over: TCP, or another TLS connection, as with a proxy that is itself reached by https
 */
export function markTransport(secure: Socket, under: Socket): void {
  Object.assign(secure, { [TRANSPORT]: transportOf(under) })
}

/** The TCP connection under a connection: of a plain one itself. */
export function transportOf(socket: Socket): Socket {
  return (socket as { [TRANSPORT]?: Socket })[TRANSPORT] ?? socket
}
