import type { FastifyRequest, onRequestHookHandler } from 'fastify'
import type { AccessTokens, TokenUse } from '../identity/access-tokens.js'
import type { Identity } from '../identity/identity.js'
import { TokenRefusal } from '../identity/token-refusal.js'
import type { OriginOf } from '../origin.js'
import type { Tenants } from '../tenants/tenants.js'
import { setDate } from './date-header.js'
import { invalidAuthenticationToken } from './errors.js'
import type { Behaviour } from '../support/behaviour.js'

const HOW_TO =
  "Send 'Authorization: Bearer readwrite', a token of the default fixture, or mint one: POST /_mock/tokens, or `msgraph-mock token`."

interface Authentication {
  readonly tokens: AccessTokens
  readonly tenants: Tenants
  readonly origin: OriginOf
}

/** The bearer token becomes `request.identity`, and its tenant `request.tenant`; or 401 with a challenge. */
export function authenticate({ tokens, tenants, origin }: Authentication): onRequestHookHandler {
  return (request, reply, done) => {
    const accept = (identity: Identity) => {
      request.identity = identity
      request.tenant = tenants.get(identity.tenantId)
      setDate(reply, tenants, identity.tenantId)
      done()
    }
    const refuse = (error: unknown) => {
      const isRefusal = error instanceof TokenRefusal
      done(isRefusal ? invalidAuthenticationToken(error.message, error.reason, origin(request)) : (error as Error))
    }
    const use: TokenUse = {
      now(tenantId) {
        request.tenantId = tenantId
        return tenants.now(tenantId)
      },
      origin: () => origin(request)
    }
    let identity: Identity | Promise<Identity>
    try {
      identity = tokens.verify(bearerToken(request), use)
    } catch (error) {
      refuse(error)
      return
    }
    if (identity instanceof Promise) identity.then(accept, refuse)
    else accept(identity)
  }
}

/**
 * The token of the `Authorization` header; the scheme is case-insensitive (RFC 9110, 11.1).
 *
 * @throws TokenRefusal `Access token is empty.` without a token (captured, msgraph-sample-reactspa#54)
 */
function bearerToken({ headers, raw }: FastifyRequest): string {
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

export const authenticationSupport: readonly Behaviour[] = [
  {
    behaviour:
      '401 `InvalidAuthenticationToken` with a challenge: no token, malformed, expired, wrong audience, unknown key',
    evidence: 'observed',
    source: 'msgraph-sample-reactspa#54, flutter_appauth#575, mail-archiver#267, microsoft-graph-docs#16208'
  },
  {
    behaviour: 'Text of the 401 for a bad signature, a wrong issuer, a token of the future',
    evidence: 'assumed',
    source: 'no capture'
  }
]
