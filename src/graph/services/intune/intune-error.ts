import type { OutgoingHttpHeaders } from 'node:http'
import { GraphError, type RequestIds } from '../../errors.js'

/** The text of Intune's nested messages that have no other one (captured, WindowsAutopilotInfo#29). */
export const AN_ERROR = 'An error has occurred'

const STATUS_OF_CODE = { Forbidden: 403, Conflict: 409, TooManyRequests: 429 } as const

/**
 * An error of Intune itself. Its message is an indented JSON document with CRLF, in the key order of the captures
 * (CIS-Microsoft-365-Foundations-Benchmark#14, 2026-02-24); the code is the reason phrase in one word.
 *
 * @param backendPath see `IntuneService.backendPath`
 */
export function intuneError(
  code: keyof typeof STATUS_OF_CODE,
  text: string,
  backendPath: string,
  reason: string,
  headers: OutgoingHttpHeaders = {}
): GraphError {
  return new GraphError({
    status: STATUS_OF_CODE[code],
    code,
    message: (ids) => nestedMessage(text, backendPath, ids),
    reason,
    headers
  })
}

/** @param httpHeaders JSON text of headers that Intune puts into the message */
export function nestedMessage(
  text: string,
  backendPath: string,
  { clientRequestId }: RequestIds,
  httpHeaders = '{}'
): string {
  const message = [
    text,
    'Operation ID (for customer support): 00000000-0000-0000-0000-000000000000',
    `Activity ID: ${clientRequestId}`,
    `Url: https://proxy.amsub0502.manage.microsoft.com${backendPath}?api-version=5026-01-10`
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

/** 400 of Intune's model validation (shape captured, Intune-PowerShell-SDK#97). */
export function modelValidationFailure(message: string, reason: string): GraphError {
  return new GraphError({ status: 400, code: 'ModelValidationFailure', message, reason, repeatsMessage: true })
}

/** 400, not 405, for a verb that an Intune path has no route for (captured, microsoft-graph-docs-contrib#98). */
export function noMethodMatch(verb: string, template: string, backendPath: string, reason: string): GraphError {
  return new GraphError({
    status: 400,
    code: 'No method match route template',
    message: `No OData route exists that match template ${template} with http verb ${verb} for request ${backendPath}.`,
    reason
  })
}
