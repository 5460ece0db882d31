import { createHash } from 'node:crypto'
import type { LightMyRequestResponse } from 'fastify'
import t from 'tap'
import { DEFAULT_TENANT } from '../helper.js'
import {
  ADELE,
  claimsOf,
  CONTOSO,
  fixtureFile,
  PUBLIC,
  READ_WRITE,
  refused,
  TENANT,
  testAuthority,
  type TestAuthority
} from './authority.js'

const MEGAN = 'megan.bowen@contoso.example'
const REDIRECT = 'http://localhost:3000/redirect'
const ASKED = { ...PUBLIC, response_type: 'code', redirect_uri: REDIRECT, scope: READ_WRITE, state: 'a&b <c>' }
const SILENT = { ...ASKED, prompt: 'none', login_hint: ADELE }
const VERIFIER = 'v'.repeat(43)
const CHALLENGE = {
  code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
  code_challenge_method: 'S256'
}

type Parameters = Readonly<Record<string, string>>

function get(
  { app }: TestAuthority,
  form: Parameters,
  tenant = TENANT,
  version = 'oauth2/v2.0'
): Promise<LightMyRequestResponse> {
  return app.inject({ method: 'GET', url: `/${tenant}/${version}/authorize?${new URLSearchParams(form).toString()}` })
}

function locationOf(answer: LightMyRequestResponse): URL {
  return new URL(String(answer.headers.location))
}

t.test('authorization code', async (t) => {
  const clock = { now: Date.UTC(2026, 0, 1) }
  const authority = await testAuthority(t, {}, () => clock.now)
  const codeFor = async (form: Parameters = {}, tenant = TENANT) =>
    String(locationOf(await get(authority, { ...SILENT, ...form }, tenant)).searchParams.get('code'))
  const redeem = (code: string, form: Parameters = {}, tenant = TENANT) =>
    authority.token({ grant_type: 'authorization_code', ...PUBLIC, redirect_uri: REDIRECT, code, ...form }, tenant)

  t.test('prompt=none and login_hint', async (t) => {
    const answer = await get(authority, { ...SILENT, client_info: '1' })
    t.equal(answer.statusCode, 302)
    const { origin, pathname, searchParams } = locationOf(answer)
    t.equal(origin + pathname, REDIRECT)
    t.equal(searchParams.get('state'), ASKED.state)
    t.match(searchParams.get('session_state'), /^[0-9a-f-]{36}$/)
    t.type(searchParams.get('client_info'), 'string')
  })

  t.test('redeemed with PKCE, once; the id token has the nonce', async (t) => {
    const code = await codeFor({ ...CHALLENGE, nonce: 'n', scope: `${READ_WRITE} openid` }, 'common')
    const body = (await redeem(code, { code_verifier: VERIFIER, scope: READ_WRITE }, 'common')).json<Parameters>()
    t.match(claimsOf(body['access_token']), { upn: ADELE, tid: TENANT })
    t.match(claimsOf(body['id_token']), { nonce: 'n', preferred_username: ADELE })
    refused(t, await redeem(code, { code_verifier: VERIFIER }), 400, 'invalid_grant', 54005, /once/)
  })

  t.test('plain PKCE', async (t) => {
    t.equal((await redeem(await codeFor({ code_challenge: VERIFIER }), { code_verifier: VERIFIER })).statusCode, 200)
  })

  t.test('of v1', async (t) => {
    const late = await get(authority, { ...SILENT, scope: 'openid' }, TENANT, 'oauth2')
    t.ok(locationOf(await get(authority, { ...SILENT, scope: '' }, TENANT, 'oauth2')).searchParams.has('code'))
    const code = String(locationOf(late).searchParams.get('code'))
    const form = { grant_type: 'authorization_code', ...PUBLIC, redirect_uri: REDIRECT, code }
    const body = (
      await authority.post('oauth2/token', { ...form, resource: 'https://graph.microsoft.com' })
    ).json<Parameters>()
    t.match(body, { refresh_token: String, id_token: String, resource: 'https://graph.microsoft.com' })
    const early = await get(authority, { ...SILENT, scope: '', resource: 'api://x' }, TENANT, 'oauth2')
    t.ok(locationOf(early).searchParams.has('code'))
  })

  t.test('a personal account gets a token that Graph refuses', async (t) => {
    const body = (await redeem(await codeFor({}, 'consumers'), {}, 'consumers')).json<Parameters>()
    const token = String(body['access_token'])
    t.equal(claimsOf(token)['tid'], '9188040d-6c67-4c5b-b112-36a304b66dad')
    const answer = await authority.call('GET', '/beta/deviceManagement/windowsAutopilotSettings', { token })
    t.equal(answer.statusCode, 401)
    t.equal(answer.json<{ error: { code: string } }>().error.code, 'InvalidAuthenticationToken')
  })

  t.test('refusals', async (t) => {
    const code = await codeFor(CHALLENGE)
    const cases: [string, Parameters, number, string, number, RegExp][] = [
      ['unknown', { code: 'x' }, 400, 'invalid_grant', 70000, /has not issued this code/],
      ['of another client', { client_id: 'another' }, 400, 'invalid_grant', 70000, /another application/],
      ['another redirect URI', { redirect_uri: 'http://localhost/x' }, 401, 'invalid_client', 50011, /localhost:3000/],
      ['no redirect URI', { redirect_uri: '' }, 400, 'invalid_request', 900144, /no redirect_uri/],
      ['no verifier', {}, 400, 'invalid_grant', 501481, /send its code_verifier/],
      ['a wrong verifier', { code_verifier: 'x' }, 400, 'invalid_grant', 501481, /S256/]
    ]
    for (const [name, form, status, error, number, reason] of cases) {
      t.test(name, async (t) => {
        refused(t, await redeem(code, form), status, error, number, reason)
      })
    }
    t.test('at another tenant', async (t) => {
      const elsewhere = await redeem(code, {}, '12345678-1234-4234-8234-123456789abc')
      refused(t, elsewhere, 400, 'invalid_grant', 70000, /is for the tenant/)
    })
    t.test('a verifier that nobody asked for', async (t) => {
      const answer = await redeem(await codeFor(), { code_verifier: VERIFIER })
      refused(t, answer, 400, 'invalid_grant', 501481, /without code_challenge/)
    })
    t.test('none of them used it up', async (t) => {
      t.equal((await redeem(code, { code_verifier: VERIFIER })).statusCode, 200)
    })
    t.test('expired', async (t) => {
      const old = await codeFor()
      clock.now += 10 * 60 * 1000
      refused(t, await redeem(old), 400, 'invalid_grant', 70008, /10 minutes/)
    })
  })
})

