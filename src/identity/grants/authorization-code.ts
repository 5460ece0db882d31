import type { CodeGrant } from '../authority.js'
import { checkVerifier } from '../pkce.js'
import { grantedScopes, withOpenId } from '../scopes.js'
import { demandCredential, readScopes, scopeText, type Grant, type GrantRequest } from './grant.js'
import { issueForUser } from './issue.js'
import { required } from '../form.js'
import { aadsts } from '../aadsts.js'

const WHAT = 'authorization code'

/**
 * `authorization_code`, with PKCE: redeemed once. MSAL for Go asks for the scopes of OpenID Connect only here, not at
 * the authorization endpoint.
 */
export const authorizationCode: Grant = async (request) => {
  const { form, client, authority } = request
  const code = required(form, 'code')
  const grant = findCode(request, code)
  demandCredential(request)
  const redirectUri = required(form, 'redirect_uri')
  if (redirectUri !== grant.redirectUri) {
    throw aadsts('redirectUriMismatch', {
      redirectUri,
      appId: client.client.appId,
      reason: `The code was requested with the redirect_uri ${grant.redirectUri}.`
    })
  }
  checkVerifier(grant.challenge, form.get('code_verifier'))
  const asked = scopeText(request)
  const scope = asked === undefined ? grant.scope : withOpenId(readScopes(asked, request), grant.scope)
  grantedScopes(client.client, scope)
  authority.codes.setState(code, 'redeemed')
  return issueForUser(request, { ...grant, scope }, { nonce: grant.nonce })
}

function findCode({ authority, tenant, client }: GrantRequest, code: string): CodeGrant {
  const found = authority.codes.find(code)
  if (!found) throw aadsts('grantInvalid', { what: WHAT, reason: 'This server has not issued this code.' })
  if (found === 'forgotten') throw aadsts('grantForgotten', { what: WHAT })
  const { grant, expires, state } = found
  if (grant.appId !== client.client.appId) {
    throw aadsts('grantInvalid', { what: WHAT, reason: `The code was issued to another application, ${grant.appId}.` })
  }
  if (tenant.tenantId !== undefined && tenant.tenantId !== grant.tenantId) {
    throw aadsts('grantInvalid', { what: WHAT, reason: `The code is for the tenant ${grant.tenantId}.` })
  }
  if (state === 'redeemed') throw aadsts('codeAlreadyRedeemed', {})
  if (authority.now(grant.tenantId) >= expires) throw aadsts('grantExpired', { what: WHAT })
  return grant
}
