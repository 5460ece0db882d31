import type { FastifyRequest } from 'fastify'
import { schemeOf } from './request-path.js'
import { trimEnd } from '../lib/trim-end.js'

const HOST = /^[A-Za-z0-9._~%[\]:-]+$/

/**
 * The origin by which the client of a request knows this server: `--public-url` if set, else that of the target URI (RFC 9112,
 * 3.3), from the scheme and the `Host` of the request or from a target in absolute form. URLs in answers begin with it, so that
 * a port mapping or a second host name needs no option.
 */
export type OriginOf = (request: FastifyRequest) => string

export function originOf(publicUrl: string | undefined): OriginOf {
  if (publicUrl !== undefined) {
    const fixed = trimEnd(publicUrl, '/')
    return () => fixed
  }
  return (request) => `${schemeOf(request)}://${requestedHost(request)}`
}

/** `Host` as sent; where it is missing or malformed, the address that the client connected to. */
function requestedHost({ host, socket }: FastifyRequest): string {
  if (HOST.test(host)) return host
  const address = socket.localAddress ?? 'localhost'
  return `${address.includes(':') ? `[${address}]` : address}:${String(socket.localPort ?? 80)}`
}
