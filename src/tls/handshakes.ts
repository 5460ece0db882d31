import type { Socket } from 'node:net'
import { createServer, type SecureContext, type TLSSocket } from 'node:tls'
import type { Log } from '../log.js'
import type { Certificates } from './certificates.js'
import { explainFailure } from './handshake-failure.js'
import type { Handshake } from './one-port.js'
import { refuseName } from './refuse-name.js'
import { SecureContexts } from './secure-contexts.js'

/**
 * Does the handshakes of the connections that are handed to it; the TLS server within never listens.
 *
 * @param timeout milliseconds that a handshake may take
 */
export async function startHandshakes(certificates: Certificates, log: Log, timeout: number): Promise<Handshake> {
  const own = await certificates.own()
  const running = new Map<string, { socket: Socket; secured: (socket: Socket) => void }>()
  const contexts = new SecureContexts(certificates)
  // A client that sends no name connects to an address of this machine.
  const server = createServer({
    ...(own ?? (await certificates.issue(['localhost', ...certificates.names.addresses()]))),
    ALPNProtocols: ['http/1.1'],
    handshakeTimeout: timeout,
    SNICallback: own ? undefined : chooseByName
  })
  server.on('secureConnection', (secure) => {
    const found = running.get(endpointsOf(secure))
    if (found) found.secured(secure)
    // A client that has gone already has no address any more.
    else secure.destroy()
  })
  server.on('tlsClientError', (error, secure) => {
    const reason = explainFailure(error, certificates.issuing)
    if (reason !== undefined) log.info({ reason }, 'TLS connection failed')
    // Node leaves a handshake that took too long to whoever listens.
    secure.destroy()
  })
  return (socket, secured) => {
    const key = endpointsOf(socket)
    running.set(key, { socket, secured })
    socket.once('close', () => {
      // A tunnel has the endpoints of the connection that it runs in, and a new connection may have those of an old one.
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
      contexts.for(name).then((context) => {
        done(null, context)
      }, done)
      return
    }
    const reason = `There is no certificate for ${name}; start with --tls-name ${name} to have one made.`
    log.info({ name, reason }, 'TLS connection refused')
    refuseName(running.get(endpointsOf(this as TLSSocket))?.socket, done)
  }
}

/** Names a connection; a TLS socket has the same as the socket under it. */
function endpointsOf({ localAddress, remoteAddress, remotePort }: Socket): string {
  return `${String(localAddress)} ${String(remoteAddress)} ${String(remotePort)}`
}
