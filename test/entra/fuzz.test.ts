import fc from 'fast-check'
import t from 'tap'
import { isLocalUri } from '../../src/identity/redirect-uri.js'
import { ADELE, CONTOSO, PUBLIC, READ_WRITE, testAuthority, UNKNOWN } from './authority.js'

const GRANTS = ['client_credentials', 'authorization_code', 'refresh_token', 'password', 'device_code']
const TENANTS = ['aaaabbbb-0000-cccc-1111-dddd2222eeee', 'common', 'organizations', 'consumers', 'contoso.example', 'x']
const URIS = ['http://localhost', 'https://evil.example/', 'http://localhost@evil.example', 'javascript:1', '//x']

const valueOf = (...known: readonly string[]) =>
  fc.oneof(fc.constantFrom(...known), fc.string({ unit: 'binary', maxLength: 8 }))
const form = fc.record(
  {
    grant_type: valueOf(...GRANTS, 'urn:ietf:params:oauth:grant-type:jwt-bearer'),
    client_id: valueOf(CONTOSO.client_id, UNKNOWN.client_id),
    client_secret: valueOf(CONTOSO.client_secret),
    client_assertion: valueOf('a.b.c', 'eyJhbGciOiJSUzI1NiJ9.e30.x'),
    client_assertion_type: valueOf('urn:ietf:params:oauth:client-assertion-type:jwt-bearer'),
    assertion: valueOf('a.b.c', 'eyJhbGciOiJSUzI1NiJ9.e30.x'),
    requested_token_use: valueOf('on_behalf_of'),
    scope: valueOf(READ_WRITE, '.default', 'openid', 'api://x/.default', 'a b', '/', '//', 'a//'),
    resource: valueOf('https://graph.microsoft.com', '/', ''),
    username: valueOf(ADELE),
    password: valueOf('adele'),
    code: valueOf('x'),
    refresh_token: valueOf('x'),
    device_code: valueOf('x'),
    user_code: valueOf('x'),
    response_type: valueOf('code', 'token'),
    response_mode: valueOf('query', 'fragment', 'form_post'),
    redirect_uri: valueOf(...URIS),
    post_logout_redirect_uri: valueOf(...URIS),
    prompt: valueOf('none', 'login'),
    login_hint: valueOf(ADELE),
    code_challenge: valueOf('v'.repeat(43)),
    code_challenge_method: valueOf('S256', 'plain'),
    state: valueOf('"><script>'),
    mock_decision: valueOf('accept', 'cancel', 'approve', 'deny'),
    mock_user: valueOf(ADELE)
  },
  { requiredKeys: [] }
)
const PATHS = ['token', 'devicecode', 'authorize', 'logout']

t.test('no input gives a 5xx, a script of its own, or a redirect to elsewhere', async (t) => {
  const { app, post } = await testAuthority(t)
  const request = fc.record({
    form,
    tenant: fc.constantFrom(...TENANTS),
    path: fc.oneof(
      fc.tuple(fc.constantFrom('oauth2', 'oauth2/v2.0'), fc.constantFrom(...PATHS)).map((parts) => parts.join('/')),
      fc.constant('/devicelogin'),
      fc.constant('/error')
    ),
    isGet: fc.boolean(),
    authorization: fc.option(valueOf('Basic YTpi', 'Basic Og==', 'Bearer x'), { nil: undefined })
  })
  await fc.assert(
    fc.asyncProperty(request, async ({ form, tenant, path, isGet, authorization }) => {
      const query = new URLSearchParams(form).toString()
      const headers = authorization === undefined ? {} : { authorization: encodeURIComponent(authorization) }
      const url = path.startsWith('/') ? path : `/${tenant}/${path}`
      const answer = isGet
        ? await app.inject({ url: `${url}?${query}`, headers })
        : await post(path, query, headers, tenant)
      const { location } = answer.headers
      const target = location ?? /<form method="post" action="(http[^"]*)"/.exec(answer.body)?.[1]
      if (target !== undefined && !isLocalUri(target.replace(/[?#].*$/s, ''))) return false
      return answer.statusCode < 500 && !answer.body.includes('"><script>alert')
    }),
    { numRuns: 400 }
  )
})

t.test('a client that is known stays known, whatever else is sent', async (t) => {
  const { token } = await testAuthority(t)
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string({ maxLength: 6 }), fc.string({ maxLength: 6 })), async (more) => {
      const known = { grant_type: 'password', username: ADELE, password: 'adele', scope: 'User.Read', ...PUBLIC }
      return (await token({ ...more, ...known })).statusCode === 200
    }),
    { numRuns: 50 }
  )
})
