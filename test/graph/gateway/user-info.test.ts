import t from 'tap'
import type { TokenRequest } from '../../../src/identity/token-request.js'
import { testApp } from '../../helper.js'
import { ADELE, claimsOf, fixtureFile, PUBLIC, TENANT, testAuthority } from '../../entra/authority.js'

const PATH = '/oidc/userinfo'

t.test('the discovery document leads to it', async (t) => {
  const { app } = await testAuthority(t)
  for (const [host, endpoint] of [
    ['LocalHost:8365', 'http://localhost:8365/oidc/userinfo'],
    ['login.microsoftonline.com', 'http://graph.microsoft.com/oidc/userinfo']
  ] as const) {
    for (const version of ['v2.0/', '']) {
      const url = `/${TENANT}/${version}.well-known/openid-configuration`
      const document = (await app.inject({ url, headers: { host } })).json<Record<string, string>>()
      t.equal(document['userinfo_endpoint'], endpoint)
    }
  }
})

t.test('it tells what the id token does, as the scopes let it', async (t) => {
  const { token, call } = await testAuthority(t)
  const signIn = async (scope: string) => {
    const form = { grant_type: 'password', username: ADELE, password: 'adele', ...PUBLIC, scope }
    return (await token(form)).json<Record<string, string>>()
  }
  for (const [scope, members] of [
    ['openid', {}],
    ['openid profile', { name: 'Adele Vance' }],
    ['openid email', { email: ADELE }],
    ['openid profile email User.Read', { name: 'Adele Vance', email: ADELE }]
  ] as const) {
    t.test(scope, async (t) => {
      const { access_token = '', id_token } = await signIn(scope)
      const { sub } = claimsOf(id_token)
      for (const method of ['GET', 'POST']) {
        const answer = await call(method, PATH, { token: access_token })
        t.equal(answer.statusCode, 200)
        t.strictSame(answer.json(), { sub, ...members })
        t.match(answer.headers, { 'content-type': /^application\/json/, 'request-id': /./ })
      }
    })
  }
})

t.test('a named token, and a claim email that was asked for', async (t) => {
  const named: TokenRequest = { scopes: ['openid', 'email'], claims: { email: 'a@contoso.example' } }
  const { call } = await testApp(t, { fixtures: fixtureFile(t, { tokens: { mine: named } }) })
  const answer = await call('GET', '/OIDC//UserInfo/', { token: 'mine' })
  t.match(answer.json(), { sub: /^[\da-f-]{36}$/, email: 'a@contoso.example' })
})

t.test('claims that are no texts are left out', async (t) => {
  const { call, mock } = await testApp(t)
  const request: TokenRequest = { scopes: ['openid', 'profile', 'email'], claims: { name: 7, upn: [], sub: { a: 1 } } }
  t.strictSame((await call('GET', PATH, { token: (await mock.mintToken(request)).access_token })).json(), {})
})

t.test('refusals', async (t) => {
  const { call, mock, app, lines } = await testApp(t)
  const forbidden = ['Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'] as const
  const minted = async (request: TokenRequest) => (await mock.mintToken(request)).access_token
  const invalid = 'InvalidAuthenticationToken'
  const cases: [string, string, string | null, number, string, string, RegExp][] = [
    ['no token', 'GET', null, 401, invalid, 'Access token is empty.', /no Authorization header/],
    [
      'an expired token',
      'GET',
      'expired',
      401,
      invalid,
      'Lifetime validation failed, the token is expired.',
      /expired/
    ],
    [
      'for another audience',
      'GET',
      await minted({ audience: 'api://x' }),
      401,
      invalid,
      'Access token validation failure. Invalid audience.',
      /aud/
    ],
    ['without openid', 'GET', 'readwrite', 403, ...forbidden, /holds: DeviceManagement/],
    ['without scopes', 'POST', 'no-scopes', 403, ...forbidden, /holds: none/],
    [
      'of an application',
      'GET',
      await minted({ kind: 'application', roles: ['openid'] }),
      403,
      ...forbidden,
      /is one of an application/
    ],
    [
      'another verb',
      'PUT',
      'readwrite',
      405,
      'Request_BadRequest',
      'Specified HTTP method is not allowed for the request target.',
      /answers GET, HEAD, POST\./
    ]
  ]
  for (const [name, method, token, status, code, message, reason] of cases) {
    t.test(name, async (t) => {
      const answer = await call(method, PATH, { token })
      t.equal(answer.statusCode, status)
      t.match(answer.json(), { error: { code, message, innerError: { 'request-id': String } } })
      t.match(answer.headers['x-mock-reason'], reason)
      t.equal('www-authenticate' in answer.headers, status === 401)
      t.match(lines.at(-2), { msg: 'refused', code, status })
    })
  }

  t.test('a path beside it', async (t) => {
    const answer = await call('GET', '/oidc/nosuch')
    t.match(answer.json(), { error: { message: "Resource not found for the segment 'nosuch'." } })
  })

  t.test('CORS', async (t) => {
    const headers = { origin: 'http://localhost:3000', 'access-control-request-method': 'GET' }
    const answer = await app.inject({ method: 'OPTIONS', url: PATH, headers })
    t.equal(answer.statusCode, 204)
    t.equal(answer.headers['access-control-allow-origin'], '*')
  })
})

t.test('faults meet it by its operation', async (t) => {
  const { call } = await testApp(t)
  const rule = { match: { operation: 'userInfo' }, times: 1, respond: { status: 503 } }
  t.equal((await call('POST', '/_mock/tenants/default/faults', { body: rule })).statusCode, 201)
  t.equal((await call('GET', PATH)).statusCode, 503)
  t.equal((await call('GET', PATH)).statusCode, 403)
  t.match((await call('GET', `/_mock/tenants/default/requests/count?path=${PATH}`)).json(), { count: 2 })
})
