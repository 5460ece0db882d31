/** What is wrong with a request, for dialects that say it in other words. */
export type EngineErrorKind =
  | 'badAnnotation'
  | 'badLiteral'
  | 'badReference'
  | 'badRequest'
  | 'duplicate'
  | 'methodNotAllowed'
  | 'navigationInUpdate'
  | 'notAssignable'
  | 'notAnObject'
  | 'notFound'
  | 'notLinked'
  | 'nullValue'
  | 'abstractType'
  | 'alreadyLinked'
  | 'pageToken'
  | 'tooDeep'
  | 'tooMuch'
  | 'unknownProperty'
  | 'unknownType'
  | 'wrongKind'

export interface ErrorDetail {
  readonly code: string
  readonly message: string
  readonly target: string
}

interface Parts {
  readonly kind: EngineErrorKind
  readonly status: number
  readonly code: string
  /** Sent. */
  readonly message: string
  /** Not sent: what was wanted instead, what may have been meant. */
  readonly reason?: string | undefined
  readonly details?: readonly ErrorDetail[] | undefined
}

/**
 * A request that the engine refuses. Nothing has changed then. Texts are *captured* where it says so; others are
 * *assumed*, most of them from Microsoft's OData library, which Graph's gateway runs on.
 */
export class EngineError extends Error {
  readonly kind: EngineErrorKind
  readonly status: number
  readonly code: string
  readonly reason: string | undefined
  readonly details: readonly ErrorDetail[] | undefined

  constructor({ kind, status, code, message, reason, details }: Parts) {
    super(message)
    this.name = 'EngineError'
    this.kind = kind
    this.status = status
    this.code = code
    this.reason = reason
    this.details = details
  }
}

/** 400 of the gateway. */
export function badRequest(kind: EngineErrorKind, message: string, reason?: string): EngineError {
  return new EngineError({ kind, status: 400, code: 'BadRequest', message, reason })
}

/** 404 (captured: azure-cli's recordings). @param resource what the URL named: a key, or a navigation property that is empty */
export function notFound(resource: string, reason?: string): EngineError {
  return new EngineError({
    kind: 'notFound',
    status: 404,
    code: 'Request_ResourceNotFound',
    message: `Resource '${resource}' does not exist or one of its queried reference-property objects are not present.`,
    reason
  })
}

/** 405 (documented: concepts/json-batching). */
export function methodNotAllowed(reason: string): EngineError {
  return new EngineError({
    kind: 'methodNotAllowed',
    status: 405,
    code: 'Request_BadRequest',
    message: 'Specified HTTP method is not allowed for the request target.',
    reason
  })
}

/** 400 (captured: microsoft-graph-docs#1508, microsoft-graph-docs-contrib#8421). */
export function duplicate(property: string, reason: string): EngineError {
  const message = `Another object with the same value for property ${property} already exists.`
  const details = ['ObjectConflict', 'ConflictingObjects'].map((code) => ({ code, message, target: property }))
  return new EngineError({ kind: 'duplicate', status: 400, code: 'Request_BadRequest', message, reason, details })
}

/** 400 (captured: go-azure-sdk and other clients match it). */
export function alreadyLinked(navigation: string): EngineError {
  return new EngineError({
    kind: 'alreadyLinked',
    status: 400,
    code: 'Request_BadRequest',
    message: `One or more added object references already exist for the following modified properties: '${navigation}'.`
  })
}

/** 400 (captured: go-azure-sdk matches it). */
export function notLinked(navigation: string): EngineError {
  return new EngineError({
    kind: 'notLinked',
    status: 400,
    code: 'Request_BadRequest',
    message: `One or more removed object references do not exist for the following modified properties: '${navigation}'.`
  })
}

/** 400 of the directory; that other services say the same is assumed (text captured: cartography's tests). */
export function badPageToken(): EngineError {
  return new EngineError({
    kind: 'pageToken',
    status: 400,
    code: 'Directory_ExpiredPageToken',
    message: 'The specified page token value has expired and can no longer be included in your request.',
    reason: '$skiptoken is opaque: take it from the @odata.nextLink of the page before, whole.'
  })
}

/** What would cost more than the mock has; code and text are its own. */
export function tooMuch(what: string): EngineError {
  return new EngineError({
    kind: 'tooMuch',
    status: 400,
    code: 'Request_UnsupportedQuery',
    message: 'Unsupported Query.',
    reason: what
  })
}
