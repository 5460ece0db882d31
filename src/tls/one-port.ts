import type { Server as HttpServer } from 'node:http'
import type { Socket } from 'node:net'
import { markTransport } from '../http/transport.js'

/** First byte of a TLS handshake (RFC 8446, 5.1). No HTTP request begins with it. */
const HANDSHAKE = 0x16

export interface OnePort {
  /** Passes a connection, or the tunnel in it, to HTTP or to TLS, depending on its first byte. */
  accept(socket: Socket): void
  /** Destroys the connections without any request so far, and all new ones. */
  close(): void
}

/** @param secured called with the decrypted connection after the handshake */
export type Handshake = (socket: Socket, secured: (socket: Socket) => void) => void

/**
 * Lets an HTTP server accept plain and TLS connections on the same port. Decrypted connections go to the same HTTP server, so
 * there is one set of limits, timeouts and open connections.
 *
 * It keeps the connections without any request, such as those that browsers open in advance: Node takes them for requests in
 * progress, and would wait for them on close.
 *
 * @param handshake undefined if TLS is off
 */
export function acceptConnections(server: HttpServer, handshake: Handshake | undefined): OnePort {
  const serveHttp = server.listeners('connection') as ((socket: Socket) => void)[]
  const unused = new Set<Socket>()
  let closed = false
  server.removeAllListeners('connection')
  server.on('connection', accept)
  server.on('request', ({ socket }) => unused.delete(socket))
  return { accept, close }

  function accept(socket: Socket, secured = false): void {
    if (closed) {
      socket.destroy()
      return
    }
    const drop = () => socket.destroy()
    const forget = () => unused.delete(socket)
    unused.add(socket)
    socket.setTimeout(server.headersTimeout, drop)
    socket.on('error', drop).on('end', drop).on('close', forget).once('data', decide)

    function decide(first: Buffer): void {
      socket.pause()
      socket.unshift(first)
      socket.setTimeout(0, drop)
      socket.off('end', drop)
      // TLS within TLS is for tunnels only: each layer takes stack, so a client that adds layers could end the process.
      if (handshake && !secured && first[0] === HANDSHAKE) {
        // Unlike HTTP, TLS does not answer a client that has ended its side (as in https.Server).
        socket.allowHalfOpen = false
        handshake(socket, (secure) => {
          forget()
          markTransport(secure, socket)
          accept(secure, true)
        })
      } else {
        socket.off('error', drop)
        for (const serve of serveHttp) serve.call(server, socket)
        // After HTTP has added its listeners.
        process.nextTick(() => socket.resume())
      }
    }
  }

  function close(): void {
    closed = true
    for (const socket of unused) socket.destroy()
  }
}
