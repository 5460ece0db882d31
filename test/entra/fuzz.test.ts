import fc from 'fast-check'
import t from 'tap'
import { isLocalUri } from '../../src/identity/redirect-uri.js'
import { anyCharacter, fuzzing } from '../arbitraries.js'
import { refusedByEntra } from '../refusals.js'
import { ADELE, CONTOSO, fixtureFile, PUBLIC, READ_WRITE, testAuthority, UNKNOWN } from './authority.js'

const GRANTS = ['client_credentials', 'authorization_code', 'refresh_token', 'password', 'device_code']
const TENANTS = ['aaaabbbb-0000-cccc-1111-dddd2222eeee', 'common', 'organizations', 'consumers', 'contoso.example', 'x']
const URIS = ['http://localhost', 'https://evil.example/', 'http://localhost@evil.example', 'javascript:1', '//x']
/** Client ids of which MSAL's own redirect URI is hardly one. */
const ODD_IDS = ['%%', 'a b', '[', ':', '/', '\r\n', '☃', '00000000-0000-0000-0000-000000000000', 'x'.repeat(10_000)]

const valueOf = (...known: readonly string[]) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...known) },
    { weight: 4, arbitrary: fc.string({ unit: anyCharacter, maxLength: 8 }) },
    { weight: 1, arbitrary: fc.constantFrom('\r\n', '\u2028', '%ZZ', '\ud800', '__proto__', 'x'.repeat(16_000)) }
  )
const members = fc.record(
  {
    grant_type: valueOf(...GRANTS, 'urn:ietf:params:oauth:grant-type:jwt-bearer'),
    client_id: valueOf(CONTOSO.client_id, UNKNOWN.client_id, 'odd', ...ODD_IDS),
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
    redirect_uri: valueOf(...URIS, 'not a url'),
    post_logout_redirect_uri: valueOf(...URIS, 'not a url'),
    authorization_endpoint: valueOf(...URIS, 'https://login.microsoftonline.com/common'),
    code_verifier: valueOf('v'.repeat(43)),
    client_info: valueOf('1'),
    nonce: valueOf('n'),
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
/** MSAL's own redirect URI goes by the client id. */
const form = fc
  .tuple(members, fc.boolean())
  .map(([sent, isOwn]) => (isOwn ? { ...sent, redirect_uri: `msal${String(sent.client_id)}://auth` } : sent))
const PATHS = ['token', 'devicecode', 'authorize', 'logout']
const DOCUMENTS = [
  'v2.0/.well-known/openid-configuration',
  '.well-known/openid-configuration',
  'discovery/v2.0/keys',
  'discovery/instance',
  'userrealm/a@b'
]
const FORM = 'application/x-www-form-urlencoded'

t.test(
  'no input gives a 5xx, another shape than that of Entra, a script of its own, or a redirect to elsewhere',
  async (t) => {
    const applications = [
      { appId: CONTOSO.client_id, secrets: [{ secretText: CONTOSO.client_secret }] },
      { appId: 'odd', redirectUris: ['not a url'] }
    ]
    const { app, lines } = await testAuthority(t, { fixtures: fixtureFile(t, { applications }) })
    const request = fc.record({
      form,
      tenant: fc.constantFrom(...TENANTS),
      path: fc.oneof(
        fc.tuple(fc.constantFrom('oauth2', 'oauth2/v2.0'), fc.constantFrom(...PATHS)).map((parts) => parts.join('/')),
        fc.constantFrom(...DOCUMENTS),
        fc.constantFrom('/devicelogin', '/error')
      ),
      method: fc.constantFrom('GET', 'POST', 'PUT'),
      type: fc.constantFrom(FORM, `${FORM}; charset=utf-8`, undefined, 'application/json', ';'),
      authorization: fc.option(valueOf('Basic YTpi', 'Basic Og==', 'Bearer x'), { nil: undefined })
    })
    await fc.assert(
      fc.asyncProperty(request, async ({ form, tenant, path, method, type, authorization }) => {
        const query = new URLSearchParams(form).toString()
        const url = path.startsWith('/') ? path : `/${tenant}/${path}`
        const answer = await app.inject({
          method: method as 'GET',
          url: method === 'GET' ? `${url}?${query}` : url,
          headers: {
            ...(authorization !== undefined && { authorization: authorization.replace(/[^ -~]/g, '?') }),
            ...(type !== undefined && { 'content-type': type })
          },
          ...(method !== 'GET' && { payload: query })
        })
        // No route has it: what is left is not Entra's.
        if (!(path.startsWith('/') && method === 'PUT')) refusedByEntra(answer)
        const { location } = answer.headers
        const target = location ?? /<form method="post" action="(http[^"]*)"/.exec(answer.body)?.[1]
        const isOwn = target?.startsWith(`msal${String(form.client_id).toLowerCase()}://auth`)
        if (target !== undefined && !isOwn && !isLocalUri(target.replace(/[?#].*$/s, ''))) return false
        return !answer.body.includes('"><script>alert')
      }),
      fuzzing(300)
    )
    t.strictSame(
      lines.filter(({ level }) => level === 'error' || Number(level) >= 50),
      [],
      'no error reached the log'
    )
  }
)

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
