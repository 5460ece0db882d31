import { codeAlreadyRedeemed, grantExpired, grantInvalid } from '../aadsts-grant.js'
import { redirectUriMismatch } from '../aadsts-client.js'
import type { CodeGrant } from '../authority.js'
import { checkVerifier } from '../pkce.js'
import { grantedScopes, parseScopes } from '../scopes.js'
import { demandCredential, hostOf, required, scopeText, type Grant, type GrantRequest } from './grant.js'
import { issueForUser } from './issue.js'

/** `authorization_code`, with PKCE: redeemed once. */
export const authorizationCode: Grant = async (request) => {
  const grant = findCode(request)
  const { form, client, origin } = request
  demandCredential(request)
  const redirectUri = required(form, 'redirect_uri')
  if (redirectUri !== grant.redirectUri) {
    throw redirectUriMismatch(
      redirectUri,
      client.client.appId,
      `The code was asked for with the redirect_uri ${grant.redirectUri}.`
    )
  }
  checkVerifier(grant.challenge, form.get('code_verifier'))
  const asked = scopeText(request)
  const scope = asked === undefined ? grant.scope : parseScopes(asked, hostOf(origin))
  grantedScopes(client.client, scope)
  grant.isRedeemed = true
  return issueForUser(request, { ...grant, scope: { ...scope, openId: grant.scope.openId } }, { nonce: grant.nonce })
}

function findCode({ authority, form, tenant, client }: GrantRequest): CodeGrant {
  const found = authority.codes.find(required(form, 'code'))
  if (!found) throw grantInvalid('authorization code', 'This server gave no such code.')
  const { grant, expires } = found
  if (grant.client.appId !== client.client.appId) {
    throw grantInvalid('authorization code', `The code was given to another application, ${grant.client.appId}.`)
  }
  if (tenant.tenantId !== undefined && tenant.tenantId !== grant.tenantId) {
    throw grantInvalid('authorization code', `The code is for the tenant ${grant.tenantId}.`)
  }
  if (grant.isRedeemed) throw codeAlreadyRedeemed()
  if (authority.now(grant.tenantId) >= expires) throw grantExpired('authorization code')
  return grant
}
