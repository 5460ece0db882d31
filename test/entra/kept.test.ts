import t from 'tap'
import { BoundedStore, bytesOf, bytesOfJson } from '../../src/identity/bounded-store.js'
import { GrantStore } from '../../src/identity/grant-store.js'
import { Random } from '../../src/lib/random.js'
import { SETTINGS, testApp } from '../helper.js'
import { ADELE, PUBLIC, READ_WRITE, refused, TENANT, testAuthority } from './authority.js'

type Answer = Readonly<Record<string, string>>

const SUBJECT = { id: '1', userPrincipalName: ADELE, displayName: 'A' }
const SCOPE = { openId: [], resource: '', isGraph: true, names: ['x'.repeat(8000)] }

t.test('a bounded store forgets the oldest when it is full', (t) => {
  const forgotten: string[] = []
  const entry = 256 + bytesOf('k1') + 1000
  const store = new BoundedStore<string>(3 * entry, (value) => forgotten.push(value))
  for (const key of ['k1', 'k2', 'k3']) store.add(key, key, 1000)
  store.add('k1', 'again', 1000)
  t.equal(store.get('k1'), 'k1', 'what is kept stays, and is not counted twice')
  t.strictSame(forgotten, [])
  store.add('k4', 'k4', 1000)
  t.strictSame(forgotten, ['k1'])
  store.add('k5', 'k5', 1001)
  t.strictSame(forgotten, ['k1', 'k2', 'k3'], 'as many as it takes')
  store.add('k6', 'k6', 4 * entry)
  t.strictSame(forgotten, ['k1', 'k2', 'k3', 'k4', 'k5', 'k6'], 'what is larger than the store is not kept')
  t.equal(store.get('k6'), undefined)
  t.end()
})

t.test('what a JSON value takes grows with all that is in it', (t) => {
  const claims = { a: ['text', 1, null, true], b: { c: 'x'.repeat(1000) } }
  t.ok(bytesOfJson(claims) > 2000)
  t.ok(bytesOfJson(claims) < 3000)
  t.ok(bytesOfJson(Array.from({ length: 1000 }, () => 'a')) > 16_000)
  t.end()
})

t.test('a store of grants', (t) => {
  const forgotten: object[] = []
  const store = new GrantStore<{ readonly n: number; readonly pad: string }, 'used'>(new Random(1), '9.', {
    limit: 10_000,
    onForgotten: (grant) => forgotten.push(grant)
  })
  const keys = Array.from({ length: 10 }, (_, n) => store.add({ n, pad: 'x'.repeat(500) }, n))
  t.strictSame(
    forgotten.map((grant) => (grant as { n: number }).n),
    [0, 1, 2]
  )
  t.match(store.find(String(keys[9])), { grant: { n: 9 }, expires: 9, state: undefined })
  for (const key of keys.slice(0, 3)) t.equal(store.find(key), 'forgotten')
  store.setState(String(keys[9]), 'used')
  t.match(store.find(String(keys[9])), { state: 'used' })
  store.setState(String(keys[0]), 'used')
  t.equal(store.find(String(keys[0])), 'forgotten')
  const first = String(keys[0])
  for (const never of ['', '9.', `${first}0`, `${first.slice(0, -1)}0`, first.slice(2), `8${first.slice(1)}`]) {
    t.equal(store.find(never), undefined, never)
  }
  t.end()
})

t.test('grants that made room for newer ones answer as expired ones', async (t) => {
  const { app, mock, token, post, call } = await testAuthority(t)
  const { codes, refreshTokens, deviceCodes } = await mock.authority()
  const grant = { appId: 'another', tenantId: TENANT, subject: SUBJECT, scope: SCOPE }
  const times = (act: () => unknown) => {
    for (let at = 0; at < 600; at++) act()
  }

  t.test('a code', async (t) => {
    const redirect_uri = 'http://localhost'
    const asked = { ...PUBLIC, response_type: 'code', redirect_uri, scope: READ_WRITE, login_hint: ADELE }
    const { location } = (await app.inject(`/${TENANT}/oauth2/v2.0/authorize?${new URLSearchParams(asked).toString()}`))
      .headers
    const code = String(new URL(String(location)).searchParams.get('code'))
    times(() => codes.add({ ...grant, redirectUri: redirect_uri, challenge: undefined, nonce: undefined }, 0))
    const answer = await token({ grant_type: 'authorization_code', ...PUBLIC, redirect_uri, code })
    refused(t, answer, 400, 'invalid_grant', 70008, /has dropped this/)
  })

  t.test('a refresh token', async (t) => {
    const signIn = { grant_type: 'password', username: ADELE, password: 'adele', scope: 'offline_access' }
    const { refresh_token = '' } = (await token({ ...signIn, ...PUBLIC })).json<Answer>()
    const refresh = () => token({ grant_type: 'refresh_token', refresh_token, ...PUBLIC })
    t.equal((await refresh()).statusCode, 200)
    times(() => refreshTokens.add(grant, 0))
    refused(t, await refresh(), 400, 'invalid_grant', 70008, /has dropped this/)
  })

  t.test('a device code, and its user code', async (t) => {
    const start = (await post('oauth2/v2.0/devicecode', { ...PUBLIC, scope: READ_WRITE })).json<Answer>()
    const { device_code = '', user_code = '' } = start
    times(() => deviceCodes.add({ appId: 'another', scope: SCOPE, tenant: { name: TENANT, tenantId: TENANT } }, 0))
    const answer = await token({ grant_type: 'device_code', device_code, ...PUBLIC })
    refused(t, answer, 400, 'expired_token', 70019, /has dropped this/)
    t.equal((await call('POST', `/_mock/tenants/default/devicecodes/${user_code}`)).statusCode, 404)
  })
})

t.test('verified tokens are remembered up to a limit of bytes, and verified anew behind it', async (t) => {
  const { mock, call } = await testApp(t, { trustForeignTokens: true })
  const small = (await mock.mintToken({})).access_token
  t.equal((await call('GET', SETTINGS, { token: small })).statusCode, 200)
  t.ok(mock.tokens.known(small))
  for (let at = 0; at < 300; at++) {
    const claims = { pad: `${at} ${'x'.repeat(22_000)}` }
    const { access_token: token } = await mock.mintToken({ claims })
    t.equal((await call('GET', SETTINGS, { token })).statusCode, 200)
  }
  t.equal(mock.tokens.known(small), undefined)
  t.equal((await call('GET', SETTINGS, { token: small })).statusCode, 200)
})

t.test('two requests that verify one token at once', async (t) => {
  const { mock, call } = await testApp(t)
  const { access_token: token } = await mock.mintToken({})
  const answers = await Promise.all([call('GET', SETTINGS, { token }), call('GET', SETTINGS, { token })])
  t.strictSame(
    answers.map(({ statusCode }) => statusCode),
    [200, 200]
  )
})
