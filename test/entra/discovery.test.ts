import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose'
import t from 'tap'
import { refused, TENANT, testAuthority, UNKNOWN } from './authority.js'

const PERSONAL = '9188040d-6c67-4c5b-b112-36a304b66dad'

t.test('discovery document', async (t) => {
  const { app } = await testAuthority(t)
  const document = async (tenant: string, path = 'v2.0/.well-known/openid-configuration', host = 'localhost:8365') =>
    (await app.inject({ url: `/${tenant}/${path}`, headers: { host } })).json<Record<string, unknown>>()

  const body = await document(TENANT.toUpperCase())
  const base = `http://localhost:8365/${TENANT}`
  t.match(body, {
    issuer: `${base}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    userinfo_endpoint: 'http://localhost:8365/oidc/userinfo',
    frontchannel_logout_supported: true,
    cloud_graph_host_name: 'graph.windows.net',
    msgraph_host: 'localhost:8365',
    rbac_url: 'https://pas.windows.net'
  })
  t.strictSame(
    Object.keys(body).join(' '),
    'token_endpoint token_endpoint_auth_methods_supported jwks_uri response_modes_supported subject_types_supported id_token_signing_alg_values_supported response_types_supported scopes_supported code_challenge_methods_supported issuer request_uri_parameter_supported userinfo_endpoint authorization_endpoint device_authorization_endpoint http_logout_supported frontchannel_logout_supported end_session_endpoint claims_supported tenant_region_scope cloud_instance_name cloud_graph_host_name msgraph_host rbac_url',
    'in the order of Entra'
  )
  const issuers: [string, string][] = [
    ['contoso.example', `${base}/v2.0`],
    ['common', 'http://localhost:8365/{tenantid}/v2.0'],
    ['Organizations', 'http://localhost:8365/{tenantid}/v2.0'],
    ['consumers', `http://localhost:8365/${PERSONAL}/v2.0`]
  ]
  for (const [tenant, issuer] of issuers) t.equal((await document(tenant))['issuer'], issuer)
  const v1 = '.well-known/openid-configuration'
  t.match(await document(TENANT, v1), {
    issuer: `https://sts.windows.net/${TENANT}/`,
    authorization_endpoint: `${base}/oauth2/authorize`,
    token_endpoint: `${base}/oauth2/token`,
    device_authorization_endpoint: `${base}/oauth2/devicecode`,
    end_session_endpoint: `${base}/oauth2/logout`,
    jwks_uri: `${base}/discovery/keys`,
    userinfo_endpoint: 'http://localhost:8365/oidc/userinfo'
  })
  t.equal((await document('common', v1))['issuer'], 'https://sts.windows.net/{tenantid}/')
  const mapped = await document(TENANT, undefined, 'login.microsoftonline.com')
  t.match(mapped, { msgraph_host: 'graph.microsoft.com', jwks_uri: /^http:\/\/login\.microsoftonline\.com\// })

  t.test('unknown tenant', async (t) => {
    for (const path of ['v2.0/.well-known/openid-configuration', v1]) {
      refused(t, await app.inject(`/nosuch/${path}`), 400, 'invalid_tenant', 90002)
    }
    refused(t, await app.inject('/nosuch/discovery/v2.0/keys'), 400, 'invalid_request', 90002)
  })

  t.test('the public URL wins', async (t) => {
    const published = await testAuthority(t, { publicUrl: 'https://graph.example:444' })
    const answer = await published.app.inject(`/${TENANT}/v2.0/.well-known/openid-configuration`)
    t.equal(answer.json<{ issuer: string }>().issuer, `https://graph.example:444/${TENANT}/v2.0`)
  })
})

t.test('keys verify the tokens', async (t) => {
  const { app, token } = await testAuthority(t)
  for (const path of ['discovery/v2.0/keys', 'discovery/keys']) {
    const keys = (await app.inject(`/${TENANT}/${path}`)).json<JSONWebKeySet>()
    t.match(keys, { keys: [{ kty: 'RSA', use: 'sig', kid: String, x5t: String, n: String, e: 'AQAB' }] })
    t.strictSame(Object.keys(keys.keys[0] ?? {}), ['kty', 'use', 'kid', 'x5t', 'n', 'e'])
    const form = { grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default', ...UNKNOWN }
    const { access_token } = (await token(form)).json<{ access_token: string }>()
    t.equal((await jwtVerify(access_token, createLocalJWKSet(keys))).payload['tid'], TENANT)
  }
})

t.test('instance discovery', async (t) => {
  const { app } = await testAuthority(t)
  const ask = (endpoint: string, rest = '&api-version=1.1') =>
    app.inject(`/common/discovery/instance?authorization_endpoint=${encodeURIComponent(endpoint)}${rest}`)
  t.strictSame((await ask(`http://localhost:80/${TENANT}/oauth2/v2.0/authorize`)).json(), {
    tenant_discovery_endpoint: `http://localhost:80/${TENANT}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: 'localhost', preferred_cache: 'localhost', aliases: ['localhost'] }]
  })
  t.match((await ask('https://login.windows.net/', '')).json(), {
    tenant_discovery_endpoint: 'http://localhost:80/common/v2.0/.well-known/openid-configuration',
    metadata: [{ preferred_network: 'login.microsoftonline.com', preferred_cache: 'login.windows.net' }]
  })
  refused(t, await ask('https://evil.example/x'), 400, 'invalid_instance', 50049, /evil\.example/)
  refused(t, await ask('x'), 400, 'invalid_instance', 50049)
  refused(t, await app.inject('/common/discovery/instance'), 400, 'invalid_request', 900144)
})

t.test('user realm', async (t) => {
  const { app } = await testAuthority(t)
  const realm = async (user: string) =>
    (await app.inject(`/common/userrealm/${encodeURIComponent(user)}?api-version=1.0`)).json<object>()
  t.match(await realm('Somebody@Contoso.Example'), {
    ver: '1.0',
    account_type: 'Managed',
    domain_name: 'contoso.example'
  })
  t.match(await realm('cf3bb5e1-0f50-4a5b-9a54-7d3f1c6a2b11'), { account_type: 'Managed' })
  t.match(await realm('x@y'), { account_type: 'Unknown', cloud_instance_name: 'microsoftonline.com' })
})

t.test('CORS, for MSAL Browser', async (t) => {
  const { app } = await testAuthority(t)
  const headers = { origin: 'http://localhost:3000' }
  for (const path of ['v2.0/.well-known/openid-configuration', 'discovery/v2.0/keys', 'oauth2/v2.0/token']) {
    t.equal((await app.inject({ url: `/${TENANT}/${path}`, headers })).headers['access-control-allow-origin'], '*')
    const preflight = await app.inject({
      method: 'OPTIONS',
      url: `/${TENANT}/${path}`,
      headers: { ...headers, 'access-control-request-method': 'POST' }
    })
    t.equal(preflight.statusCode, 204)
    t.equal(preflight.headers['access-control-allow-methods'], 'POST')
  }
})

t.test('paths', async (t) => {
  const { app, token } = await testAuthority(t)
  t.equal((await app.inject('/COMMON/V2.0/.well-known/OpenID-Configuration/')).statusCode, 200)
  t.equal((await app.inject('/common//v2.0/.well-known/openid-configuration')).statusCode, 200)
  t.equal((await token({ grant_type: 'x' }, 'Common')).statusCode, 400)
  for (const path of ['/nosuch', '/nosuch/oauth2', `/${TENANT}/oauth2/v2.0/nosuch`, `/${TENANT}`]) {
    const answer = await app.inject(path)
    t.equal(answer.json<{ error: { message: string } }>().error.message, 'Invalid version.')
  }
  const graph = await app.inject({ method: 'POST', url: '/beta/oauth2/v2.0/token' })
  t.equal(graph.statusCode, 401, 'below a version of Graph the authority has no paths')
  t.equal((await app.inject('/_mock/oauth2/v2.0/token')).statusCode, 404)
})
