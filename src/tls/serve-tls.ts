import type { Server } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { AppLog } from '../app.js'
import { memoized } from '../lib/memoized.js'
import type { Mock } from '../mock.js'
import type { Certificates } from './certificates.js'
import { acceptConnections, type Handshake } from './one-port.js'
import { answerConnect } from './proxy.js'

/** Adds https and `CONNECT` to a server, before it listens. What they need is loaded at the first handshake. */
export function serveTls(app: FastifyInstance, { certificates }: Mock, { log }: AppLog): void {
  const port = acceptConnections(
    app.server,
    certificates.enabled ? lazyHandshake(app.server, certificates, log) : undefined
  )
  answerConnect(app.server, certificates.enabled ? port : undefined, log)
  app.addHook('preClose', (done) => {
    port.close()
    done()
  })
}

function lazyHandshake(server: Server, certificates: Certificates, log: AppLog['log']): Handshake {
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
