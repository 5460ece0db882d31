import type { Socket } from 'node:net'
import { createServer, type SecureContext, type TLSSocket } from 'node:tls'
import type { Log } from '../lib/log.js'
import { memoized } from '../lib/memoized.js'
import type { Certificates } from './certificates.js'
import { explainFailure } from './handshake-failure.js'
import { LEAF_RENEWAL } from './leaf-lifetime.js'
import type { Handshake } from './one-port.js'
import { refuseName } from './refuse-name.js'
import { SecureContexts } from './secure-contexts.js'
import { TLS_SETTINGS } from './tls-settings.js'

/**
 * Does the TLS handshakes of connections that are passed to it. Its TLS server never listens itself.
 *
 * @param timeout milliseconds that a handshake may take
 * @param now the wall clock, milliseconds since 1970
 * @returns rejects if no certificate can be generated, and may be called again
 */
export async function startHandshakes(
  certificates: Certificates,
  log: Log,
  timeout: number,
  now: () => number = Date.now
): Promise<(...connection: Parameters<Handshake>) => Promise<void>> {
  const own = await certificates.own()
  // A client that sends no name connects to an address of this machine.
  const unnamed = memoized(() => certificates.issue(['localhost', ...certificates.names.addresses()]), {
    lasts: LEAF_RENEWAL,
    now
  })
  let shown = own ?? (await unnamed())
  const running = new Map<string, { socket: Socket; secured: (socket: Socket) => void }>()
  const contexts = new SecureContexts(certificates, now)
  const server = createServer({
    ...TLS_SETTINGS,
    ...shown,
    ALPNProtocols: ['http/1.1'],
    handshakeTimeout: timeout,
    SNICallback: own ? undefined : chooseByName
  })
  server.on('secureConnection', (secure) => {
    const found = running.get(endpointsOf(secure))
    if (found) found.secured(secure)
    // The client has disconnected already, so the socket has no address.
    else secure.destroy()
  })
  server.on('tlsClientError', (error, secure) => {
    const reason = explainFailure(error, certificates.issuing)
    if (reason !== undefined) log.info({ reason }, 'TLS connection failed')
    // After a timeout Node leaves the socket open.
    secure.destroy()
  })
  return async (socket, secured) => {
    const newest = own ?? (await unnamed())
    if (newest !== shown) server.setSecureContext({ ...TLS_SETTINGS, ...newest })
    shown = newest
    if (socket.destroyed) return
    const key = endpointsOf(socket)
    running.set(key, { socket, secured })
    socket.once('close', () => {
      // A tunnel has the same endpoints as its connection, and a new connection may have those of an old one.
      if (running.get(key)?.socket === socket) running.delete(key)
    })
    server.emit('connection', socket)
  }

  /** Node calls this with the TLS socket as `this`, and only where the client sends a name. */
  function chooseByName(
    this: unknown,
    name: string,
    done: (error: Error | null, context?: SecureContext) => void
  ): void {
    if (certificates.names.allows(name)) {
      contexts.for(name).then(
        (context) => {
          done(null, context)
        },
        (error: unknown) => {
          log.error({ name, err: error }, 'no certificate can be made')
          done(error as Error)
        }
      )
      return
    }
    const reason = `There is no certificate for ${name}; start with --tls-name ${name} to get one.`
    log.info({ name, reason }, 'TLS connection refused')
    refuseName(running.get(endpointsOf(this as TLSSocket))?.socket, done)
  }
}

/** Identifies a connection: a TLS socket has the same endpoints as the socket under it. */
function endpointsOf({ localAddress, remoteAddress, remotePort }: Socket): string {
  return `${String(localAddress)} ${String(remoteAddress)} ${String(remotePort)}`
}
