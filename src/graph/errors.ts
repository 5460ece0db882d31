import type { OutgoingHttpHeaders } from 'node:http'

/** The ids of one request: `request-id` and `client-request-id`. */
export interface RequestIds {
  readonly requestId: string
  readonly clientRequestId: string
}

/** A body other than the envelope. */
export interface AnswerBody {
  /** `undefined` where there is no body. */
  readonly contentType: string | undefined
  readonly text: string
}

interface GraphErrorParts {
  readonly status: number
  readonly code: string
  /** A text, or a function where Intune puts the request's ids into the text. */
  readonly message: string | ((ids: RequestIds) => string)
  /** For `x-mock-reason`, log and journal: what was checked, what it wanted, what came, and how to get it right. */
  readonly reason: string
  readonly headers?: OutgoingHttpHeaders
  /**
   * Intune's model validation repeats the message as the first member of `innerError` (captured,
   * Intune-Config-Frameworks#8).
   */
  readonly repeatsMessage?: boolean
  /** Sent instead of the envelope. */
  readonly body?: AnswerBody
  /** Graph may have the path, and this mock lacks it: the log warns, and the journal lists the request as unmatched. */
  readonly isUnmatched?: boolean
}

/** A refusal in Graph's words. The error handler in `gateway/error-response.ts` turns it into an answer. */
export class GraphError extends Error {
  readonly status: number
  readonly code: string
  readonly reason: string
  readonly headers: OutgoingHttpHeaders
  readonly repeatsMessage: boolean
  readonly body: AnswerBody | undefined
  readonly isUnmatched: boolean
  readonly #message: string | ((ids: RequestIds) => string)

  constructor(parts: GraphErrorParts) {
    const { status, code, message, reason, headers = {}, repeatsMessage = false, body, isUnmatched = false } = parts
    super(reason)
    this.name = 'GraphError'
    this.status = status
    this.code = code
    this.reason = reason
    this.headers = headers
    this.repeatsMessage = repeatsMessage
    this.body = body
    this.isUnmatched = isUnmatched
    this.#message = message
  }

  messageFor(ids: RequestIds): string {
    return typeof this.#message === 'string' ? this.#message : this.#message(ids)
  }
}

/** 400 of the gateway. Its messages are captured unless the caller says otherwise (docs/evidence.md#gateway-errors). */
export function badRequest(message: string, reason: string): GraphError {
  return new GraphError({ status: 400, code: 'BadRequest', message, reason })
}

/** 400, first path segment that the model lacks (captured for v1.0, graph2otel; the segment is the decoded one). */
export function unknownSegment(segment: string, reason: string): GraphError {
  const message = `Resource not found for the segment '${segment}'.`
  return new GraphError({ status: 400, code: 'BadRequest', message, reason, isUnmatched: true })
}

/** 400 (assumed: commonly quoted, never captured for Intune). */
export function invalidVersion(reason: string): GraphError {
  return badRequest('Invalid version.', reason)
}

/** 400, a path whose percent-encoding is malformed (the words of HTTP.sys, assumed). */
export function invalidUrl(): GraphError {
  return badRequest('Bad Request - Invalid URL.', 'The path has a malformed percent-encoding.')
}

/** 400, a method that does not exist, or is in the wrong case (captured, Intune-PowerShell-SDK#62). */
export function requestTypeNotSupported(reason: string): GraphError {
  return badRequest('Request type is not supported.', reason)
}

/** 400 (captured, microsoft-graph-docs#4769). */
export function emptyPayload(reason: string): GraphError {
  return badRequest('Empty Payload. JSON content expected.', reason)
}

/** 400, no JSON or no JSON content type (captured, microsoft-graph-docs#6259). */
export function unreadablePayload(reason: string): GraphError {
  return badRequest(
    'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    reason
  )
}

/** 400, the JSON type does not fit the property (captured on mobile app policies, assumed here). */
export function schemaMismatch(property: string, reason: string): GraphError {
  return badRequest(`Property ${property} in payload has a value that does not match schema.`, reason)
}

/** 400, an `@odata.type` that the model lacks (captured, OpenIntuneBaseline#207). */
export function unresolvableType(typeName: string, reason: string): GraphError {
  return badRequest(
    `A type named '${typeName}' could not be resolved by the model. When a model is available, each type name must resolve to a valid type.`,
    reason
  )
}

/** 403 of Graph itself (documented: learn.microsoft.com/graph/resolve-auth-errors). */
export function insufficientPrivileges(reason: string): GraphError {
  const message = 'Insufficient privileges to complete the operation.'
  return new GraphError({ status: 403, code: 'Authorization_RequestDenied', message, reason })
}

/** 429 of Graph itself (captured, IntuneCD#64). */
export function tooManyRequests(reason: string, headers: OutgoingHttpHeaders): GraphError {
  return new GraphError({ status: 429, code: 'TooManyRequests', message: 'Too many requests.', reason, headers })
}

/** `WWW-Authenticate` of the gateway (captured, microsofthackathons/tdi#24). */
export function challenge(origin: string): string {
  return `Bearer realm="", authorization_uri="${origin}/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"`
}

/**
 * 401 of the gateway with its challenge (captured, microsofthackathons/tdi#24).
 *
 * @param origin where the caller's authority is, put into `authorization_uri`
 */
export function invalidAuthenticationToken(message: string, reason: string, origin: string): GraphError {
  return new GraphError({
    status: 401,
    code: 'InvalidAuthenticationToken',
    message,
    reason,
    headers: { 'www-authenticate': challenge(origin) }
  })
}

/**
 * 403 where a tenant would take more memory than msgraph-mock allows: a status that clients do not retry. The code is
 * documented (learn.microsoft.com/graph/errors); its use here, and the text, are the mock's own.
 */
export function quotaLimitReached(reason: string): GraphError {
  return new GraphError({
    status: 403,
    code: 'quotaLimitReached',
    message: 'The quota limit has been reached.',
    reason
  })
}

/** 413. No capture holds a body; code and text are assumed. */
export function payloadTooLarge(limit: number): GraphError {
  return new GraphError({
    status: 413,
    code: 'RequestEntityTooLarge',
    message: 'The request entity is too large.',
    reason: `The body is larger than ${limit} bytes, the limit of msgraph-mock.`
  })
}

/** 415, so that Kiota's compression handler repeats the request uncompressed. No capture holds a body; text assumed. */
export function unsupportedEncoding(encoding: string): GraphError {
  return new GraphError({
    status: 415,
    code: 'UnsupportedMediaType',
    message: `The content encoding '${encoding}' is not supported.`,
    reason: 'Send the body without Content-Encoding.'
  })
}

/** 505. No capture holds a body; code and text are assumed. @param version such as `HTTP/2.0` */
export function httpVersionNotSupported(version: string): GraphError {
  return new GraphError({
    status: 505,
    code: 'HttpVersionNotSupported',
    message: 'HTTP version not supported.',
    reason: `The request is ${version}; send HTTP/1.1 or HTTP/1.0.`
  })
}

/** 500; the text of the error itself is not shown (assumed, docs/evidence.md#server-errors). */
export function unexpected(): GraphError {
  return new GraphError({
    status: 500,
    code: 'UnknownError',
    message: '',
    reason: 'A bug in msgraph-mock, not in your request: its log has the stack under this request-id. Please report it.'
  })
}
