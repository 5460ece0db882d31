import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'
import { hangUp } from '../http/hang-up.js'
import type { Log } from '../lib/log.js'
import { encodeReason, REASON_HEADER } from '../http/reason-header.js'
import type { OnePort } from './one-port.js'
import { MICROSOFT_HOSTS } from './server-names.js'
import { transportOf } from '../http/transport.js'

/** The only targets of `CONNECT`. This server answers in their place; nothing ever leaves the machine. */
const TARGETS = MICROSOFT_HOSTS.map((host) => `${host}:443`)

/**
 * Answers `CONNECT`, for clients that take this server for their proxy (`HTTPS_PROXY`).
 *
 * @param port undefined if TLS is off, which clients would use in the tunnel
 */
export function answerConnect(server: Server, port: OnePort | undefined, log: Log): void {
  // Keyed by their TCP connections.
  const tunnels = new WeakSet<Socket>()
  server.on('connect', ({ url = '' }: IncomingMessage, socket: Socket, head: Buffer) => {
    const transport = transportOf(socket)
    const reason = tunnels.has(transport) ? 'This connection is a tunnel already.' : refusal(url)
    if (port === undefined || reason !== undefined) {
      const said = reason ?? 'TLS is off (--tls off), which is what clients speak to these hosts.'
      log.info({ method: 'CONNECT', path: withoutUser(url), status: 403, reason: said }, 'refused')
      refuse(socket, said)
      return
    }
    tunnels.add(transport)
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    if (head.length > 0) socket.unshift(head)
    port.accept(socket)
  })
}

function refusal(target: string): string | undefined {
  if (TARGETS.includes(target.toLowerCase())) return undefined
  if (target.includes('@')) return 'The target of CONNECT is a host and a port, without user information.'
  return `As a proxy this server stands for ${TARGETS.join(' and ')} only, not for ${target}.`
}

/** RFC 9112, 3.2.3 allows no user information in a target; if there is some, it must not be logged. */
function withoutUser(target: string): string {
  return target.slice(target.lastIndexOf('@') + 1)
}

function refuse(socket: Socket, reason: string): void {
  socket.on('error', () => socket.destroy())
  const body = `${reason}\n`
  const headers = [
    `${REASON_HEADER}: ${encodeReason(reason)}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close'
  ]
  hangUp(socket, `HTTP/1.1 403 Forbidden\r\n${headers.join('\r\n')}\r\n\r\n${body}`)
}
