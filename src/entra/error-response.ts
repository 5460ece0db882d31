import type { FastifyReply, FastifyRequest } from 'fastify'
import { aadsts, AadstsError } from '../identity/aadsts.js'
import { noteRefusal } from '../journal/journal-requests.js'
import type { Log } from '../lib/log.js'
import type { Mock } from '../mock.js'
import { pathOf, queryOf } from '../http/request-path.js'
import type { AadstsRefusal } from './aadsts-refusal.js'
import { nowAt } from './tenant.js'
import { encodeReason, REASON_HEADER } from '../http/reason-header.js'
import { asGuid } from '../lib/guid.js'

/**
 * The error handler of the authority: every error becomes one in Entra's shape (captured, keycloak#31294), as JSON, or as a
 * page where a browser navigates. A 401 names the scheme by which the client authenticated (RFC 6749, 5.2).
 */
export function sendAadstsError(mock: Mock, log: Log) {
  return async (thrown: Error, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const error = asAadstsError(thrown)
    const isPage = request.entra?.isPage === true
    const status = statusOf(error, thrown, isPage)
    logRefusal(log, error, thrown, request, status)
    void reply.code(status).header(REASON_HEADER, encodeReason(error.reason))
    const origin = mock.origin(request)
    if (status === 401 && request.headers.authorization !== undefined) {
      void reply.header('www-authenticate', `Basic realm="${origin}", charset="UTF-8"`)
    }
    const refusal = aadstsRefusal(error, request, origin, nowAt(mock, request))
    if (!isPage) return reply.send(refusal)
    const { sendPage } = await import('./page.js')
    const { errorPage } = await import('./error-page.js')
    return sendPage(reply, errorPage(error, refusal))
  }
}

/**
 * The description is one line, as captured since 2024 (davidjrh/dnn.azureadprovider#112); before it had four.
 *
 * @param now milliseconds since 1970
 */
export function aadstsRefusal(error: AadstsError, request: FastifyRequest, origin: string, now: number): AadstsRefusal {
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`
  const correlationId = correlationIdOf(request)
  return {
    error: error.error,
    error_description: `${error.message} Trace ID: ${request.id} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [error.number],
    timestamp,
    trace_id: request.id,
    correlation_id: correlationId,
    error_uri: `${origin}/error?code=${error.number}`,
    ...(error.suberror !== undefined && { suberror: error.suberror })
  }
}

export function logRefusal(
  log: Log,
  { number, reason }: AadstsError,
  thrown: Error,
  request: FastifyRequest,
  status: number
): void {
  const { id: requestId, method } = request
  const code = `AADSTS${number}`
  const line = { requestId, method, path: pathOf(request), status, code, reason }
  noteRefusal(request, { code, reason })
  if (thrown instanceof AadstsError || status < 500) log.info(line, 'refused')
  else log.error({ ...line, err: thrown }, 'unexpected error')
}

function asAadstsError(thrown: Error): AadstsError {
  if (thrown instanceof AadstsError) return thrown
  const { statusCode = 500 } = thrown as { statusCode?: number }
  return statusCode < 500
    ? aadsts('malformedRequest', { reason: `The request could not be read: ${thrown.message}.` })
    : aadsts('serverError', {})
}

/** 401 for a client that did not authenticate, except on a page; 400 for all else (both captured). */
function statusOf({ error }: AadstsError, thrown: Error, isPage: boolean): number {
  if (error === 'server_error') return 500
  if ((thrown as { statusCode?: number }).statusCode === 413) return 413
  return error === 'invalid_client' && !isPage ? 401 : 400
}

/** The caller's `client-request-id`, from the header or, as MSAL sends it, the query string. */
function correlationIdOf(request: FastifyRequest): string {
  const query = new URLSearchParams(queryOf(request))
  return asGuid(request.headers['client-request-id']) ?? asGuid(query.get('client-request-id')) ?? request.id
}
