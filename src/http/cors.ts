import type { FastifyReply } from 'fastify'
import { REASON_HEADER } from './reason-header.js'
import type { Step } from './steps.js'

/** Captured from the service, and this mock's own. */
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
 * CORS as Graph does it: any origin, no credentials but the bearer token, headers only when `Origin` is sent. A
 * preflight carries no token, so it is answered before any is asked for. (A library would send its headers always.)
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
  // Chromium asks this before a public page may call a loopback address (Private Network Access).
  if (headers['access-control-request-private-network'] === 'true') {
    reply.header('access-control-allow-private-network', 'true')
  }
  reply.code(204).send()
}
