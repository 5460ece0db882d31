import type { TenantName } from '../identity/directory.js'
import type { Handler } from './handler.js'
import { tenantOf } from './tenant.js'
import { hostOf } from '../lib/hosts.js'

/**
 * `/{tenant}/v2.0/.well-known/openid-configuration`: members and their order as captured by the tests of the Azure SDK
 * for JavaScript, without members for services that msgraph-mock lacks, such as `kerberos_endpoint`.
 */
export const discovery: Handler = (mock, request) => {
  const origin = mock.origin(request)
  const tenant = tenantOf(request, mock.directory, 'invalid_tenant')
  const base = `${origin}/${tenant.name}`
  return document(origin, {
    issuer: `${origin}/${tenant.tenantId ?? '{tenantid}'}/v2.0`,
    keys: `${base}/discovery/v2.0/keys`,
    oauth2: `${base}/oauth2/v2.0`,
    claims: ['preferred_username', 'email']
  })
}

/**
 * `/{tenant}/.well-known/openid-configuration`, of v1: the issuer is that of Graph's access tokens. That UserInfo is the
 * endpoint of v2 is assumed.
 */
export const discoveryV1: Handler = (mock, request) => {
  const origin = mock.origin(request)
  const tenant = tenantOf(request, mock.directory, 'invalid_tenant')
  const base = `${origin}/${tenant.name}`
  return document(origin, {
    issuer: issuerV1(tenant),
    keys: `${base}/discovery/keys`,
    oauth2: `${base}/oauth2`,
    claims: ['upn', 'unique_name']
  })
}

/** The members in which v1 and v2 differ. */
interface VersionParts {
  readonly issuer: string
  readonly keys: string
  /** What the OAuth endpoints are below. */
  readonly oauth2: string
  readonly claims: readonly string[]
}

/**
 * The OpenID Connect features of this authority. Graph is on the same host, except behind Microsoft's own host names;
 * `cloud_graph_host_name` and `rbac_url` name services that msgraph-mock lacks, and that no client of Graph calls.
 */
function document(origin: string, { issuer, keys, oauth2, claims }: VersionParts): object {
  const host = hostOf(origin)
  const graphHost = host === 'login.microsoftonline.com' ? 'graph.microsoft.com' : host
  return {
    token_endpoint: `${oauth2}/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: keys,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    code_challenge_methods_supported: ['S256', 'plain'],
    issuer,
    request_uri_parameter_supported: false,
    userinfo_endpoint: `${origin.slice(0, origin.length - host.length)}${graphHost}/oidc/userinfo`,
    authorization_endpoint: `${oauth2}/authorize`,
    device_authorization_endpoint: `${oauth2}/devicecode`,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    end_session_endpoint: `${oauth2}/logout`,
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nbf', 'nonce', 'name', 'oid', 'tid', 'ver', ...claims],
    tenant_region_scope: null,
    cloud_instance_name: 'microsoftonline.com',
    cloud_graph_host_name: 'graph.windows.net',
    msgraph_host: graphHost,
    rbac_url: 'https://pas.windows.net'
  }
}

/** Tokens of v1 have this issuer; no client calls the URL. */
function issuerV1({ tenantId }: TenantName): string {
  return `https://sts.windows.net/${tenantId ?? '{tenantid}'}/`
}
