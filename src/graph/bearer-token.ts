import type { FastifyRequest } from 'fastify'
import type { AccessTokens, KnownToken } from '../identity/access-tokens.js'
import { TokenRefusal } from '../identity/token-refusal.js'

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
}

const HOW_TO =
  "Send 'Authorization: Bearer readwrite', a token of the default fixture, or mint one: POST /_mock/tokens, or `msgraph-mock token`."

/** The bearer token of a request, looked up once. @throws TokenRefusal */
export function bearerOf(request: FastifyRequest, tokens: AccessTokens): Bearer {
  if (request.bearer) return request.bearer
  const token = readToken(request)
  return (request.bearer = { token, known: tokens.known(token) })
}

/** The tenant that the token of a request claims, whether or not it will be accepted. */
export function claimedTenant(request: FastifyRequest, tokens: AccessTokens): string | undefined {
  if (request.headers.authorization === undefined) return undefined
  try {
    const { token, known } = bearerOf(request, tokens)
    return known ? known.facts.identity.tenantId : tokens.claimedTenant(token)
  } catch {
    // Whatever is wrong with it, authentication will say.
    return undefined
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