t.test('refusals that go to the redirect URI', async (t) => {
  const authority = await testAuthority(t)
  const registered = { ...SILENT, client_id: CONTOSO.client_id, redirect_uri: 'http://localhost:3000' }
  const cases: [string, Parameters, string, number][] = [
    ['no user', { ...ASKED, prompt: 'none' }, 'login_required', 50058],
    ['unknown user', { ...SILENT, login_hint: 'x@y' }, 'login_required', 50058],
    ['cancelled', { ...ASKED, mock_decision: 'cancel' }, 'access_denied', 65004],
    ['a user that is none', { ...ASKED, mock_decision: 'accept', mock_user: 'x' }, 'invalid_request', 9002313],
    ['no user at all', { ...ASKED, mock_decision: 'accept' }, 'invalid_request', 9002313],
    ['no response type', { ...ASKED, response_type: '' }, 'invalid_request', 900144],
    ['implicit flow', { ...ASKED, response_type: 'token' }, 'unsupported_response_type', 700054],
    ['no scope', { ...ASKED, scope: '' }, 'invalid_request', 900144],
    ['two resources', { ...ASKED, scope: 'a/b c/d' }, 'invalid_scope', 700022],
    ['unknown response mode', { ...ASKED, response_mode: 'x' }, 'invalid_request', 9002313],
    ['unknown prompt', { ...ASKED, prompt: 'x' }, 'invalid_request', 9002313],
    ['short challenge', { ...ASKED, code_challenge: 'x' }, 'invalid_request', 501491],
    ['long challenge', { ...ASKED, code_challenge: 'x'.repeat(129) }, 'invalid_request', 501491],
    ['unknown challenge', { ...ASKED, ...CHALLENGE, code_challenge_method: 'x' }, 'invalid_request', 50149],
    ['consent', { ...registered, scope: 'Mail.Read' }, 'interaction_required', 65001],
    ['scope', { ...registered, scope: 'a"b' }, 'invalid_scope', 70011]
  ]
  for (const [name, form, error, number] of cases) {
    t.test(name, async (t) => {
      const answer = await get(authority, form)
      t.equal(answer.statusCode, 302)
      const { searchParams } = locationOf(answer)
      t.equal(searchParams.get('error'), error)
      t.match(searchParams.get('error_description'), new RegExp(`^AADSTS${number}: `))
      t.equal(searchParams.get('state'), ASKED.state)
      t.match(answer.headers['x-mock-reason'], /./)
      t.match(authority.lines.at(-2), { msg: 'refused', code: `AADSTS${number}` })
    })
  }
})

