import type { FastifyRequest } from 'fastify'

/**
 * The path of a request as it was sent, without what no log should hold: the query, and the origin of a target in
 * absolute form (RFC 9112, 3.2.2), which may name a user and a password.
 */
export function pathOf({ url }: Pick<FastifyRequest, 'url'>): string {
  const path = url.startsWith('/') ? url : url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '')
  const at = path.indexOf('?')
  return at < 0 ? path : path.slice(0, at)
}

/** The query without `?`, '' for none. */
export function queryOf({ url }: Pick<FastifyRequest, 'url'>): string {
  const at = url.indexOf('?')
  return at < 0 ? '' : url.slice(at + 1)
}
