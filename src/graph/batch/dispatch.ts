import type { FastifyRequest } from 'fastify'
import inject, { type Response } from 'light-my-request'
import { schemeOf } from '../../http/request-path.js'
import { encodeBody } from './body.js'
import { connectionOf, markPart } from '../../http/part-of.js'
import type { BatchPart } from './plan.js'

/** Headers that speak of a connection or of the bytes on it, of which a part has none. */
const OF_CONNECTIONS = ['host', 'content-length', 'transfer-encoding', 'connection', 'expect', 'upgrade']

/**
 * Sends a part the whole way of a request, through the same server and no socket: request ids, faults, token,
 * permissions, limits, journal. It brings its own headers; `Authorization` and where it came in are the batch's.
 *
 * @param url path and query on this server
 */
export function dispatch(batch: FastifyRequest, part: BatchPart, url: string): Promise<Response> {
  const { authorization } = batch.headers
  const headers: Record<string, string> = { ...(authorization !== undefined && { authorization }), ...part.headers }
  for (const name of OF_CONNECTIONS) Reflect.deleteProperty(headers, name)
  const payload = encodeBody(part.body, headers['content-type'])
  const options = { method: part.method as 'GET', url, headers: { ...headers, host: batch.host }, validate: false }
  return inject(
    (request, response) => {
      const { localAddress, localPort } = batch.socket
      Object.assign(request.socket, { encrypted: schemeOf(batch) === 'https', localAddress, localPort })
      // In place of an empty one light-my-request puts a name of its own.
      request.headers.host = batch.host
      markPart(request, { batchId: batch.id, id: part.id }, connectionOf(batch))
      batch.server.routing(request, response)
    },
    { ...options, remoteAddress: batch.ip, ...(payload !== undefined && { payload }) }
  )
}