t.test('where an answer may go', async (t) => {
  const fixtures = fixtureFile(t, {
    applications: [
      { appId: 'one', redirectUris: ['https://app.contoso.example/cb?x=1'] },
      {
        appId: 'loop',
        redirectUris: ['http://localhost/cb', 'http://127.0.0.1/', 'http://[::1]/', 'http://host/', 'not a url']
      },
      { appId: 'nowhere' }
    ]
  })
  const authority = await testAuthority(t, { fixtures })
  const allowed: [string, string, string?][] = [
    ['nobody', 'http://localhost/'],
    ['nobody', 'https://web:8443/cb?x=1'],
    ['nobody', 'http://127.0.0.1:5000/'],
    ['nobody', 'http://[::1]:5000/'],
    ['nobody', 'http://app.localhost/'],
    ['nobody', 'https://app.internal/'],
    ['nobody', 'msalnobody://auth'],
    ['one', 'https://app.contoso.example/cb?x=1'],
    ['loop', 'http://localhost:3000/cb'],
    ['loop', 'http://127.0.0.1:3000/'],
    ['loop', 'http://[::1]:3000/'],
    ['one', '', 'https://app.contoso.example/cb?x=1']
  ]
  for (const [client_id, redirect_uri, target = redirect_uri] of allowed) {
    t.test(`${client_id} ${redirect_uri}`, async (t) => {
      const answer = await get(authority, { ...SILENT, client_id, redirect_uri })
      t.equal(answer.statusCode, 302, answer.body)
      t.equal(String(answer.headers.location).startsWith(target), true, String(answer.headers.location))
    })
  }

  const refusedUris: [string, string][] = [
    ['nobody', ''],
    ['nobody', 'https://evil.example/'],
    ['nobody', 'http://localhost@evil.example/'],
    ['nobody', 'http://:x@localhost/'],
    ['nobody', 'http://127.0.0.1.evil.example/'],
    ['nobody', 'http://8.8.8.8/'],
    ['nobody', 'http://[2001:db8::1]/'],
    ['nobody', 'http://localhost/#x'],
    ['nobody', 'javascript:alert(1)'],
    ['nobody', 'msalanother://auth'],
    ['nobody', '//evil.example'],
    ['nobody', 'http://evil.example\\@localhost/'],
    ['one', 'https://app.contoso.example/cb'],
    ['one', 'http://localhost/'],
    ['loop', ''],
    ['loop', 'http://localhost:3000/other'],
    ['loop', 'https://localhost:3000/cb'],
    ['loop', 'http://host:3000/'],
    ['loop', 'http://localhost:3000/cb?x=1'],
    ['loop', '::'],
    ['nowhere', 'http://localhost/']
  ]
  for (const [client_id, redirect_uri] of refusedUris) {
    t.test(`${client_id} not ${redirect_uri}`, async (t) => {
      const answer = await get(authority, { ...SILENT, client_id, redirect_uri })
      t.equal(answer.statusCode, 400)
      t.equal(answer.headers.location, undefined)
      t.match(answer.headers['content-type'], /^text\/html/)
      t.match(answer.body, 'AADSTS50011: ')
    })
  }

  t.test('no client and no tenant are pages too', async (t) => {
    t.match((await get(authority, { ...SILENT, client_id: '' })).body, 'AADSTS900144: ')
    const answer = await get(authority, SILENT, '<script>')
    t.equal(answer.statusCode, 400)
    t.match(answer.body, 'AADSTS90002: Tenant &#39;&lt;script&gt;&#39; not found.')
  })

  t.test('a bug is a page with 500', async (t) => {
    authority.mock.authority = () => Promise.reject(new Error('secret stack'))
    const answer = await get(authority, SILENT)
    t.equal(answer.statusCode, 500)
    t.notMatch(answer.body, 'secret stack')
  })
  t.test('also behind the redirect URI', async (t) => {
    const broken = await testAuthority(t)
    const authorityOf = await broken.mock.authority()
    authorityOf.codes.add = () => {
      throw new Error('secret stack')
    }
    t.equal((await get(broken, SILENT)).statusCode, 500)
  })
})

