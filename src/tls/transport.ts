import type { Socket } from 'node:net'

const TRANSPORT = Symbol('transport of a TLS connection')

/** Remembers over which TCP connection a TLS connection runs. */
export function markTransport(secure: Socket, transport: Socket): void {
  Object.assign(secure, { [TRANSPORT]: transport })
}

/** The TCP connection under a connection: of a plain one itself. */
export function transportOf(socket: Socket): Socket {
  return (socket as { [TRANSPORT]?: Socket })[TRANSPORT] ?? socket
}
