import type { FastifyRequest } from 'fastify'

/** The path of a request as it was sent, without the query, which may hold what no log should. */
export function pathOf({ url }: Pick<FastifyRequest, 'url'>): string {
  const at = url.indexOf('?')
  return at < 0 ? url : url.slice(0, at)
}

/** The query without `?`, '' for none. */
export function queryOf({ url }: Pick<FastifyRequest, 'url'>): string {
  const at = url.indexOf('?')
  return at < 0 ? '' : url.slice(at + 1)
}
