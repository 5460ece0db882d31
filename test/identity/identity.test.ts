import { generateKeyPairSync } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose'
import t from 'tap'
import type { TokenRequest } from '../../src/identity/token-request.js'
import { DEFAULT_TENANT, SETTINGS, SIGNING_KEY, testApp } from '../helper.js'

const NOW = Date.parse('2026-11-23T12:00:00Z')
const SECOND = NOW / 1000
const TENANT = '5f0b1c9e-8a35-4c5f-9a0e-0f0a5e3b7a11'

t.test('the claims of a delegated token', async (t) => {
  const { mock } = await testApp(t, {}, () => NOW)
  const { access_token: token, ...rest } = await mock.mintToken({ scopes: ['User.Read', 'Mail.Read'] })
  t.strictSame(rest, { token_type: 'Bearer', expires_in: 3599, tenant_id: DEFAULT_TENANT })
  const header = decodeProtectedHeader(token)
  t.strictSame(Object.keys(header), ['typ', 'alg', 'x5t', 'kid'])
  t.match(header, { typ: 'JWT', alg: 'RS256' })
  t.equal(header.x5t, header.kid, 'in v1 tokens both are the same')
  const claims = decodeJwt(token)
  t.match(claims, {
    aud: '00000003-0000-0000-c000-000000000000',
    iss: `https://sts.windows.net/${DEFAULT_TENANT}/`,
    iat: SECOND - 300,
    nbf: SECOND - 300,
    exp: SECOND + 3599,
    appidacr: '0',
    idtyp: 'user',
    scp: 'User.Read Mail.Read',
    tid: DEFAULT_TENANT,
    ver: '1.0'
  })
  t.notOk('roles' in claims)
  const scopeless = await mock.mintToken({ scopes: [] })
  t.notOk('scp' in decodeJwt(scopeless.access_token), 'absent, not empty')
})

t.test('the claims of an app-only token', async (t) => {
  const { mock } = await testApp(t, {}, () => NOW)
  const { access_token: token } = await mock.mintToken({ kind: 'application', roles: ['A', 'B'], appId: TENANT })
  const claims = decodeJwt(token)
  t.match(claims, { aud: 'https://graph.microsoft.com', appid: TENANT, appidacr: '1', idtyp: 'app', roles: ['A', 'B'] })
  t.equal(claims.sub, claims['oid'])
  t.equal(claims['idp'], claims.iss)
  t.notOk('scp' in claims)
  const roleless = await mock.mintToken({ kind: 'application', roles: [] })
  t.notOk('roles' in decodeJwt(roleless.access_token), 'absent, not empty')
})

t.test('a token without a wish may do everything that a route asks for', async (t) => {
  const { mock } = await testApp(t)
  const all = mock.graph.permissionNames
  for (const name of ['DeviceManagementConfiguration.ReadWrite.All', 'DeviceManagementServiceConfig.Read.All']) {
    t.ok(all.includes(name), name)
  }
  t.equal(decodeJwt((await mock.mintToken({})).access_token)['scp'], all.join(' '))
  t.strictSame(decodeJwt((await mock.mintToken({ kind: 'application' })).access_token)['roles'], all)
})

t.test('what is asked for is what comes', async (t) => {
  const { mock } = await testApp(t, {}, () => NOW)
  const claimsOf = async (request: TokenRequest) => decodeJwt((await mock.mintToken(request)).access_token)
  t.match(await claimsOf({ tenantId: TENANT.toUpperCase() }), {
    tid: TENANT,
    iss: `https://sts.windows.net/${TENANT}/`
  })
  t.match(await claimsOf({ tenantId: 'default' }), { tid: DEFAULT_TENANT })
  t.match(await claimsOf({ kind: 'personal', tenantId: TENANT }), { tid: '9188040d-6c67-4c5b-b112-36a304b66dad' })
  t.match(await claimsOf({ expiresIn: -10 }), { exp: SECOND - 10, nbf: SECOND - 310 })
  t.match(await claimsOf({ audience: 'a', issuer: 'i', claims: { extra: 1, ver: null } }), {
    aud: 'a',
    iss: 'i',
    extra: 1
  })
  t.notOk('ver' in (await claimsOf({ claims: { ver: null } })), 'null removes a claim')
})

