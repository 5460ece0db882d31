import type { Socket } from 'node:net'
import { STATUS_CODES, type ServerResponse } from 'node:http'
import { badRequest, GraphError, httpVersionNotSupported, requestTypeNotSupported } from '../errors.js'
import { errorBody } from './error-response.js'
import { graphHeaders } from './headers.js'
import { hangUp } from '../../http/hang-up.js'
import type { Log } from '../../lib/log.js'
import type { Journal } from '../../journal/journal.js'
import type { Random } from '../../lib/random.js'
import type { Tenants } from '../../tenants/tenants.js'
import { encodeReason, REASON_HEADER } from '../../http/reason-header.js'

interface Needed {
  readonly random: Random
  readonly tenants: Tenants
  readonly journal: Journal
}

/**
 * Answers a request that Node's HTTP parser refused. It never reaches Fastify, so the answer is written to the socket, after
 * the answers to earlier requests on the same connection.
 */
export function refuseBrokenRequest({ random, tenants, journal }: Needed, log: Log) {
  const broken = new WeakSet<Socket>()
  return (error: NodeJS.ErrnoException, socket: Socket): void => {
    // The parser refuses the following bytes too; where a next request would begin is unknown.
    if (broken.has(socket)) return
    broken.add(socket)
    afterAnswers(socket, (unfinished) => {
      if (error.code === 'ECONNRESET' || !socket.writable || unfinished?.headersSent) {
        socket.destroy()
        return
      }
      const refusal = refusalOf(error)
      const requestId = random.uuid()
      journal.totals.countBroken(refusal.status)
      log.info({ requestId, status: refusal.status, code: refusal.code, reason: refusal.reason }, 'refused')
      hangUp(socket, rawResponse(refusal, requestId, new Date(tenants.now(undefined))))
    })
  }
}

/** @param refuse called with the answer in progress if the body of its request was malformed */
function afterAnswers(socket: Socket, refuse: (unfinished: ServerResponse | undefined) => void): void {
  // Node's own handler of such errors reads this private member too; there is no public one for the answer in progress.
  const { _httpMessage: answer } = socket as Socket & { _httpMessage?: ServerResponse | null }
  if (answer?.req.complete)
    answer.once('close', () => {
      afterAnswers(socket, refuse)
    })
  else refuse(answer ?? undefined)
}

/** An error of Node's parser; `reason` is llhttp's. */
interface ParseError extends NodeJS.ErrnoException {
  readonly reason?: string
}

function refusalOf(error: ParseError): GraphError {
  const { code, reason } = error
  switch (code) {
    // The connection preface of HTTP/2 (RFC 9113, 3.4).
    case 'HPE_PAUSED_H2_UPGRADE':
      return httpVersionNotSupported('HTTP/2.0')
    case 'HPE_INVALID_VERSION':
      // With any other reason the text is not an HTTP version at all.
      return reason === 'Invalid HTTP version' ? httpVersionNotSupported('of another version of HTTP') : notHttp(error)
    case 'HPE_INVALID_METHOD':
      return requestTypeNotSupported(
        'The request line does not begin with an HTTP method; methods are in upper case, such as PATCH.'
      )
    case 'HPE_HEADER_OVERFLOW':
      return new GraphError({
        status: 431,
        code: 'RequestHeaderFieldsTooLarge',
        message: 'Request header fields too large.',
        reason: 'The header block is larger than 64 KiB, the limit of msgraph-mock.'
      })
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new GraphError({
        status: 408,
        code: 'RequestTimeout',
        message: 'Request timeout.',
        reason: 'The request did not arrive in time.'
      })
    default:
      return notHttp(error)
  }
}

function notHttp({ code = '', message }: ParseError): GraphError {
  return badRequest('Bad Request.', `This is not an HTTP request: ${message} (${code}).`)
}

function rawResponse(refusal: GraphError, requestId: string, now: Date): string {
  const ids = { requestId, clientRequestId: requestId }
  const body = errorBody(refusal, ids, now)
  const headers = {
    ...graphHeaders(ids, 'localhost'),
    [REASON_HEADER]: encodeReason(refusal.reason),
    date: now.toUTCString(),
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close'
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return `HTTP/1.1 ${refusal.status} ${String(STATUS_CODES[refusal.status])}\r\n${lines.join('\r\n')}\r\n\r\n${body}`
}
