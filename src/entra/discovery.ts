import type { TenantName } from '../identity/directory.js'
import { hostOf } from '../identity/grants/grant.js'
import type { Handler } from './endpoints.js'
import { tenantOf } from './tenant.js'

/** What this authority does of OpenID Connect; members and their order as in Entra's document (facts 8.2). */
const CAPABILITIES = {
  token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
  response_modes_supported: ['query', 'fragment', 'form_post'],
  subject_types_supported: ['pairwise'],
  id_token_signing_alg_values_supported: ['RS256'],
  response_types_supported: ['code'],
  scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
  code_challenge_methods_supported: ['S256', 'plain'],
  request_uri_parameter_supported: false,
  http_logout_supported: true
}

/** `/{tenant}/v2.0/.well-known/openid-configuration` */
export const discovery: Handler = (mock, request) => {
  const origin = mock.origin(request)
  const tenant = tenantOf(request, mock.directory, 'invalid_tenant')
  const base = `${origin}/${tenant.name}`
  return {
    ...CAPABILITIES,
    ...cloud(origin),
    token_endpoint: `${base}/oauth2/v2.0/token`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    issuer: `${origin}/${tenant.tenantId ?? '{tenantid}'}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    claims_supported: claims(['preferred_username', 'email'])
  }
}

/** `/{tenant}/.well-known/openid-configuration`, of v1: the issuer is that of Graph's access tokens. */
export const discoveryV1: Handler = (mock, request) => {
  const origin = mock.origin(request)
  const tenant = tenantOf(request, mock.directory, 'invalid_tenant')
  const base = `${origin}/${tenant.name}`
  return {
    ...CAPABILITIES,
    ...cloud(origin),
    token_endpoint: `${base}/oauth2/token`,
    jwks_uri: `${base}/discovery/keys`,
    issuer: issuerV1(tenant),
    authorization_endpoint: `${base}/oauth2/authorize`,
    device_authorization_endpoint: `${base}/oauth2/devicecode`,
    end_session_endpoint: `${base}/oauth2/logout`,
    claims_supported: claims(['upn', 'unique_name'])
  }
}

/** The only name of Microsoft's here: tokens carry it, and no client calls it. */
function issuerV1({ tenantId }: TenantName): string {
  return `https://sts.windows.net/${tenantId ?? '{tenantid}'}/`
}

/** Graph is on the same host, unless this server goes by Microsoft's names. */
function cloud(origin: string): object {
  const host = hostOf(origin)
  return {
    tenant_region_scope: null,
    cloud_instance_name: 'microsoftonline.com',
    msgraph_host: host === 'login.microsoftonline.com' ? 'graph.microsoft.com' : host
  }
}

function claims(own: readonly string[]): string[] {
  return ['sub', 'iss', 'aud', 'exp', 'iat', 'nbf', 'nonce', 'name', 'oid', 'tid', 'ver', ...own]
}
