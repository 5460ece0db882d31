import type { FastifyReply, FastifyRequest } from 'fastify'
import { InvalidHost } from '../../http/host-header.js'
import type { Log } from '../../lib/log.js'
import { noteRefusal } from '../../journal/journal-requests.js'
import { pathOf } from '../../http/request-path.js'
import { TooMuchHeld } from '../../tenants/holdings.js'
import type { Tenants } from '../../tenants/tenants.js'
import { encodeReason, REASON_HEADER } from '../../http/reason-header.js'
import { setDate } from './date-header.js'
import {
  badRequest,
  GraphError,
  invalidUrl,
  payloadTooLarge,
  quotaLimitReached,
  unexpected,
  unreadablePayload,
  type RequestIds
} from '../errors.js'
import { setGraphHeaders } from './headers.js'
import { PayloadMistake } from '../odata/payload-mistake.js'
import type { Operation } from './operation.js'
import { idsOf } from './request-context.js'
import type { Behaviour } from '../../support/behaviour.js'

/** The error handler of the Graph surface: every error becomes Graph's error envelope. */
export function sendGraphError(log: Log, tenants: Tenants, bodyLimit: number) {
  return (thrown: Error, request: FastifyRequest, reply: FastifyReply): void => {
    // A request that reached no version of Graph has none of its headers yet.
    if (!reply.hasHeader('request-id')) void setGraphHeaders(request, reply)
    const error = asGraphError(thrown, request, bodyLimit)
    const contentType = error.body ? error.body.contentType : 'application/json'
    const body = error.body?.text ?? errorBody(error, idsOf(request), new Date(tenants.now(request.tenantId)))
    noteRefusal(request, error)
    logRefusal(log, error, thrown, request)
    setDate(reply, tenants, request.tenantId)
    reply
      .code(error.status)
      .headers({
        ...(contentType !== undefined && { 'content-type': contentType }),
        ...error.headers,
        [REASON_HEADER]: encodeReason(error.reason)
      })
      // A Buffer keeps Fastify from adding a charset, which the service's error answers do not have.
      .send(contentType === undefined ? undefined : Buffer.from(body))
  }
}

/** The envelope, its members in the order of the captures: `date` has no zone and no fraction. */
export function errorBody(error: GraphError, ids: RequestIds, date: Date): string {
  const message = error.messageFor(ids)
  return JSON.stringify({
    error: {
      code: error.code,
      message,
      innerError: {
        ...(error.repeatsMessage && { message }),
        date: date.toISOString().slice(0, 19),
        'request-id': ids.requestId,
        'client-request-id': ids.clientRequestId
      }
    }
  })
}

function asGraphError(error: Error, { operation }: FastifyRequest, bodyLimit: number): GraphError {
  if (error instanceof GraphError) return error
  if (error instanceof PayloadMistake) return (operation as Operation).service.payloadRefusal(error.mistake)
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return payloadTooLarge(bodyLimit)
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return unreadablePayload('The Content-Type header is malformed.')
  if (code === 'FST_ERR_BAD_URL') return invalidUrl()
  if (error instanceof TooMuchHeld) return quotaLimitReached(`${error.message}.`)
  // The words of HTTP.sys (assumed).
  if (error instanceof InvalidHost) return badRequest('Bad Request - Invalid Hostname.', `${error.message}.`)
  if (statusCode !== undefined && statusCode < 500)
    return unreadablePayload(`The body could not be read: ${error.message}.`)
  return unexpected()
}

function logRefusal(log: Log, error: GraphError, thrown: Error, request: FastifyRequest): void {
  const line = {
    requestId: request.id,
    method: request.method,
    path: pathOf(request),
    status: error.status,
    code: error.code,
    reason: error.reason
  }
  if (error.status >= 500 && !(thrown instanceof GraphError)) log.error({ ...line, err: thrown }, 'unexpected error')
  else if (request.fault) log.info({ ...line, fault: request.fault }, 'fault')
  else if (error.isUnmatched) log.warn(line, 'refused: unmatched')
  else log.info(line, 'refused')
}

export const errorSupport: readonly Behaviour[] = [
  {
    behaviour: 'Error envelope with `innerError`: `date`, `request-id`, `client-request-id`',
    evidence: 'observed',
    source: 'graph2otel; msgraph-sdk-java#1785 for the date'
  },
  {
    behaviour: 'A path that the model lacks, and every path under `/v1.0`: 400 `Resource not found for the segment`',
    evidence: 'observed',
    source: 'graph2otel, microsoft-graph-docs#5180'
  },
  {
    behaviour: 'A verb without a route: 400 `No method match route template`, not 405',
    evidence: 'observed',
    source: 'microsoft-graph-docs-contrib#98'
  }
]
