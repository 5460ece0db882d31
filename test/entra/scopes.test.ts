import t from 'tap'
import {
  ADELE,
  claimsOf,
  CONTOSO,
  fixtureFile,
  GRAPH,
  PUBLIC,
  READ_WRITE,
  refused,
  TENANT,
  testAuthority,
  UNKNOWN
} from './authority.js'

const APP = { grant_type: 'client_credentials', scope: `${GRAPH}/.default` }
const PASSWORD = { grant_type: 'password', username: ADELE, password: 'adele', scope: READ_WRITE }
const ROLE = 'DeviceManagementServiceConfig.ReadWrite.All'
const ALL_OPEN_ID = 'openid profile email offline_access'

type Answer = Readonly<Record<string, string>>

t.test('client credentials with the scopes of OpenID Connect, as MSAL for Go and Java send them', async (t) => {
  const { token, post } = await testAuthority(t)
  for (const scope of [
    `${GRAPH}/.default openid profile offline_access`,
    `openid offline_access profile ${GRAPH}/.default`,
    `openid ${GRAPH}/.default email`,
    `OpenId  ${GRAPH}/.default`
  ]) {
    t.test(scope, async (t) => {
      const answer = await token({ ...APP, ...CONTOSO, scope })
      t.equal(answer.statusCode, 200)
      t.strictSame(Object.keys(answer.json<object>()), ['token_type', 'expires_in', 'ext_expires_in', 'access_token'])
      t.strictSame(claimsOf(answer.json<Answer>()['access_token'])['roles'], [ROLE])
    })
  }
  t.test('of v1', async (t) => {
    const form = { grant_type: 'client_credentials', resource: GRAPH, scope: 'openid', ...UNKNOWN }
    t.equal((await post('oauth2/token', form)).statusCode, 200)
  })
  for (const scope of ['openid', ALL_OPEN_ID]) {
    t.test(`refused: ${scope}`, async (t) => {
      const answer = await token({ ...APP, ...UNKNOWN, scope })
      refused(t, answer, 400, 'invalid_scope', 1002012, /do not count/)
      t.match(
        answer.json<Answer>()['error_description'],
        `AADSTS1002012: The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI). Trace ID: `
      )
    })
  }
  t.test('refused: another scope beside them', async (t) => {
    const answer = await token({ ...APP, ...UNKNOWN, scope: `openid ${GRAPH}/.default User.Read` })
    refused(t, answer, 400, 'invalid_scope', 1002012)
  })
})

t.test('scopes of OpenID Connect that are first asked for at the token endpoint', async (t) => {
  const { app, token, post, call } = await testAuthority(t)
  const both = { refresh_token: String, id_token: String }

  t.test('with a code, as MSAL for Go asks', async (t) => {
    const redirect_uri = 'http://localhost'
    const asked = { ...PUBLIC, response_type: 'code', redirect_uri, scope: READ_WRITE, login_hint: ADELE }
    const authorize = `/${TENANT}/oauth2/v2.0/authorize?${new URLSearchParams(asked).toString()}`
    const redeem = async (scope: object) => {
      const code = String(new URL(String((await app.inject(authorize)).headers.location)).searchParams.get('code'))
      const form = { grant_type: 'authorization_code', ...PUBLIC, redirect_uri, code, ...scope }
      return (await token(form)).json<Answer>()
    }
    const body = await redeem({ scope: `${READ_WRITE} openid offline_access profile` })
    t.match(body, { ...both, scope: `${READ_WRITE} openid profile` })
    t.match(claimsOf(body['id_token']), { aud: PUBLIC.client_id, preferred_username: ADELE })
    const without = await redeem({})
    t.notOk('id_token' in without || 'refresh_token' in without)
  })

  t.test('with a device code', async (t) => {
    const start = (await post('oauth2/v2.0/devicecode', { ...PUBLIC, scope: READ_WRITE })).json<Answer>()
    await call('POST', `/_mock/tenants/default/devicecodes/${String(start['user_code'])}`)
    const form = { grant_type: 'device_code', ...PUBLIC, device_code: String(start['device_code']) }
    t.match((await token({ ...form, scope: `${READ_WRITE} ${ALL_OPEN_ID}` })).json(), both)
  })

  t.test('with a refresh token', async (t) => {
    const first = (await token({ ...PASSWORD, ...PUBLIC, scope: `${READ_WRITE} offline_access` })).json<Answer>()
    const form = { grant_type: 'refresh_token', ...PUBLIC, refresh_token: String(first['refresh_token']) }
    t.match((await token({ ...form, scope: `${READ_WRITE} openid` })).json(), both)
  })
})

