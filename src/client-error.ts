import type { Socket } from 'node:net'
import { STATUS_CODES } from 'node:http'
import { badRequest, GraphError, requestTypeNotSupported } from './graph/errors.js'
import { errorBody } from './graph/error-response.js'
import { graphHeaders } from './graph/headers.js'
import type { Totals } from './journal/totals.js'
import type { Log } from './log.js'
import type { Random } from './random.js'
import { encodeReason, REASON_HEADER } from './reason-header.js'

/** A request that Node's HTTP parser refused: it meets no route, so the answer is written to the socket by hand. */
export function refuseBrokenRequest(random: Random, log: Log, totals: Totals) {
  return (error: NodeJS.ErrnoException, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy()
      return
    }
    const refusal = refusalOf(error)
    const requestId = random.uuid()
    totals.countBroken(refusal.status)
    log.info({ requestId, status: refusal.status, code: refusal.code, reason: refusal.reason }, 'refused')
    socket.end(rawResponse(refusal, requestId))
  }
}

function refusalOf({ code = '', message }: NodeJS.ErrnoException): GraphError {
  switch (code) {
    case 'HPE_INVALID_METHOD':
      return requestTypeNotSupported(
        'The request line begins with no HTTP method; methods are upper-case, such as PATCH.'
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
      return badRequest('Bad Request.', `This is no HTTP request: ${message} (${code}).`)
  }
}

function rawResponse(refusal: GraphError, requestId: string): string {
  const ids = { requestId, clientRequestId: requestId }
  const body = errorBody(refusal, ids, new Date())
  const headers = {
    ...graphHeaders(ids, 'localhost'),
    [REASON_HEADER]: encodeReason(refusal.reason),
    date: new Date().toUTCString(),
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close'
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return `HTTP/1.1 ${refusal.status} ${String(STATUS_CODES[refusal.status])}\r\n${lines.join('\r\n')}\r\n\r\n${body}`
}
