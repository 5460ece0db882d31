import { grantExpired, grantInvalid } from '../aadsts-grant.js'
import type { UserGrant } from '../authority.js'
import { PERSONAL_TENANT } from '../identity.js'
import { parseScopes, type ScopeRequest } from '../scopes.js'
import { demandCredential, hostOf, required, scopeText, type Grant } from './grant.js'
import { issueForUser } from './issue.js'

const WHAT = 'refresh token'

/**
 * `refresh_token`: a new access token, of the same resource or another, and a new refresh token. A refresh token is
 * bound to user and client, not to a resource or a tenant (documented).
 */
export const refreshToken: Grant = async (request) => {
  const { authority, tenant, form, client, origin } = request
  const found = authority.refreshTokens.find(required(form, 'refresh_token'))
  if (!found) throw grantInvalid(WHAT, 'This server gave no such refresh token.')
  const { grant, expires } = found
  if (grant.client.appId !== client.client.appId) {
    throw grantInvalid(WHAT, `The refresh token was given to another application, ${grant.client.appId}.`)
  }
  if (authority.now(grant.tenantId) >= expires) throw grantExpired(WHAT)
  demandCredential(request)
  const tenantId = tenant.tenantId ?? grant.tenantId
  if ((tenantId === PERSONAL_TENANT) !== (grant.tenantId === PERSONAL_TENANT)) {
    throw grantInvalid(
      WHAT,
      `The refresh token is for the tenant ${grant.tenantId}; personal and work accounts are apart.`
    )
  }
  const asked = scopeText(request)
  const scope = asked === undefined ? grant.scope : withOpenId(parseScopes(asked, hostOf(origin)), grant)
  return issueForUser(request, { ...grant, tenantId, scope }, { renews: true })
}

/** `openid` and the like stay granted. */
function withOpenId(scope: ScopeRequest, { scope: { openId } }: UserGrant): ScopeRequest {
  return { ...scope, openId: [...new Set([...scope.openId, ...openId])] }
}
