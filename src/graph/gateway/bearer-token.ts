import type { FastifyRequest } from 'fastify'
import type { AccessTokens, KnownToken } from '../../identity/access-tokens.js'
import type { Claims } from '../../identity/claims.js'
import { TokenRefusal } from '../../identity/token-refusal.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** What its Authorization header presents, once somebody has looked. */
    bearer: Bearer | undefined
  }
}

export interface Bearer {
  readonly token: string
  /** `undefined` for one that was not verified before. */
  readonly known: KnownToken | undefined
  /** Of one that is not known: its claims, once its signature has verified, else the refusal. */
  readonly claims: Promise<Claims> | undefined
}

/** Whose a request is, as far as its token shows it. */
export interface TokenOwner {
  /** The `tid`, a GUID; `undefined` where there is none. */
  readonly tenantId: string | undefined
  /** The signature did not verify, so that the tenant is but a claim. */
  readonly isUnverified: boolean
}

const NOBODY: TokenOwner = Object.freeze({ tenantId: undefined, isUnverified: false })

const HOW_TO =
  "Send 'Authorization: Bearer readwrite', a token of the default fixture, or mint one: POST /_mock/tokens, or `msgraph-mock token`."

/** The bearer token of a request, looked up once. @throws TokenRefusal */
export function bearerOf(request: FastifyRequest, tokens: AccessTokens): Bearer {
  if (request.bearer) return request.bearer
  const token = readToken(request)
  const known = tokens.known(token)
  const claims = known ? undefined : tokens.signedClaims(token)
  // A request that is answered before its token matters leaves the refusal to nobody.
  claims?.catch(() => undefined)
  return (request.bearer = { token, known, claims })
}

/** Whose a request is, whether or not its token will be accepted: at once, or after the signature of a new token is verified. */
export function tokenOwner(request: FastifyRequest, tokens: AccessTokens): TokenOwner | Promise<TokenOwner> {
  if (request.headers.authorization === undefined) return NOBODY
  try {
    const { token, known, claims } = bearerOf(request, tokens)
    if (known) return { tenantId: known.facts.identity.tenantId, isUnverified: false }
    const tenantId = tokens.claimedTenant(token)
    return (claims as Promise<Claims>).then(
      () => ({ tenantId, isUnverified: false }),
      () => ({ tenantId, isUnverified: true })
    )
  } catch {
    // Whatever is wrong with it, authentication will say.
    return NOBODY
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

/** Node keeps the first of two such headers and drops the other without a word. */
function countOf(name: string, rawHeaders: readonly string[]): number {
  let count = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const header = rawHeaders[at] as string
    if (header.length === name.length && header.toLowerCase() === name) count++
  }
  return count
}
