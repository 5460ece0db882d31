import type { Server as HttpServer } from 'node:http'
import type { Socket } from 'node:net'
import { markTransport } from '../http/transport.js'

/** First byte of a TLS handshake (RFC 8446, 5.1). No HTTP request begins with it. */
const HANDSHAKE = 0x16

export interface OnePort {
  /** Hands a connection, or the tunnel that it has become, to HTTP or to TLS, by the first byte that comes over it. */
  accept(socket: Socket): void
  /** Cuts the connections over which nothing was asked yet, and all that come from now on. */
  close(): void
}

/** @param secured takes the connection that speaks in plain once the handshake is done */
export type Handshake = (socket: Socket, secured: (socket: Socket) => void) => void

/**
 * Lets an HTTP server tell plain connections from TLS ones on the port that it listens on. Secure connections end in the
 * same HTTP server, so that there is one set of limits, timeouts and open connections.
 *
 * Connections over which nothing was ever asked, such as those that browsers open in advance, are known here: Node takes
 * them for requests under way, and would wait for them at a close.
 *
 * @param handshake undefined where TLS is off
 */
export function acceptConnections(server: HttpServer, handshake: Handshake | undefined): OnePort {
  const serveHttp = server.listeners('connection') as ((socket: Socket) => void)[]
  const unasked = new Set<Socket>()
  let closed = false
  server.removeAllListeners('connection')
  server.on('connection', accept)
  server.on('request', ({ socket }) => unasked.delete(socket))
  return { accept, close }

  function accept(socket: Socket, secured = false): void {
    if (closed) {
      socket.destroy()
      return
    }
    const drop = () => socket.destroy()
    const forget = () => unasked.delete(socket)
    unasked.add(socket)
    socket.setTimeout(server.headersTimeout, drop)
    socket.on('error', drop).on('end', drop).on('close', forget).once('data', decide)

    function decide(first: Buffer): void {
      socket.pause()
      socket.unshift(first)
      socket.setTimeout(0, drop)
      socket.off('end', drop)
      // TLS within TLS is for tunnels: each layer takes stack, so whoever could add layers could end the process.
      if (handshake && !secured && first[0] === HANDSHAKE) {
        // HTTP answers a client that has ended its side; TLS has no such thing (as in https.Server).
        socket.allowHalfOpen = false
        handshake(socket, (secure) => {
          forget()
          markTransport(secure, socket)
          accept(secure, true)
        })
      } else {
        socket.off('error', drop)
        for (const serve of serveHttp) serve.call(server, socket)
        // After HTTP has taken over, which it does for the bytes that follow at once.
        process.nextTick(() => socket.resume())
      }
    }
  }

  function close(): void {
    closed = true
    for (const socket of unasked) socket.destroy()
  }
}
