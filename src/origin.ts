import type { FastifyRequest } from 'fastify'
import { trimEnd } from './trim-end.js'

const HOST = /^[A-Za-z0-9._~%[\]:-]+$/

/**
 * Gives the origin that a caller knows this server by: `--public-url` when set, else the scheme and `Host` of the
 * request. URLs in answers begin with it, so that a port mapping or a second host name needs no option.
 */
export type OriginOf = (request: FastifyRequest) => string

export function originOf(publicUrl: string | undefined): OriginOf {
  if (publicUrl !== undefined) {
    const fixed = trimEnd(publicUrl, '/')
    return () => fixed
  }
  return (request) => `${request.protocol}://${hostOf(request)}`
}

/** `Host` as sent; where it is missing or no host at all, the address that the connection came in at. */
function hostOf({ host, socket }: FastifyRequest): string {
  if (HOST.test(host)) return host
  const address = socket.localAddress ?? 'localhost'
  return `${address.includes(':') ? `[${address}]` : address}:${String(socket.localPort ?? 80)}`
}

/** Whether the `Host` of a request names this machine itself. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname === '127.0.0.1' ||
    hostname === '[::1]' ||
    hostname.endsWith('.localhost') ||
    hostname.startsWith('127.')
  )
}
