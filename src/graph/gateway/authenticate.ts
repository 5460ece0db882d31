import type { onRequestHookHandler } from 'fastify'
import type { AccessTokens, TokenUse } from '../../identity/access-tokens.js'
import type { Identity } from '../../identity/identity.js'
import { TokenRefusal } from '../../identity/token-refusal.js'
import type { OriginOf } from '../../http/origin.js'
import type { Tenants } from '../../tenants/tenants.js'
import { bearerOf } from './bearer-token.js'
import { setDate } from './date-header.js'
import { invalidAuthenticationToken } from '../errors.js'
import type { Behaviour } from '../../support/behaviour.js'

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
      try {
        request.tenant = tenants.get(identity.tenantId)
      } catch (error) {
        done(error as Error)
        return
      }
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
      const { token, known, claims } = bearerOf(request, tokens)
      identity = tokens.verify(token, use, known, claims)
    } catch (error) {
      refuse(error)
      return
    }
    if (identity instanceof Promise) identity.then(accept, refuse)
    else accept(identity)
  }
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
