import type { Step } from '../../http/steps.js'
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

/** Verifies the bearer token, and sets `request.identity` and `request.tenant`; or refuses with 401 and a challenge. */
export function authenticate({ tokens, tenants, origin }: Authentication): Step {
  return (request, reply) => {
    const accept = (identity: Identity) => {
      request.identity = identity
      request.tenant = tenants.get(identity.tenantId)
      setDate(reply, tenants, identity.tenantId)
    }
    const refuse = (error: unknown): never => {
      if (!(error instanceof TokenRefusal)) throw error
      throw invalidAuthenticationToken(error.message, error.reason, origin(request))
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
      return refuse(error)
    }
    if (identity instanceof Promise) return identity.then(accept, refuse)
    accept(identity)
    return undefined
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
