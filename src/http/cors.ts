import type { FastifyReply } from 'fastify'
import { REASON_HEADER } from './reason-header.js'
import type { Step } from './steps.js'

/** The list of the service (captured), and the header of this mock. */
const EXPOSED = [
  'ETag',
  'Location',
  'Preference-Applied',
  'Content-Range',
  'request-id',
  'client-request-id',
  'ReadWriteConsistencyToken',
  'SdkVersion',
  'WWW-Authenticate',
  'x-ms-client-gcc-tenant',
  'Retry-After',
  REASON_HEADER
].join(', ')

/**
 * CORS as in Graph: any origin, no credentials but the bearer token, headers only for requests with `Origin`. A preflight has
 * no token, so it is answered before the token is checked. (`@fastify/cors` sends its headers for every request.)
 */
export const answerCors: Step = (request, reply) => {
  const { origin, 'access-control-request-method': method } = request.headers
  if (origin === undefined) return undefined
  reply.header('access-control-allow-origin', '*').header('access-control-expose-headers', EXPOSED)
  if (request.method === 'OPTIONS' && method !== undefined) answerPreflight(reply, method, request.headers)
  return undefined
}

function answerPreflight(reply: FastifyReply, method: string, headers: NodeJS.Dict<string | string[]>): void {
  reply.header('access-control-allow-methods', method).header('access-control-max-age', '600')
  const asked = headers['access-control-request-headers']
  if (asked !== undefined) reply.header('access-control-allow-headers', asked)
  // Chromium sends this before a public page may call a loopback address (Private Network Access).
  if (headers['access-control-request-private-network'] === 'true') {
    reply.header('access-control-allow-private-network', 'true')
  }
  reply.code(204).send()
}