t.test('verification', async (t) => {
  const rows: [name: string, TokenRequest, message: string | undefined, reason: RegExp][] = [
    ['a good one', {}, undefined, /^$/],
    ['audience of Graph as URL', { audience: 'https://graph.microsoft.com' }, undefined, /^$/],
    ['audience with a slash', { audience: 'https://graph.microsoft.com/' }, undefined, /^$/],
    ['audience of this server', { audience: 'http://localhost:80' }, undefined, /^$/],
    ['issuer of Entra v2', { issuer: `https://login.microsoftonline.com/${DEFAULT_TENANT}/v2.0` }, undefined, /^$/],
    ['issuer of this server', { issuer: `http://localhost:80/${DEFAULT_TENANT}/v2.0` }, undefined, /^$/],
    ['v2 claims', { claims: { idtyp: null, appid: null, azp: TENANT } }, undefined, /^$/],
    ['expired', { expiresIn: -10 }, 'Lifetime validation failed, the token is expired.', /expired 10 s ago/],
    ['expiring now', { expiresIn: 0 }, 'Lifetime validation failed, the token is expired.', /expired 0 s ago/],
    ['of the future', { claims: { nbf: SECOND + 60 } }, 'Access token validation failure.', /valid only in 60 s/],
    ['without exp', { claims: { exp: null } }, 'Access token validation failure.', /exp is required/],
    ['nbf no number', { claims: { nbf: 'x' } }, 'Access token validation failure.', /numbers of seconds/],
    [
      'another audience',
      { audience: 'https://management.azure.com' },
      'Access token validation failure. Invalid audience.',
      /aud is 'https:\/\/management/
    ],
    ['no audience', { claims: { aud: null } }, 'Access token validation failure. Invalid audience.', /aud is ''/],
    [
      'another issuer',
      { issuer: 'https://sts.windows.net/other/' },
      'Access token validation failure.',
      /iss is 'https:\/\/sts/
    ],
    ['no issuer', { claims: { iss: null } }, 'Access token validation failure.', /iss is ''/],
    ['a tenant that is no text', { claims: { tid: 7 } }, 'Access token validation failure.', /tid is no GUID/],
    ['no tenant', { claims: { tid: 'contoso' } }, 'Access token validation failure.', /tid is no GUID/],
    [
      'a spoilt signature',
      { signature: 'invalid' },
      'Access token validation failure. Invalid signature.',
      /does not fit/
    ],
    ['a foreign signature', { signature: 'foreign' }, 'Invalid x5t claim.', /--trust-foreign-tokens/],
    ['no signature', { signature: 'none' }, 'Access token validation failure.', /signed with none, not RS256/]
  ]
  const { call, mock, lines } = await testApp(t, {}, () => NOW)
  for (const [name, request, message, reason] of rows) {
    const { access_token: token } = await mock.mintToken(request)
    for (const attempt of ['first', 'second']) {
      const answer = await call('GET', SETTINGS, { token })
      t.equal(answer.statusCode, message === undefined ? 200 : 401, `${name}, ${attempt} time`)
      if (message === undefined) continue
      t.match(answer.json(), { error: { code: 'InvalidAuthenticationToken', message } })
      t.match(answer.headers['x-mock-reason'], reason)
    }
    t.notOk(JSON.stringify(lines).includes(token.slice(0, 40)), 'no token in the log')
  }
})

