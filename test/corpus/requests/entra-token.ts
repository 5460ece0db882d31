// The token endpoint: what is wrong with requests, and the grants that need one request only.
import { DEFAULT_TENANT, READ, TENANT, WRITE } from '../common.js'
import { ask, graph, on, type Step } from '../step.js'

const GRAPH = 'https://graph.microsoft.com'
const SCOPE = `${GRAPH}/${WRITE}`
const CONTOSO = { client_id: '11112222-bbbb-3333-cccc-4444dddd5555', client_secret: 'contoso-autopilot-secret' }
const UNKNOWN = { client_id: '0f0f0f0f-1111-4222-8333-444455556666', client_secret: 'whatever' }
const PUBLIC = { client_id: UNKNOWN.client_id }
const APP = { grant_type: 'client_credentials', scope: `${GRAPH}/.default` }
const PASSWORD = { grant_type: 'password', username: 'adele.vance@contoso.example', password: 'adele', scope: SCOPE }
const OBO = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer' }

type Form = Record<string, string>
const token = (name: string, form: Form, tenant = DEFAULT_TENANT, options: Parameters<typeof ask>[2] = {}) =>
  ask(name, `POST /${tenant}/oauth2/v2.0/token`, { form, ...options })
const v1 = (name: string, form: Form, tenant = DEFAULT_TENANT) => ask(name, `POST /${tenant}/oauth2/token`, { form })
const basic = (id: string, secret: string) => ({
  headers: { Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` }
})

const grants: (Step | Step[])[] = [
  [
    token('an application', { ...APP, ...UNKNOWN }, DEFAULT_TENANT, { keep: { token: 'access_token' } }),
    graph('an application: its token at Graph', 'GET /beta/deviceManagement/windowsAutopilotSettings', {
      token: '{{token}}'
    })
  ],
  token('a registered application', { ...APP, ...CONTOSO }),
  token('an application of a domain', { ...APP, ...UNKNOWN }, 'Contoso.example'),
  token('an application of another tenant', { ...APP, ...UNKNOWN }, TENANT),
  token('an application and another resource', { ...APP, ...UNKNOWN, scope: 'api://mine/.default' }),
  token("an application and Graph's id", {
    ...APP,
    ...UNKNOWN,
    scope: '00000003-0000-0000-c000-000000000000/.default'
  }),
  token('an application and this server', { ...APP, ...UNKNOWN, scope: 'http://localhost:8365/.default' }),
  token('an application and a slash too many', { ...APP, ...UNKNOWN, scope: `${GRAPH}//.default` }),
  token('HTTP Basic', APP, DEFAULT_TENANT, basic(UNKNOWN.client_id, 'a%2Bb')),
  v1('an application, v1', { grant_type: 'client_credentials', ...UNKNOWN, resource: GRAPH }),
  v1('an application, v1 with a scope', { ...APP, ...UNKNOWN }),
  [
    token('a password', { ...PASSWORD, ...PUBLIC }, DEFAULT_TENANT, { keep: { token: 'access_token' } }),
    graph('a password: its token at Graph', 'GET /beta/deviceManagement/windowsAutopilotSettings', {
      token: '{{token}}'
    })
  ],
  token('a password with everything', {
    ...PASSWORD,
    ...PUBLIC,
    scope: `openid profile email offline_access ${SCOPE}`,
    client_info: '1'
  }),
  token('a password of another tenant', { ...PASSWORD, ...PUBLIC }, TENANT),
  token('a password on organizations', { ...PASSWORD, ...PUBLIC }, 'organizations'),
  token('a user by its id and any password', {
    ...PASSWORD,
    ...PUBLIC,
    username: '7e2c8a94-35d1-4f6e-8b0a-2d9e6f4c1b22',
    password: 'x'
  }),
  token('a user in another case', { ...PASSWORD, ...PUBLIC, username: 'ADELE.vance@contoso.example' }),
  token('a registered application and a password', { ...PASSWORD, ...CONTOSO, scope: 'user.read' }),
  token('.default of a registered application', { ...PASSWORD, ...CONTOSO, scope: `${GRAPH}/.default openid` }),
  token('.default of an unknown application', { ...PASSWORD, ...PUBLIC, scope: '.default' }),
  token('scopes of another API', { ...PASSWORD, ...PUBLIC, scope: 'api://mine/access_as_user' }),
  token('.default of another API', { ...PASSWORD, ...PUBLIC, scope: 'api://mine/.default' }),
  token('openid alone', { ...PASSWORD, ...PUBLIC, scope: 'openid' }),
  v1('a password, v1', { ...PASSWORD, ...PUBLIC, scope: '', resource: `${GRAPH}/` })
]

const wrong: Step[] = [
  token('nothing', {}),
  token('no client_id', APP),
  token('an empty client_id', { ...APP, client_id: '' }),
  ask('a long parameter', `POST /common/oauth2/v2.0/token`, { form: { scope: 'x'.repeat(20_000) } }),
  ask('a parameter twice', `POST /common/oauth2/v2.0/token`, {
    body: 'scope=a&scope=b',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' }
  }),
  token('an unknown tenant', { ...APP, ...UNKNOWN }, 'nosuch'),
  token('an unknown grant', { grant_type: 'magic', ...UNKNOWN }),
  token('no credential', { ...APP, ...PUBLIC }),
  ...['common', 'organizations', 'consumers'].map((tenant) =>
    token(`an application on ${tenant}`, { ...APP, ...UNKNOWN }, tenant)
  ),
  token('no scope', { ...APP, ...UNKNOWN, scope: '' }),
  token('an application and a scope without .default', { ...APP, ...UNKNOWN, scope: SCOPE }),
  token('an application and two scopes', { ...APP, ...UNKNOWN, scope: 'a/.default b/.default' }),
  token('an application and a scope of blanks', { ...APP, ...UNKNOWN, scope: ' ' }),
  token('an application and odd characters', { ...APP, ...UNKNOWN, scope: 'a"b/.default' }),
  token('a wrong secret', { ...APP, ...CONTOSO, client_secret: 'wrong' }),
  token('a confidential client without its secret', { ...PASSWORD, client_id: CONTOSO.client_id }),
  token('a secret twice', { ...APP, ...CONTOSO }, DEFAULT_TENANT, basic(CONTOSO.client_id, 'x')),
  token('two client ids', { ...APP, client_id: 'a' }, DEFAULT_TENANT, basic('b', 'x')),
  token('HTTP Basic that is none', { ...APP, ...PUBLIC }, DEFAULT_TENANT, { headers: { Authorization: 'Basic ?' } }),
  token('HTTP Basic without a colon', APP, DEFAULT_TENANT, { headers: { Authorization: 'Basic YWJj' } }),
  token('a bearer token', { ...APP, ...UNKNOWN }, DEFAULT_TENANT, { headers: { Authorization: 'Bearer x' } }),
  token('HTTP Basic with a percent sign', APP, DEFAULT_TENANT, basic('a', '%zz')),
  token('a secret and an assertion', { ...APP, ...UNKNOWN, client_assertion: 'x' }),
  token('an assertion without its type', { ...APP, ...PUBLIC, client_assertion: 'x' }),
  token('two resources', { ...PASSWORD, ...PUBLIC, scope: 'User.Read api://x/y' }),
  token('.default and more', { ...PASSWORD, ...PUBLIC, scope: '.default User.Read' }),
  token('odd characters', { ...PASSWORD, ...PUBLIC, scope: 'a"b' }),
  token('a resource alone', { ...PASSWORD, ...PUBLIC, scope: 'api://x' }),
  token('a user and no scope', { ...PASSWORD, ...PUBLIC, scope: '' }),
  ...['common', 'consumers'].map((tenant) => token(`a password on ${tenant}`, { ...PASSWORD, ...PUBLIC }, tenant)),
  token('a wrong password', { ...PASSWORD, ...PUBLIC, password: 'wrong' }),
  token('an unknown user', { ...PASSWORD, ...PUBLIC, username: 'x@y' }),
  token('no user', { ...PASSWORD, ...PUBLIC, username: '' }),
  token('no password', { ...PASSWORD, ...PUBLIC, password: '' }),
  token('a scope without consent', { ...PASSWORD, ...CONTOSO, scope: READ }),
  token('no code', { grant_type: 'authorization_code', ...PUBLIC }),
  token('an unknown code', { grant_type: 'authorization_code', ...PUBLIC, code: 'x' }),
  token('no refresh token', { grant_type: 'refresh_token', ...PUBLIC }),
  token('an unknown refresh token', { grant_type: 'refresh_token', ...PUBLIC, refresh_token: 'x' }),
  token('no device code', { grant_type: 'device_code', ...PUBLIC }),
  token('an unknown device code', { grant_type: 'device_code', ...PUBLIC, device_code: 'x' }),
  token('no assertion', { ...OBO, ...UNKNOWN }),
  token('no requested_token_use', { ...OBO, ...UNKNOWN, assertion: 'x' }),
  token('on behalf of, no credential', { ...OBO, ...PUBLIC, assertion: 'x', requested_token_use: 'on_behalf_of' }),
  token('on behalf of, no scope', { ...OBO, ...UNKNOWN, assertion: 'x', requested_token_use: 'on_behalf_of' }),
  token('on behalf of, no JWT', {
    ...OBO,
    ...UNKNOWN,
    assertion: 'x',
    requested_token_use: 'on_behalf_of',
    scope: SCOPE
  }),
  v1('no resource, v1', { grant_type: 'client_credentials', ...UNKNOWN }),
  v1('a user and no resource, v1', { ...PASSWORD, ...PUBLIC, scope: '' }),
  ask('JSON in place of a form', `POST /common/oauth2/v2.0/token`, { body: { grant_type: 'password' } }),
  ask('bytes', `POST /common/oauth2/v2.0/token`, { body: Buffer.alloc(8, 0xff) }),
  ask('a malformed content type', `POST /common/oauth2/v2.0/token`, { body: 'a=b', headers: { 'Content-Type': 'x' } }),
  ...['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].flatMap((verb) =>
    ['token', 'devicecode'].map((endpoint) => ask(`${verb} of ${endpoint}`, `${verb} /common/oauth2/v2.0/${endpoint}`))
  )
]

export const sequences = [
  ...on('documented', grants),
  ...on('documented', wrong),
  ...on('observed', grants.slice(0, 2)),
  ...on('nothing registered', [
    token('an application', { ...APP, ...UNKNOWN }),
    token('a password', { ...PASSWORD, ...PUBLIC })
  ])
]
