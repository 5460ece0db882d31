import type { Server } from 'node:http'
import type { Log } from '../lib/log.js'
import { memoized } from '../lib/memoized.js'
import type { Certificates } from './certificates.js'
import { acceptConnections, type Handshake, type OnePort } from './one-port.js'
import { answerConnect } from './proxy.js'

/**
 * Adds https and `CONNECT` to a server, before it listens. TLS is loaded at the first handshake.
 *
 * @returns to close when the server closes
 */
export function serveTls(server: Server, certificates: Certificates, log: Log): Pick<OnePort, 'close'> {
  const port = acceptConnections(server, certificates.enabled ? lazyHandshake(server, certificates, log) : undefined)
  answerConnect(server, certificates.enabled ? port : undefined, log)
  return port
}

function lazyHandshake(server: Server, certificates: Certificates, log: Log): Handshake {
  const loaded = memoized(async () => {
    const { startHandshakes } = await import('./handshakes.js')
    return startHandshakes(certificates, log, server.headersTimeout)
  })
  return (socket, secured) => {
    loaded()
      .then((handshake) => handshake(socket, secured))
      .catch((error: unknown) => {
        log.error({ err: error }, 'no certificate can be made')
        socket.destroy()
      })
  }
}
