/** The `error` values of RFC 6749, RFC 8628, OpenID Connect and Entra that stand in refusals here. */
export type OAuthErrorName =
  | 'access_denied'
  | 'authorization_declined'
  | 'authorization_pending'
  | 'bad_verification_code'
  | 'expired_token'
  | 'interaction_required'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_instance'
  | 'invalid_request'
  | 'invalid_resource'
  | 'invalid_scope'
  | 'invalid_tenant'
  | 'login_required'
  | 'server_error'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'

interface AadstsErrorParts {
  readonly error: OAuthErrorName
  /** The digits behind `AADSTS`. */
  readonly number: number
  /** Entra's own words. */
  readonly text: string
  /** What was checked, what it wanted, what came, and how to get it right. For `x-mock-reason` and the log. */
  readonly reason: string
  readonly suberror?: string
}

const CONTROL_CHARACTERS = /[\p{Cc}\u2028\u2029]+/gu

/** A refusal in Entra's words. Knows no HTTP: `src/entra/error-response.ts` turns it into an answer. */
export class AadstsError extends Error {
  readonly error: OAuthErrorName
  readonly number: number
  readonly reason: string
  readonly suberror: string | undefined

  constructor({ error, number, text, reason, suberror }: AadstsErrorParts) {
    // What callers sent stands in some texts, and RFC 6749, 5.2, has no control characters in a description.
    super(`AADSTS${number}: ${text.replace(CONTROL_CHARACTERS, ' ')}`)
    this.name = 'AadstsError'
    this.error = error
    this.number = number
    this.reason = reason
    this.suberror = suberror
  }
}
