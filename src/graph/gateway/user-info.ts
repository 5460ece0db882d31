import type { FastifyInstance, RouteHandlerMethod } from 'fastify'
import type { AccessTokens } from '../../identity/access-tokens.js'
import type { Claims } from '../../identity/claims.js'
import type { Tenants } from '../../tenants/tenants.js'
import { bearerOf } from './bearer-token.js'
import { insufficientPrivileges, type GraphError } from '../errors.js'
import { gatewayService } from './gateway-service.js'
import type { Operation } from './operation.js'

/**
 * `GET` and `POST /oidc/userinfo`: OpenID Connect's UserInfo endpoint, which Graph hosts beside its versions, for any
 * user's token with the scope `openid` (documented: learn.microsoft.com/entra/identity-platform/userinfo).
 */
export function userInfoRoute(scope: FastifyInstance, tokens: AccessTokens, tenants: Tenants): void {
  const answer: RouteHandlerMethod = (request, reply) => {
    const { kind, permissions } = request.identity
    if (kind === 'application' || !permissions.includes('openid')) throw withoutOpenId(kind, permissions)
    const claims = tokens.claimsOf(bearerOf(request, tokens).token, (tenantId) => tenants.now(tenantId))
    return reply.type('application/json').send(userInfo(claims, permissions))
  }
  scope.get('/userinfo', answer)
  scope.post('/userinfo', answer)
}

/**
 * The claims about the user that the scopes allow: `name` needs `profile`, `email` needs `email`. Given name, family name and
 * picture are left out, because users of the fixture have none.
 */
function userInfo({ sub, name, email, upn }: Claims, scopes: readonly string[]): object {
  const told = {
    sub,
    ...(scopes.includes('profile') && { name }),
    ...(scopes.includes('email') && { email: email ?? upn })
  }
  return Object.fromEntries(Object.entries(told).filter(([, value]) => typeof value === 'string'))
}

/** 403 of the directory (captured for other paths, microsoft-graph-docs#9219; assumed here). */
function withoutOpenId(kind: string, permissions: readonly string[]): GraphError {
  const held = kind === 'application' ? 'is one of an application' : `holds: ${permissions.join(' ') || 'none'}`
  return insufficientPrivileges(`userinfo needs the scope openid in the token of a user; this one ${held}.`)
}

const common = { name: 'userInfo', path: 'userinfo', service: gatewayService, permissions: 'anyToken' } as const

export const userInfoOperations: readonly Operation[] = [
  {
    ...common,
    kind: 'function',
    method: 'GET',
    support: [
      {
        behaviour: 'UserInfo of OpenID Connect: `sub`, with the scope `profile` also `name`, with `email` also `email`',
        evidence: 'documented',
        source: 'entra/identity-platform/userinfo'
      },
      {
        behaviour: '403 `Authorization_RequestDenied` without the scope `openid`, and for an application',
        evidence: 'assumed',
        source: 'no capture'
      }
    ]
  },
  {
    ...common,
    kind: 'function',
    method: 'POST',
    support: [{ behaviour: 'As `GET`', evidence: 'documented', source: 'entra/identity-platform/userinfo' }]
  }
]