t.test('a token for the own API of an application', async (t) => {
  const fixtures = fixtureFile(t, {
    applications: [
      {
        appId: 'own',
        secrets: [{ secretText: 's' }],
        identifierUris: ['https://api.contoso.example/'],
        permissions: { roles: ['Tasks.Read.All'] }
      }
    ]
  })
  const { token } = await testAuthority(t, { fixtures })
  const own = { client_id: 'own', client_secret: 's' }

  t.test('has its scopes without those of OpenID Connect', async (t) => {
    const form = { ...PASSWORD, ...own, scope: `api://own/access_as_user ${ALL_OPEN_ID}` }
    const body = (await token(form)).json<Answer>()
    t.match(claimsOf(body['access_token']), { aud: 'api://own', scp: 'access_as_user' })
    t.match(body, { scope: 'api://own/access_as_user openid profile email', id_token: String, refresh_token: String })
  })

  for (const resource of [
    'own',
    'api://own',
    'API://OWN',
    'https://api.contoso.example',
    'https://api.contoso.example/'
  ]) {
    t.test(`has its roles: ${resource}`, async (t) => {
      const body = (await token({ ...APP, ...own, scope: `${resource}/.default` })).json<Answer>()
      t.match(claimsOf(body['access_token']), { aud: resource, roles: ['Tasks.Read.All'] })
    })
  }

  t.test('also where nobody registered it', async (t) => {
    const scope = `api://${UNKNOWN.client_id}/.default`
    const body = (await token({ ...APP, ...UNKNOWN, scope })).json<Answer>()
    t.match(claimsOf(body['access_token'])['roles'], [/./])
  })

  t.test('that of another has no roles', async (t) => {
    const body = (await token({ ...APP, ...own, scope: 'api://another/.default' })).json<Answer>()
    t.notOk('roles' in claimsOf(body['access_token']))
  })
})

t.test('a resource that the directory does not have', async (t) => {
  const applications = [
    { appId: 'known', secrets: [{ secretText: 's' }], redirectUris: ['http://localhost'] },
    { appId: 'api', identifierUris: ['https://api.contoso.example'] }
  ]
  const fixtures = fixtureFile(t, { unknownApplications: 'reject', applications })
  const { app, token, post } = await testAuthority(t, { fixtures })
  const known = { client_id: 'known', client_secret: 's' }
  const text =
    'AADSTS500011: The resource principal named api://nosuch was not found in the tenant named ' +
    `${TENANT}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`

  for (const [name, answer] of [
    ['client credentials', () => token({ ...APP, ...known, scope: 'api://nosuch/.default openid' })],
    ['v1', () => post('oauth2/token', { grant_type: 'client_credentials', resource: 'api://nosuch', ...known })],
    ['password', () => token({ ...PASSWORD, ...known, scope: 'api://nosuch/x' })],
    ['device code', () => post('oauth2/v2.0/devicecode', { client_id: 'known', scope: 'api://nosuch/x' })]
  ] as const) {
    t.test(name, async (t) => {
      const refusal = await answer()
      refused(t, refusal, 400, 'invalid_resource', 500011, /api:\/\/known, api:\/\/api\.$/)
      t.match(refusal.json<Answer>()['error_description'], text)
    })
  }

  t.test('at the authorization endpoint', async (t) => {
    const form = { client_id: 'known', response_type: 'code', redirect_uri: 'http://localhost', login_hint: ADELE }
    const query = new URLSearchParams({ ...form, scope: 'api://nosuch/x' }).toString()
    const { location } = (await app.inject(`/${TENANT}/oauth2/v2.0/authorize?${query}`)).headers
    t.equal(new URL(String(location)).searchParams.get('error'), 'invalid_resource')
  })

  t.test('those of registered applications it has', async (t) => {
    for (const resource of ['api', 'api://API', 'https://api.contoso.example', GRAPH]) {
      t.equal((await token({ ...APP, ...known, scope: `${resource}/.default` })).statusCode, 200, resource)
    }
  })
})

t.test('more scopes than a consent may hold', async (t) => {
  const { token, post } = await testAuthority(t)
  const most = `${'ab '.repeat(2666)}c`
  t.equal(most.length, 7999)
  t.equal((await token({ ...PASSWORD, ...PUBLIC, scope: most })).statusCode, 200)
  const scope = `${most} c`
  for (const answer of [
    await token({ ...PASSWORD, ...PUBLIC, scope }),
    await token({ ...APP, ...UNKNOWN, scope }),
    await post('oauth2/v2.0/devicecode', { ...PUBLIC, scope })
  ]) {
    refused(t, answer, 400, 'invalid_scope', 28004, /have 8001 characters in all; 8000 are the most/)
    t.match(
      answer.json<Answer>()['error_description'],
      "AADSTS28004: The provided value for the input parameter 'scope' exceeded the number of scopes allowed. Trace ID: "
    )
  }
})
