import { PERSONAL_TENANT } from '../identity.js'
import { withOpenId } from '../scopes.js'
import { demandCredential, readScopes, scopeText, type Grant } from './grant.js'
import { issueForUser } from './issue.js'
import { required } from '../form.js'
import { aadsts } from '../aadsts.js'

const WHAT = 'refresh token'

/**
 * `refresh_token`: a new access token, of the same resource or another, and a new refresh token. A refresh token is
 * bound to user and client, not to a resource or a tenant (documented).
 */
export const refreshToken: Grant = async (request) => {
  const { authority, tenant, form, client } = request
  const found = authority.refreshTokens.find(required(form, 'refresh_token'))
  if (!found) throw aadsts('grantInvalid', { what: WHAT, reason: 'This server has not issued this refresh token.' })
  if (found === 'forgotten') throw aadsts('grantForgotten', { what: WHAT })
  const { grant, expires } = found
  if (grant.appId !== client.client.appId) {
    throw aadsts('grantInvalid', {
      what: WHAT,
      reason: `The refresh token was issued to another application, ${grant.appId}.`
    })
  }
  if (authority.now(grant.tenantId) >= expires) throw aadsts('grantExpired', { what: WHAT })
  demandCredential(request)
  const tenantId = tenant.tenantId ?? grant.tenantId
  if ((tenantId === PERSONAL_TENANT) !== (grant.tenantId === PERSONAL_TENANT)) {
    throw aadsts('grantInvalid', {
      what: WHAT,
      reason: `The refresh token is for the tenant ${grant.tenantId}; a personal account cannot get a token of a work tenant, or the other way round.`
    })
  }
  const asked = scopeText(request)
  const scope = asked === undefined ? grant.scope : withOpenId(readScopes(asked, request), grant.scope)
  return issueForUser(request, { ...grant, tenantId, scope }, { renews: true })
}