t.test('a header that is no text, claims that go too deep', async (t) => {
  const { call, mock } = await testApp(t, { trustForeignTokens: true })
  const strict = await testApp(t)
  const encode = (text: string) => Buffer.from(text).toString('base64url')
  const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`
  const claims = decodeJwt((await mock.mintToken({ faults: [] })).access_token)
  const nested = JSON.stringify({ ...claims, mock_faults: [] }).replace(/}$/, `,"deep":${deep}}`)
  const rows: [string, typeof call, string, string, string, RegExp][] = [
    [
      'alg that is an object',
      strict.call,
      '{"alg":{"toString":1}}',
      JSON.stringify(claims),
      'Access token validation failure.',
      /signed with {"toString":1}, not RS256/
    ],
    [
      'alg that is long',
      strict.call,
      JSON.stringify({ alg: 'x'.repeat(200) }),
      JSON.stringify(claims),
      'Access token validation failure.',
      /signed with x{100}%E2%80%A6, not RS256/
    ],
    [
      'no alg',
      strict.call,
      '{}',
      JSON.stringify(claims),
      'Access token validation failure.',
      /signed with undefined, not RS256/
    ],
    [
      'deep claims',
      call,
      '{"alg":"RS256"}',
      nested,
      "IDX14101: Unable to decode the payload '[PII is hidden]' as Base64Url encoded string.",
      /at most 32 levels/
    ]
  ]
  for (const [name, ask, header, payload, message, reason] of rows) {
    t.test(name, async (t) => {
      const answer = await ask('GET', SETTINGS, { token: `${encode(header)}.${encode(payload)}.x` })
      t.equal(answer.statusCode, 401)
      t.match(answer.json(), { error: { code: 'InvalidAuthenticationToken', message } })
      t.match(answer.headers['x-mock-reason'], reason)
    })
  }
})

t.test('kinds of tokens that say nothing of their kind', async (t) => {
  const { call, mock } = await testApp(t, { profile: 'observed' })
  const statusOf = async (request: TokenRequest) => {
    const { access_token: token } = await mock.mintToken(request)
    return (await call('GET', SETTINGS, { token })).statusCode
  }
  t.equal(await statusOf({ kind: 'application', claims: { idtyp: null } }), 200, 'roles without scp: an application')
  t.equal(await statusOf({ claims: { idtyp: null } }), 200, 'scp: a user')
  t.equal(await statusOf({ claims: { scp: 7 } }), 403, 'scp that is no text grants nothing')
  t.equal(
    await statusOf({ kind: 'application', claims: { roles: [7, ''] } }),
    403,
    'roles that are no text grant nothing'
  )
  t.equal(await statusOf({ claims: { appid: 7 } }), 200)
})

t.test('lifetimes follow the clock, also of a token that was verified before', async (t) => {
  let now = NOW
  const { call, mock } = await testApp(t, {}, () => now)
  const { access_token: token } = await mock.mintToken({ expiresIn: 60 })
  t.equal((await call('GET', SETTINGS, { token })).statusCode, 200)
  now += 59_999
  t.equal((await call('GET', SETTINGS, { token })).statusCode, 200)
  now += 1
  t.equal((await call('GET', SETTINGS, { token })).statusCode, 401)
  now += 1e12
  t.equal((await call('GET', SETTINGS, { token: 'readwrite' })).statusCode, 200, 'a named token never grows old')
})

t.test('the scheme is case-insensitive; the header may stand there once', async (t) => {
  const { call } = await testApp(t)
  for (const authorization of ['bearer readwrite', 'BEARER   readwrite ']) {
    t.equal((await call('GET', SETTINGS, { token: null, headers: { authorization } })).statusCode, 200, authorization)
  }
})

t.test('each app has its own key; --signing-key fixes it', async (t) => {
  const { privateKey: elliptic } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const folder = t.testdir({
    'ec.pem': elliptic.export({ type: 'pkcs8', format: 'pem' }),
    'none.pem': 'nothing'
  })
  const [a, b, c, d] = [
    await testApp(t, { signingKey: undefined }),
    await testApp(t, { signingKey: undefined }),
    await testApp(t, { signingKey: SIGNING_KEY }),
    await testApp(t, { signingKey: SIGNING_KEY })
  ]
  const { access_token: own } = await a.mock.mintToken({})
  t.equal((await b.call('GET', SETTINGS, { token: own })).statusCode, 401)
  const { access_token: shared } = await c.mock.mintToken({})
  t.equal((await d.call('GET', SETTINGS, { token: shared })).statusCode, 200)
  for (const [file, message] of [
    ['ec.pem', /ec\.pem: it is not an RSA key/],
    ['none.pem', /cannot use the signing key .*none\.pem/],
    ['missing.pem', /missing\.pem: ENOENT/]
  ] as const) {
    await t.rejects(testApp(t, { signingKey: `${folder}/${file}` }), { name: 'UserError', message })
  }
})

t.test('--trust-foreign-tokens skips the signature, and nothing else', async (t) => {
  const { call, mock } = await testApp(t, { trustForeignTokens: true })
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const scp = 'DeviceManagementServiceConfig.Read.All'
  const sign = (claims: object) =>
    new SignJWT({
      aud: 'https://graph.microsoft.com',
      iss: `https://sts.windows.net/${TENANT}/`,
      tid: TENANT,
      scp,
      ...claims
    })
      .setProtectedHeader({ alg: 'RS256', kid: 'theirs' })
      .setExpirationTime('1h')
      .sign(privateKey)
  t.equal((await call('GET', SETTINGS, { token: await sign({}) })).statusCode, 200)
  t.equal((await call('GET', SETTINGS, { token: await sign({ exp: 1 }) })).statusCode, 200, 'setExpirationTime wins')
  t.equal((await call('GET', SETTINGS, { token: await sign({ aud: 'x' }) })).statusCode, 401)
  t.strictSame(mock.tenants.list(), [TENANT])
})

t.test('only a verified token makes a tenant', async (t) => {
  const { call, mock } = await testApp(t)
  const { access_token: token } = await mock.mintToken({ tenantId: TENANT, signature: 'foreign' })
  await call('GET', SETTINGS, { token })
  t.strictSame(mock.tenants.list(), [])
  const good = await mock.mintToken({ tenantId: TENANT })
  t.strictSame(mock.tenants.list(), [], 'nor does minting one')
  await call('GET', SETTINGS, { token: good.access_token })
  t.strictSame(mock.tenants.list(), [TENANT])
})
