import type { FastifyRequest } from 'fastify'
import inject, { type Response } from 'light-my-request'
import { schemeOf } from '../../http/request-path.js'
import { encodeBody } from './body.js'
import { connectionOf, markPart } from '../../http/part-of.js'
import type { BatchPart } from './plan.js'

/** Headers about a connection or the bytes on it; a part has neither. */
const OF_CONNECTIONS = ['host', 'content-length', 'transfer-encoding', 'connection', 'expect', 'upgrade']

/**
 * Sends a part through the app like any request, without a socket: request ids, faults, token, permissions, limits, journal.
 * It has its own headers, but `Authorization` and addresses of the batch.
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
      // light-my-request replaces an empty host.
      request.headers.host = batch.host
      markPart(request, { batchId: batch.id, id: part.id }, connectionOf(batch))
      batch.server.routing(request, response)
    },
    { ...options, remoteAddress: batch.ip, ...(payload !== undefined && { payload }) }
  )
}
