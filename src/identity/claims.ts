import { stableGuid } from '../lib/guid.js'
import { PERSONAL_TENANT } from './identity.js'
import type { Subject } from './subject.js'
import type { TokenRequest } from './token-request.js'

export const GRAPH_AUDIENCE = 'https://graph.microsoft.com'
export const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000'

/** `expires_in` that Entra answers (documented: concepts/auth-v2-service.md). */
export const DEFAULT_LIFETIME = 3599
/** Seconds by which `iat` and `nbf` are backdated: captured tokens live 3900 s, one hour and five minutes. */
const BACKDATED = 300

export type Claims = Readonly<Record<string, unknown>>

export interface ClaimDefaults {
  readonly tenantId: string
  readonly appId: string
  readonly appName: string
  /** The user of a delegated token. */
  readonly user: Subject
  /** The permissions of a request without `scopes` or `roles`. */
  readonly permissions: readonly string[]
}

/**
 * The claims of a real v1 access token for Graph: delegated as captured in 2020, app-only as captured in 2024. `roles`
 * and `scp` are absent, not empty, when nothing is granted.
 *
 * @param now seconds since 1970
 */
export function accessTokenClaims(
  request: TokenRequest,
  defaults: ClaimDefaults,
  now: number,
  tokenId: string
): Record<string, unknown> {
  const kind = request.kind ?? 'delegated'
  const tenantId = kind === 'personal' ? PERSONAL_TENANT : defaults.tenantId
  const issuer = request.issuer ?? `https://sts.windows.net/${tenantId}/`
  const expires = now + (request.expiresIn ?? DEFAULT_LIFETIME)
  const issued = Math.min(now, expires) - BACKDATED
  const appId = request.appId ?? defaults.appId
  const common = {
    aud: request.audience ?? (kind === 'application' ? GRAPH_AUDIENCE : GRAPH_APP_ID),
    iss: issuer,
    iat: issued,
    nbf: issued,
    exp: expires
  }
  const claims =
    kind === 'application'
      ? { ...common, ...applicationClaims(request.roles ?? defaults.permissions, appId, tenantId, issuer) }
      : {
          ...common,
          ...scopeClaims(request.scopes ?? defaults.permissions),
          ...userClaims(defaults.user, appId, tenantId)
        }
  return withOverrides(
    {
      ...claims,
      app_displayname: defaults.appName,
      tid: tenantId,
      uti: tokenId,
      ver: '1.0',
      ...(request.faults && request.faults.length > 0 && { mock_faults: request.faults })
    },
    request.claims ?? {}
  )
}

function applicationClaims(roles: readonly string[], appId: string, tenantId: string, issuer: string): object {
  const servicePrincipal = stableGuid(`servicePrincipal:${tenantId}:${appId}`)
  return {
    appid: appId,
    appidacr: '1',
    idp: issuer,
    idtyp: 'app',
    oid: servicePrincipal,
    ...(roles.length > 0 && { roles }),
    sub: servicePrincipal
  }
}

function scopeClaims(scopes: readonly string[]): object {
  return { acct: 0, acr: '1', appidacr: '0', idtyp: 'user', ...(scopes.length > 0 && { scp: scopes.join(' ') }) }
}

/** The claims of access tokens about a user; `sub` is pairwise: another one for each application. */
export function userClaims(user: Subject, appId: string, tenantId: string): Record<string, unknown> {
  return {
    amr: ['pwd'],
    appid: appId,
    name: user.displayName,
    oid: user.id,
    sub: pairwiseSubject(user, appId, tenantId),
    unique_name: user.userPrincipalName,
    upn: user.userPrincipalName
  }
}

/** The claim `sub` of a user. */
export function pairwiseSubject({ id }: Subject, appId: string, tenantId: string): string {
  return stableGuid(`subject:${tenantId}:${appId}:${id}`)
}

function withOverrides(claims: Record<string, unknown>, overrides: Claims): Record<string, unknown> {
  const merged = Object.entries({ ...claims, ...overrides })
  return Object.fromEntries(merged.filter(([, value]) => value !== null))
}
