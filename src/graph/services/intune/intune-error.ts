import type { OutgoingHttpHeaders } from 'node:http'
import { GraphError, type RequestIds } from '../../errors.js'
import type { IntuneRoute } from '../../gateway/request-context.js'

const STATUS_OF_CODE = { Forbidden: 403, Conflict: 409, TooManyRequests: 429 } as const

/**
 * An error of Intune itself. Its message is an indented JSON document with CRLF, in the key order of the captures
 * (CIS-Microsoft-365-Foundations-Benchmark#14, 2026-02-24); the code is the HTTP reason word.
 */
export function intuneError(
  code: keyof typeof STATUS_OF_CODE,
  text: string,
  route: IntuneRoute,
  reason: string,
  headers: OutgoingHttpHeaders = {}
): GraphError {
  return new GraphError({
    status: STATUS_OF_CODE[code],
    code,
    message: (ids) => nestedMessage(text, route, ids),
    reason,
    headers
  })
}

/** @param httpHeaders JSON text of headers that Intune puts into the message */
export function nestedMessage(
  text: string,
  { path }: Pick<IntuneRoute, 'path'>,
  { clientRequestId }: RequestIds,
  httpHeaders = '{}'
): string {
  const message = [
    text,
    'Operation ID (for customer support): 00000000-0000-0000-0000-000000000000',
    `Activity ID: ${clientRequestId}`,
    `Url: https://proxy.amsub0502.manage.microsoft.com${path}?api-version=5026-01-10`
  ].join(' - ')
  const nested = {
    _version: 3,
    Message: message,
    CustomApiErrorPhrase: '',
    RetryAfter: null,
    ErrorSourceService: '',
    HttpHeaders: httpHeaders
  }
  return JSON.stringify(nested, undefined, 2).replaceAll('\n', '\r\n')
}
