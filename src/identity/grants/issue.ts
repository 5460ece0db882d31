import type { UserGrant } from '../authority.js'
import { EVERY_PERMISSION, userClaims } from '../claims.js'
import type { AuthenticatedClient } from '../client-authentication.js'
import { PERSONAL_TENANT } from '../identity.js'
import { clientInfo, idToken } from '../id-token.js'
import { isApiOf, type Client } from '../directory.js'
import { subjectOf } from '../subject.js'
import type { TokenRequest } from '../token-request.js'
import { answeredScope, audienceOf, grantedScopes, type ScopeRequest } from '../scopes.js'
import type { GrantRequest, TokenAnswer } from './grant.js'

/** Milliseconds: 90 days without use (documented). */
const REFRESH_TOKEN_LIFETIME = 90 * 24 * 3600 * 1000

/** Claim `appidacr`: how the client authenticated (documented). */
const APPIDACR = { none: '0', secret: '1', certificate: '2' } as const satisfies Record<
  AuthenticatedClient['credential'],
  string
>

/** The answer to `client_credentials`: only an access token, with roles, for Graph or the application's own API. */
export async function issueToApplication(
  { authority, client: { client, credential } }: GrantRequest,
  tenantId: string,
  scope: ScopeRequest
): Promise<TokenAnswer> {
  const { access_token, expires_in } = await authority.mintToken({
    tenantId,
    kind: 'application',
    appId: client.appId,
    roles: scope.isGraph || isApiOf(client.registration, scope.resource) ? [...client.roles] : [],
    audience: audienceOf(scope, true),
    ...faultsOf(client),
    claims: {
      app_displayname: client.displayName,
      appidacr: APPIDACR[credential],
      ...(scope.isGraph && client.hasEveryRole && EVERY_PERMISSION)
    }
  })
  return { token_type: 'Bearer', expires_in, ext_expires_in: expires_in, access_token }
}

/**
 * The answer to a grant of a user: an access token with scopes, an id token for `openid`, a refresh token for
 * `offline_access`; v1 always gives both. Only tokens for Graph have the scopes of OpenID Connect.
 *
 * @throws AadstsError 65001, before anything is issued
 */
export async function issueForUser(
  request: GrantRequest,
  grant: UserGrant,
  { nonce, renews = false }: { nonce?: string | undefined; renews?: boolean } = {}
): Promise<TokenAnswer> {
  const { authority, client, version, form } = request
  const { tenantId, subject, scope } = grant
  const { openId, isGraph } = scope
  const granted = grantedScopes(client.client, scope)
  const { access_token, expires_in } = await authority.mintToken({
    tenantId,
    kind: tenantId === PERSONAL_TENANT ? 'personal' : 'delegated',
    appId: client.client.appId,
    scopes: [...granted, ...(isGraph ? openId.filter((name) => name !== 'offline_access') : [])],
    audience: audienceOf(scope, false),
    ...faultsOf(client.client),
    claims: {
      ...userClaims(subject, client.client.appId, tenantId),
      app_displayname: client.client.displayName,
      appidacr: APPIDACR[client.credential],
      ...(isGraph && scope.names[0] === '.default' && client.client.hasEveryScope && EVERY_PERMISSION)
    }
  })
  const wants = (name: string) => version === 1 || openId.includes(name)
  return {
    token_type: 'Bearer',
    scope: answeredScope(scope, granted),
    expires_in,
    ext_expires_in: expires_in,
    access_token,
    ...((renews || wants('offline_access')) && { refresh_token: refreshToken(request, grant) }),
    ...(wants('openid') && { id_token: await idToken(request, grant, nonce) }),
    ...(form.get('client_info') === '1' && { client_info: clientInfo(grant) })
  }
}

/** The fault rules that the fixture gives an application, for its tokens. */
function faultsOf({ registration: { faults } }: Client): Pick<TokenRequest, 'faults'> {
  return faults ? { faults } : {}
}

/** A new one at every use; Entra does not revoke the one before (documented). */
function refreshToken({ authority }: GrantRequest, { appId, tenantId, subject, scope }: UserGrant): string {
  const expires = authority.now(tenantId) + REFRESH_TOKEN_LIFETIME
  return authority.refreshTokens.add({ appId, tenantId, subject: subjectOf(subject), scope }, expires)
}