t.test('the page', async (t) => {
  const authority = await testAuthority(t)

  t.test('pick an account and consent', async (t) => {
    const page = await get(authority, { ...ASKED, login_hint: MEGAN, prompt: 'select_account', nonce: '"><script>' })
    t.equal(page.statusCode, 200)
    t.match(page.headers['content-security-policy'], /default-src 'none'.*form-action 'self' http:\/\/localhost:3000;/)
    t.notMatch(page.body, '<script')
    t.match(page.body, '<input type="hidden" name="nonce" value="&quot;&gt;&lt;script&gt;">')
    t.match(page.body, new RegExp(`value="${MEGAN}" checked`))
    t.match(page.body, '<li>DeviceManagementServiceConfig.ReadWrite.All</li>')
    const sent = { ...ASKED, mock_user: MEGAN, mock_decision: 'accept' }
    const answer = await authority.post('oauth2/v2.0/authorize', sent)
    t.equal(answer.statusCode, 302)
    const code = String(locationOf(answer).searchParams.get('code'))
    const form = { grant_type: 'authorization_code', ...PUBLIC, redirect_uri: REDIRECT, code }
    t.equal(claimsOf((await authority.token(form)).json<Parameters>()['access_token'])['upn'], MEGAN)
  })

  t.test('without a hint, and for nothing but the sign-in', async (t) => {
    const page = await get(authority, { ...ASKED, scope: 'openid', redirect_uri: `msal${PUBLIC.client_id}://auth` })
    t.match(page.body, new RegExp(`value="${ADELE}" checked`))
    t.match(page.body, 'It asks for nothing but to know who you are.')
    t.match(page.headers['content-security-policy'], `form-action 'self' msal${PUBLIC.client_id}:;`)
    const six = await get(authority, { ...ASKED, redirect_uri: 'http://[::1]:3000/' })
    t.match(six.headers['content-security-policy'], "form-action 'self' http:;")
  })

  t.test('form_post', async (t) => {
    const answer = await get(authority, { ...SILENT, response_mode: 'form_post' })
    t.equal(answer.statusCode, 200)
    t.match(answer.body, `<form method="post" action="${REDIRECT}">`)
    t.match(answer.body, 'name="state" value="a&amp;b &lt;c&gt;"')
    t.match(answer.body, '<noscript><button>Continue</button></noscript>')
    const [, script = ''] = /<script>(.*)<\/script>/.exec(answer.body) ?? []
    const digest = createHash('sha256').update(script).digest('base64')
    t.match(answer.headers['content-security-policy'], `script-src 'sha256-${digest}'`)
  })

  t.test('fragment, for MSAL Browser', async (t) => {
    const { hash, search } = locationOf(await get(authority, { ...SILENT, response_mode: 'fragment', state: '' }))
    t.match(hash, /^#code=1\./)
    t.equal(search, '')
  })
})

t.test('device code', async (t) => {
  const clock = { now: Date.UTC(2026, 0, 1) }
  const authority = await testAuthority(t, {}, () => clock.now)
  const { app, post, token, call } = authority
  const start = async (tenant = TENANT) =>
    (await post('oauth2/v2.0/devicecode', { ...PUBLIC, scope: READ_WRITE }, {}, tenant)).json<Parameters>()
  const poll = (device_code = '', form: Parameters = {}, tenant = TENANT) =>
    token({ grant_type: 'device_code', device_code, ...PUBLIC, ...form }, tenant)
  const control = (userCode = '', body?: unknown, tenant = 'default') =>
    call('POST', `/_mock/tenants/${tenant}/devicecodes/${userCode}`, body === undefined ? {} : { body })

  t.test('what the device gets', async (t) => {
    const body = await start()
    t.match(body, { expires_in: 900, interval: 5, verification_uri: 'http://localhost:80/devicelogin' })
    t.match(body['user_code'], /^[A-Z\d]{9}$/)
    t.equal(
      body['message'],
      `To sign in, use a web browser to open the page http://localhost:80/devicelogin and enter the code ${String(body['user_code'])} to authenticate.`
    )
    const v1 = (
      await post('oauth2/devicecode', { ...PUBLIC, resource: 'https://graph.microsoft.com' })
    ).json<Parameters>()
    t.match(v1, { expires_in: '900', interval: '5', verification_url: 'http://localhost:80/devicelogin' })
  })

  t.test('pending, then approved by the control call', async (t) => {
    const { device_code, user_code = '' } = await start()
    refused(t, await poll(device_code), 400, 'authorization_pending', 70016, /devicecodes/)
    const approved = await control(user_code.toLowerCase(), { user: MEGAN })
    t.strictSame(approved.json(), { user_code, decision: 'approve', client_id: PUBLIC.client_id })
    t.match((await control(user_code)).json(), { status: 409, detail: `The code ${user_code} is decided already.` })
    const body = (await poll(device_code)).json<Parameters>()
    t.equal(claimsOf(body['access_token'])['upn'], MEGAN)
    refused(t, await poll(device_code), 400, 'bad_verification_code', 70018, /was redeemed/)
  })

  t.test('denied', async (t) => {
    const { device_code, user_code } = await start()
    t.match((await control(user_code, { decision: 'deny' })).json(), { decision: 'deny' })
    refused(t, await poll(device_code), 400, 'authorization_declined', 65004, /denied/)
  })

  t.test('of common, in the tenant of the control call', async (t) => {
    const tenant = '12345678-1234-4234-8234-123456789abc'
    const { device_code, user_code } = await start('common')
    refused(t, await poll(device_code, {}, 'common'), 400, 'authorization_pending', 70016, /tenants\/default/)
    t.equal((await control(user_code, undefined, tenant)).statusCode, 200)
    const long = {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      code: device_code ?? '',
      device_code: ''
    }
    const body = (await poll('', long, 'common')).json<Parameters>()
    t.match(claimsOf(body['access_token']), { tid: tenant, upn: ADELE })
  })

  t.test('refusals', async (t) => {
    const { device_code, user_code } = await start()
    refused(t, await poll('x'), 400, 'bad_verification_code', 70018, /has not issued/)
    refused(
      t,
      await poll(device_code, { client_id: 'another' }),
      400,
      'bad_verification_code',
      70018,
      /another application/
    )
    refused(t, await poll(device_code, {}, 'common'), 400, 'bad_verification_code', 70018, /not at \/common/)
    t.match((await control('nope')).json(), { status: 404, detail: /No device of the tenant .* "nope"/ })
    const elsewhere = await control(user_code, undefined, '12345678-1234-4234-8234-123456789abc')
    t.match(elsewhere.json(), { status: 404 })
    t.match((await control(user_code, { user: 'x' })).json(), {
      status: 400,
      detail: `user must be one of ${ADELE}, ${MEGAN}.`
    })
    t.match((await control(user_code, { decision: 'x' })).json(), { status: 400, detail: /^decision must be/ })
    refused(t, await post('oauth2/v2.0/devicecode', { scope: 'x' }), 400, 'invalid_request', 900144, /client_id/)
    const foreign = await post('oauth2/v2.0/devicecode', { client_id: CONTOSO.client_id, scope: 'Mail.Read' })
    refused(t, foreign, 400, 'invalid_grant', 65001)
  })

  t.test('the page', async (t) => {
    const { device_code, user_code = '' } = await start('common')
    t.match((await app.inject('/devicelogin')).body, '<input name="user_code"')
    const page = await app.inject(`/devicelogin?user_code=${user_code.slice(0, 4)}-${user_code.slice(4)}`)
    t.match(page.body, `<input type="hidden" name="user_code" value="${user_code}">`)
    t.match(page.body, '<li>DeviceManagementServiceConfig.ReadWrite.All</li>')
    t.match((await post('/devicelogin', { user_code })).body, 'AADSTS9002313')
    t.match((await post('/devicelogin', { user_code, mock_decision: 'approve' })).body, 'AADSTS9002313')
    t.match((await post('/devicelogin', {})).body, 'AADSTS900144')
    const approved = await post('/devicelogin', { user_code, mock_decision: 'approve', mock_user: ADELE })
    t.equal(approved.statusCode, 200)
    t.match(approved.body, 'You have signed in on your device.')
    t.match((await app.inject(`/devicelogin?user_code=${user_code}`)).body, 'was used already')
    const body = (await poll(device_code, {}, 'common')).json<Parameters>()
    t.equal(claimsOf(body['access_token'])['tid'], DEFAULT_TENANT, 'the tenant of the domain of the user')

    const second = await start()
    const denied = await post('/devicelogin', { user_code: String(second['user_code']), mock_decision: 'deny' })
    t.match(denied.body, 'The device was refused.')
    const unknown = await app.inject('/devicelogin?user_code=%3Cb%3E')
    t.equal(unknown.statusCode, 400)
    t.match(unknown.body, 'Nobody waits for the code &#39;&lt;b&gt;&#39;.')
  })

  t.test('expired, by the clock of its tenant', async (t) => {
    const { device_code, user_code } = await start()
    clock.now += 15 * 60 * 1000
    refused(t, await poll(device_code), 400, 'expired_token', 70019, /15 minutes/)
    t.match((await control(user_code)).json(), { status: 409, detail: /has expired/ })
    t.match((await app.inject(`/devicelogin?user_code=${String(user_code)}`)).body, 'has expired')
  })
})

t.test('logout', async (t) => {
  const fixtures = fixtureFile(t, {
    applications: [{ appId: 'one', redirectUris: ['https://app.contoso.example/'] }, { appId: 'two' }]
  })
  const { app, post } = await testAuthority(t, { fixtures })
  const url = (uri: string, extra = '') =>
    `/common/oauth2/v2.0/logout?post_logout_redirect_uri=${encodeURIComponent(uri)}${extra}`
  t.match((await app.inject('/common/oauth2/v2.0/logout')).body, 'You signed out of your account')
  t.equal(
    (await app.inject(url('http://localhost:3000/', '&state=s'))).headers.location,
    'http://localhost:3000/?state=s'
  )
  t.equal((await app.inject(url('https://app.contoso.example/'))).headers.location, 'https://app.contoso.example/')
  const elsewhere = await app.inject(url('https://evil.example/'))
  t.equal(elsewhere.statusCode, 200)
  t.equal(elsewhere.headers.location, undefined)
  t.match(elsewhere.headers['x-mock-reason'], /https:\/\/evil\.example\//)
  t.equal((await post('oauth2/logout', { post_logout_redirect_uri: 'http://localhost/' })).statusCode, 302)
  t.equal((await app.inject('/nosuch/oauth2/v2.0/logout')).statusCode, 400)
})

t.test('error_uri leads to a page', async (t) => {
  const { app } = await testAuthority(t)
  t.match((await app.inject('/error?code=70016')).body, '<h1>AADSTS70016</h1>')
  t.match((await app.inject('/error?code=<b>')).body, '<h1>Error codes</h1>')
  t.match((await app.inject('/error')).body, '<h1>Error codes</h1>')
})
