import type { UserGrant } from './authority.js'
import { pairwiseSubject } from './claims.js'
import type { GrantRequest } from './grants/grant.js'

/** Seconds: backdated five minutes, valid for an hour, as captured access tokens are. */
const BACKDATED = 300
const LIFETIME = 3600

/**
 * An id token for the client: v2 with this authority as the issuer, which MSAL compares with the discovery document, or
 * v1 from sts.windows.net (claims documented: id-token-claims-reference).
 */
export async function idToken(
  { authority, origin, version, client: { client } }: GrantRequest,
  { tenantId, subject, scope }: UserGrant,
  nonce: string | undefined
): Promise<string> {
  const issued = Math.floor(authority.now(tenantId) / 1000) - BACKDATED
  const { userPrincipalName } = subject
  const common = {
    aud: client.appId,
    iss: version === 1 ? `https://sts.windows.net/${tenantId}/` : `${origin}/${tenantId}/v2.0`,
    iat: issued,
    nbf: issued,
    exp: issued + BACKDATED + LIFETIME,
    name: subject.displayName,
    ...(nonce !== undefined && { nonce }),
    oid: subject.id,
    sub: pairwiseSubject(subject, client.appId, tenantId),
    tid: tenantId,
    uti: authority.random.uuid()
  }
  const claims =
    version === 1
      ? { ...common, amr: ['pwd'], unique_name: userPrincipalName, upn: userPrincipalName, ver: '1.0' }
      : {
          ...common,
          preferred_username: userPrincipalName,
          ...(scope.openId.includes('email') && { email: userPrincipalName }),
          ver: '2.0'
        }
  const [key, { mint }] = await Promise.all([authority.tokens.signingKey(), import('./mint.js')])
  return mint(claims, 'valid', key)
}

/** `client_info`, by which MSAL identifies the account (documented: source code of MSAL). */
export function clientInfo({ subject, tenantId }: Pick<UserGrant, 'subject' | 'tenantId'>): string {
  return Buffer.from(JSON.stringify({ uid: subject.id, utid: tenantId })).toString('base64url')
}
