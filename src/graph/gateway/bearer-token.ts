import type { FastifyRequest } from 'fastify'
import type { AccessTokens, KnownToken } from '../../identity/access-tokens.js'
import type { Claims } from '../../identity/claims.js'
import { TokenRefusal } from '../../identity/token-refusal.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Its bearer token, after the first call of `bearerOf`. */
    bearer: Bearer | undefined
  }
}

export interface Bearer {
  readonly token: string
  /** `undefined` for a token that was not verified before. */
  readonly known: KnownToken | undefined
  /** For a token that is not known: its claims after its signature is verified; rejects with the refusal. */
  readonly claims: Promise<Claims> | undefined
}

/** The tenant of a request, by its token. */
export interface TokenOwner {
  /** The claim `tid`, a GUID; `undefined` without one. */
  readonly tenantId: string | undefined
  /** Whether the signature did not verify, so that the tenant is only claimed. */
  readonly isUnverified: boolean
}

const NO_OWNER: TokenOwner = Object.freeze({ tenantId: undefined, isUnverified: false })

const HOW_TO =
  "Send 'Authorization: Bearer readwrite', a token of the default fixture, or mint one: POST /_mock/tokens, or `msgraph-mock token`."

/** The bearer token of a request, looked up once. @throws TokenRefusal */
export function bearerOf(request: FastifyRequest, tokens: AccessTokens): Bearer {
  if (request.bearer) return request.bearer
  const token = readToken(request)
  const known = tokens.known(token)
  const claims = known ? undefined : tokens.signedClaims(token)
  // Otherwise the rejection would be unhandled where a request is answered before its token is needed.
  claims?.catch(() => undefined)
  return (request.bearer = { token, known, claims })
}

/** The tenant of a request, even if its token will be refused: at once, or after a new token's signature is verified. */
export function tokenOwner(request: FastifyRequest, tokens: AccessTokens): TokenOwner | Promise<TokenOwner> {
  if (request.headers.authorization === undefined) return NO_OWNER
  try {
    const { token, known, claims } = bearerOf(request, tokens)
    if (known) return { tenantId: known.facts.identity.tenantId, isUnverified: false }
    const tenantId = tokens.claimedTenant(token)
    return (claims as Promise<Claims>).then(
      () => ({ tenantId, isUnverified: false }),
      () => ({ tenantId, isUnverified: true })
    )
  } catch {
    // Authentication will refuse it.
    return NO_OWNER
  }
}

/**
 * The token of the `Authorization` header; the scheme is case-insensitive (RFC 9110, 11.1).
 *
 * @throws TokenRefusal `Access token is empty.` without a token (captured, msgraph-sample-reactspa#54)
 */
function readToken({ headers, raw }: FastifyRequest): string {
  const header = headers.authorization
  if (header === undefined)
    throw new TokenRefusal('Access token is empty.', `There is no Authorization header. ${HOW_TO}`)
  if (countOf('authorization', raw.rawHeaders) > 1) {
    throw new TokenRefusal('Access token validation failure.', 'There are two Authorization headers. Send one.')
  }
  const token = header.slice(7).trim()
  if (header.slice(0, 7).toLowerCase() !== 'bearer ' || token === '') {
    throw new TokenRefusal('Access token is empty.', `The Authorization header holds no bearer token. ${HOW_TO}`)
  }
  return token
}

/** Counts in the raw headers, because Node silently drops the second of two such headers. */
function countOf(name: string, rawHeaders: readonly string[]): number {
  let count = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const header = rawHeaders[at] as string
    if (header.length === name.length && header.toLowerCase() === name) count++
  }
  return count
}
