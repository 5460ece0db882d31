import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { CompactSign, UnsecuredJWT } from 'jose'
import t from 'tap'
import { generateKey, makeCaCertificate } from '../../src/tls/certificate-authority.js'
import { GROUP, SETTINGS, SIGNING_KEY } from '../helper.js'
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
  UNKNOWN,
  type Form
} from './authority.js'

const OTHER_TENANT = '12345678-1234-4234-8234-123456789abc'
const PERSONAL = '9188040d-6c67-4c5b-b112-36a304b66dad'
const APP = { grant_type: 'client_credentials', scope: `${GRAPH}/.default` }
const PASSWORD = { grant_type: 'password', username: ADELE, password: 'adele', scope: READ_WRITE }
const OBO = {
  grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
  requested_token_use: 'on_behalf_of',
  scope: READ_WRITE
}

t.test('client credentials', async (t) => {
  const { token, call, post, mock } = await testAuthority(t, { profile: 'observed' })

  t.test('an unknown application holds every permission that the routes declare', async (t) => {
    const answer = await token({ ...APP, ...UNKNOWN }, OTHER_TENANT)
    t.equal(answer.statusCode, 200)
    t.equal(answer.headers['cache-control'], 'no-store, no-cache')
    const body = answer.json<Record<string, unknown>>()
    t.match(body, { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: String })
    t.strictSame(Object.keys(body).sort(), ['access_token', 'expires_in', 'ext_expires_in', 'token_type'])
    const claims = claimsOf(body['access_token'])
    t.match(claims, {
      aud: GRAPH,
      idtyp: 'app',
      appid: UNKNOWN.client_id,
      appidacr: '1',
      tid: OTHER_TENANT,
      ver: '1.0'
    })
    t.equal(claims['iss'], `https://sts.windows.net/${OTHER_TENANT}/`)
    t.notOk('scp' in claims)
    t.strictSame(claims['roles'], mock.graph.permissionNames)
    const patched = await call('PATCH', SETTINGS, { token: String(body['access_token']), body: {} })
    t.equal(patched.statusCode, 200)
  })

  t.test('a registered application holds its own', async (t) => {
    const { access_token } = (await token({ ...APP, ...CONTOSO })).json<{ access_token: string }>()
    t.match(claimsOf(access_token), {
      roles: ['DeviceManagementServiceConfig.ReadWrite.All'],
      app_displayname: 'Contoso Autopilot'
    })
  })

  t.test('with * it holds every permission, and its token names only those that it lists', async (t) => {
    const secrets = [{ secretText: 'any' }]
    const permissions = { roles: ['User.Read.All', '*'], scopes: ['*', 'User.Read'] }
    const fixtures = fixtureFile(t, {
      applications: [
        { appId: 'broad', secrets, permissions },
        { appId: 'narrow', secrets, permissions: { roles: ['User.Read.All'], scopes: ['User.Read'] } }
      ]
    })
    const { token, call } = await testAuthority(t, { fixtures })
    const password = { grant_type: 'password', username: ADELE, password: 'adele' }
    for (const [client_id, form, names, everything, status] of [
      ['broad', APP, { roles: ['User.Read.All'] }, '*', 201],
      ['broad', { ...password, scope: `${GRAPH}/.default` }, { scp: 'User.Read' }, '*', 201],
      ['broad', { ...password, scope: 'Group.ReadWrite.All' }, { scp: 'Group.ReadWrite.All' }, undefined, 201],
      ['broad', { ...password, scope: 'Group.Read.All' }, { scp: 'Group.Read.All' }, undefined, 403],
      ['narrow', APP, { roles: ['User.Read.All'] }, undefined, 403],
      ['narrow', { ...password, scope: `${GRAPH}/.default` }, { scp: 'User.Read' }, undefined, 403]
    ] as const) {
      const client = { client_id, client_secret: 'any', ...form }
      const { access_token } = (await token(client)).json<{ access_token: string }>()
      const claims = claimsOf(access_token)
      t.match(claims, names, `${client_id} ${form.grant_type} ${form.scope}`)
      t.equal(claims['mock_permissions'], everything)
      t.equal((await call('POST', '/v1.0/groups', { token: access_token, body: GROUP })).statusCode, status)
    }
  })

  t.test('HTTP Basic, its parts form-encoded', async (t) => {
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })
    const good = basic(`${CONTOSO.client_id}:${encodeURIComponent(CONTOSO.client_secret)}`)
    t.equal((await post('oauth2/v2.0/token', APP, good)).statusCode, 200)
    const plain = basic(`${UNKNOWN.client_id}:100%`)
    t.equal((await post('oauth2/v2.0/token', APP, plain)).statusCode, 200)
    const twice = await post('oauth2/v2.0/token', { ...APP, ...UNKNOWN }, good)
    refused(t, twice, 400, 'invalid_request', 9002313, /authenticates twice/)
    const nonsense = await post('oauth2/v2.0/token', APP, { authorization: 'Basic !' })
    refused(t, nonsense, 400, 'invalid_request', 9002313, /not HTTP Basic/)
  })

  t.test('resources', async (t) => {
    const audience = async (scope: string) => {
      const answer = await token({ ...APP, ...UNKNOWN, scope })
      return claimsOf(answer.json<{ access_token: string }>().access_token)
    }
    t.equal((await audience(`${GRAPH}//.default`))['aud'], GRAPH)
    t.equal(
      (await audience('00000003-0000-0000-c000-000000000000/.default'))['aud'],
      '00000003-0000-0000-c000-000000000000'
    )
    t.equal(
      (await audience('https://localhost:80/.default'))['aud'],
      GRAPH,
      "Kiota's default scope is this server's Graph"
    )
    const foreign = await audience('api://somebody-elses/.default')
    t.equal(foreign['aud'], 'api://somebody-elses')
    t.notOk('roles' in foreign)
  })

  t.test('v1 names a resource, and its numbers are strings', async (t) => {
    const form = { grant_type: 'client_credentials', resource: `${GRAPH}/`, ...UNKNOWN }
    const body = (await post('oauth2/token', form)).json<Record<string, string>>()
    t.match(body, { token_type: 'Bearer', expires_in: '3599', ext_expires_in: '3599', resource: `${GRAPH}/` })
    t.equal(Number(body['expires_on']) - Number(body['not_before']), 3899)
    t.match(claimsOf(body['access_token']), { idtyp: 'app', aud: GRAPH })
    const scoped = await post('oauth2/token', { ...APP, ...UNKNOWN })
    t.notOk('resource' in scoped.json<object>())
  })
})

t.test('grants of a user', async (t) => {
  const clock = { now: Date.UTC(2026, 0, 1) }
  const { token, call, post, mock } = await testAuthority(t, {}, () => clock.now)
  const signIn = async (form: object = {}, tenant = TENANT) =>
    (await token({ ...PASSWORD, ...PUBLIC, ...form }, tenant)).json<Record<string, string>>()

  t.test('password', async (t) => {
    const body = await signIn(
      { scope: `${READ_WRITE} openid profile email offline_access`, client_info: '1' },
      OTHER_TENANT
    )
    t.equal(body['scope'], `${READ_WRITE} openid profile email`)
    const claims = claimsOf(body['access_token'])
    t.match(claims, { idtyp: 'user', upn: ADELE, name: 'Adele Vance', tid: OTHER_TENANT, appidacr: '0' })
    t.equal(claims['scp'], 'DeviceManagementServiceConfig.ReadWrite.All openid profile email')
    t.equal(claims['aud'], '00000003-0000-0000-c000-000000000000')
    const id = claimsOf(body['id_token'])
    t.match(id, { aud: PUBLIC.client_id, iss: `http://localhost:80/${OTHER_TENANT}/v2.0`, ver: '2.0' })
    t.match(id, { preferred_username: ADELE, email: ADELE, oid: claims['oid'], tid: OTHER_TENANT })
    t.strictSame(JSON.parse(Buffer.from(String(body['client_info']), 'base64url').toString()), {
      uid: claims['oid'],
      utid: OTHER_TENANT
    })
    const patched = await call('PATCH', SETTINGS, { token: String(body['access_token']), body: {} })
    t.equal(patched.statusCode, 200)
  })

  t.test('scopes are what was asked for', async (t) => {
    const scp = async (scope: string, form = {}) => {
      const body = await signIn({ scope, ...form })
      return [claimsOf(body['access_token'])['scp'], body['scope']]
    }
    t.strictSame(await scp('User.Read'), ['User.Read', 'User.Read'])
    t.strictSame(await scp('openid'), ['openid', 'openid'])
    t.strictSame(await scp(`${GRAPH}/.default`), [
      mock.graph.permissionNames.join(' '),
      [...mock.graph.permissionNames, '.default'].map((name) => `${GRAPH}/${name}`).join(' ')
    ])
    t.strictSame(await scp('api://x/y/Files.Read'), ['Files.Read', 'api://x/y/Files.Read'])
    t.strictSame(await scp('api://x/.default'), ['user_impersonation', 'api://x/user_impersonation api://x/.default'])
    t.strictSame(await scp(`${READ_WRITE} User.Read`), [
      'DeviceManagementServiceConfig.ReadWrite.All User.Read',
      `${GRAPH}/DeviceManagementServiceConfig.ReadWrite.All ${GRAPH}/User.Read`
    ])
    t.strictSame(await scp('devicemanagementserviceconfig.read.all'), [
      'DeviceManagementServiceConfig.Read.All',
      'DeviceManagementServiceConfig.Read.All'
    ])
    t.strictSame(await scp('user.read', CONTOSO), ['User.Read', 'User.Read'])
  })

  t.test('organizations is the tenant of the domain, else the default one', async (t) => {
    t.equal(claimsOf((await signIn({}, 'organizations'))['access_token'])['tid'], TENANT)
    t.equal(claimsOf((await signIn({}, 'CONTOSO.example'))['access_token'])['tid'], TENANT)
  })

  t.test('organizations is the default tenant for a domain that the fixture does not know', async (t) => {
    const users = [{ id: OTHER_TENANT, userPrincipalName: 'a@b', displayName: 'A' }]
    const fixtures = fixtureFile(t, { users, domains: { 'other.example': OTHER_TENANT } })
    const other = await testAuthority(t, { fixtures })
    const tenantOf = async (tenant: string) => {
      const answer = await other.token({ ...PASSWORD, ...PUBLIC, username: 'A@B' }, tenant)
      return claimsOf(answer.json<{ access_token: string }>().access_token)['tid']
    }
    t.equal(await tenantOf('organizations'), TENANT)
    t.equal(await tenantOf('other.example'), OTHER_TENANT)
  })

  t.test('v1 gives a refresh token and an id token always', async (t) => {
    const form = { ...PASSWORD, ...PUBLIC, resource: GRAPH, scope: 'openid' }
    const body = (await post('oauth2/token', form)).json<Record<string, string>>()
    t.match(body, { refresh_token: String, expires_in: '3599' })
    t.match(claimsOf(body['id_token']), { ver: '1.0', upn: ADELE, iss: `https://sts.windows.net/${TENANT}/` })
  })

  t.test('refresh token: rotated, for any resource and tenant of the user', async (t) => {
    const { refresh_token = '' } = await signIn({ scope: `${READ_WRITE} offline_access openid` })
    const refresh = (form: object, tenant = TENANT) =>
      token({ grant_type: 'refresh_token', refresh_token, ...PUBLIC, ...form }, tenant)
    const same = (await refresh({}, 'common')).json<Record<string, string>>()
    t.equal(claimsOf(same['access_token'])['scp'], 'DeviceManagementServiceConfig.ReadWrite.All openid')
    t.not(same['refresh_token'], refresh_token)
    t.type(same['id_token'], 'string')
    const other = (await refresh({ scope: 'api://x/y' }, OTHER_TENANT)).json<Record<string, string>>()
    t.match(claimsOf(other['access_token']), { aud: 'api://x', tid: OTHER_TENANT })

    refused(t, await refresh({ refresh_token: '0.x' }), 400, 'invalid_grant', 70000, /has not issued/)
    refused(t, await refresh({ client_id: 'another' }), 400, 'invalid_grant', 70000, /another application/)
    refused(t, await refresh({}, PERSONAL), 400, 'invalid_grant', 70000, /a personal account cannot get/)
    clock.now += 90 * 24 * 3600 * 1000
    refused(t, await refresh({}), 400, 'invalid_grant', 70008, /90 days/)
  })

  t.test('on behalf of', async (t) => {
    const api = { client_id: 'aaaa1111-2222-4333-8444-555566667777', client_secret: 'x' }
    const { access_token: assertion = '' } = await signIn({ scope: `api://${api.client_id}/access_as_user` })
    const trade = (form: object, tenant = TENANT) => token({ ...OBO, ...api, assertion, ...form }, tenant)
    const body = (await trade({})).json<Record<string, string>>()
    t.match(claimsOf(body['access_token']), { upn: ADELE, appid: api.client_id, appidacr: '1', tid: TENANT })
    t.equal((await trade({}, 'common')).statusCode, 200)
    const custom = await signIn({ scope: 'https://api.contoso.example/read' })
    t.equal((await trade({ assertion: custom['access_token'] })).statusCode, 200, 'nobody knows its identifier URIs')

    const minted = async (request: object) =>
      (await call('POST', '/_mock/tokens', { body: { audience: api.client_id, ...request } })).json<{
        access_token: string
      }>().access_token
    const preferred = await minted({ claims: { upn: null, name: null, preferred_username: 'p@contoso.example' } })
    const named = (await trade({ assertion: preferred })).json<Record<string, string>>()
    t.match(claimsOf(named['access_token']), { upn: 'p@contoso.example', name: 'p@contoso.example' })
    const nameless = await minted({ claims: { upn: null, oid: 'an-object-id' } })
    t.match(claimsOf((await trade({ assertion: nameless })).json<Record<string, string>>()['access_token']), {
      upn: 'an-object-id'
    })

    const cases: [string, object, number, RegExp][] = [
      ['no JWT', { assertion: 'x' }, 50013, /not accepted/],
      ['spoilt signature', { assertion: await minted({ signature: 'invalid' }) }, 50013, /signature does not fit/],
      ['a token for Graph', { assertion: (await signIn())['access_token'] }, 50013, /claim aud/],
      ['an audience that is none', { assertion: await minted({ claims: { aud: 7 } }) }, 50013, /claim aud/],
      [
        'an audience that is no text',
        { assertion: await minted({ claims: { aud: { toString: 1 } } }) },
        50013,
        /claim aud of the assertion is '{"toString":1}'/
      ],
      ['an application token', { assertion: await minted({ kind: 'application' }) }, 50013, /not a token of a user/],
      ['no tid', { assertion: await minted({ claims: { tid: null } }) }, 50013, /not a GUID/],
      ['no oid', { assertion: await minted({ claims: { oid: null } }) }, 50013, /not a token of a user/],
      ['expired', { assertion: await minted({ expiresIn: -1 }) }, 500133, /claim exp/]
    ]
    for (const [name, form, number, reason] of cases) {
      t.test(name, async (t) => {
        refused(t, await trade(form), 400, 'invalid_grant', number, reason)
      })
    }
    refused(t, await trade({}, OTHER_TENANT), 400, 'invalid_grant', 50013, /the path names/)
    refused(t, await trade({ client_secret: '' }), 401, 'invalid_client', 7000218)
    refused(t, await trade({ requested_token_use: 'x' }), 400, 'invalid_request', 900144)
  })

  t.test('on behalf of, with the token of a real tenant', async (t) => {
    const lenient = await testAuthority(t, { trustForeignTokens: true })
    const assertion = (
      await lenient.call('POST', '/_mock/tokens', { body: { audience: 'api://x', signature: 'foreign' } })
    ).json<{ access_token: string }>().access_token
    t.equal((await lenient.token({ ...OBO, ...UNKNOWN, assertion })).statusCode, 200)
  })
})

t.test('registered applications', async (t) => {
  const privateKey = createPrivateKey(readFileSync(SIGNING_KEY))
  const publicKey = createPublicKey(privateKey)
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = publicKey.export({ type: 'spki', format: 'pem' }) as string
  const now = Date.UTC(2026, 0, 1)
  const fixtures = fixtureFile(t, {
    unknownApplications: 'reject',
    applications: [
      {
        appId: 'secretive',
        secrets: [{ secretText: 'old', endDateTime: '2025-12-31T00:00:00Z' }, { secretText: 'new' }],
        permissions: { scopes: ['User.Read'] },
        identifierUris: ['https://api.contoso.example']
      },
      { appId: 'certified', certificates: [pem] },
      { appId: 'public' }
    ]
  })
  const { token, call, post } = await testAuthority(t, { fixtures }, () => now)
  const secretive = { client_id: 'SECRETIVE', client_secret: 'new' }

  const cases: [string, object, number, string, number, RegExp][] = [
    ['unknown application', { ...APP, ...UNKNOWN }, 400, 'unauthorized_client', 700016, /secretive, certified, public/],
    [
      'wrong secret',
      { ...APP, client_id: 'secretive', client_secret: 'x' },
      401,
      'invalid_client',
      7000215,
      /registered/
    ],
    [
      'expired secret',
      { ...APP, client_id: 'secretive', client_secret: 'old' },
      401,
      'invalid_client',
      7000222,
      /endDateTime/
    ],
    [
      'secret of one without',
      { ...APP, client_id: 'public', client_secret: 'x' },
      401,
      'invalid_client',
      7000215,
      /none of/
    ],
    ['no secret', { ...APP, client_id: 'secretive' }, 401, 'invalid_client', 7000218, /must authenticate/],
    [
      'a confidential client without secret',
      { ...PASSWORD, client_id: 'secretive' },
      401,
      'invalid_client',
      7000218,
      /./
    ],
    ['a scope without consent', { ...PASSWORD, ...secretive }, 400, 'invalid_grant', 65001, /permissions.scopes/]
  ]
  for (const [name, form, status, error, number, reason] of cases) {
    t.test(name, async (t) => {
      refused(t, await token(form as Form), status, error, number, reason)
    })
  }

  t.test('consent_required is the suberror', async (t) => {
    t.match((await token({ ...PASSWORD, ...secretive })).json(), { suberror: 'consent_required' })
  })

  t.test('exactly their own permissions', async (t) => {
    const app = (await token({ ...APP, ...secretive })).json<{ access_token: string }>()
    t.notOk('roles' in claimsOf(app.access_token))
    const user = (await token({ ...PASSWORD, ...secretive, scope: `${GRAPH}/.default` })).json<{
      access_token: string
    }>()
    t.equal(claimsOf(user.access_token)['scp'], 'User.Read')
    const none = await token({ ...PASSWORD, client_id: 'public', scope: '.default' })
    t.notOk('scp' in claimsOf(none.json<{ access_token: string }>().access_token))
  })

  t.test('on behalf of, only for its own audiences', async (t) => {
    const trade = async (audience: string) => {
      const body = { audience, claims: {} }
      const { access_token: assertion } = (await call('POST', '/_mock/tokens', { body })).json<{
        access_token: string
      }>()
      return token({ ...OBO, ...secretive, scope: 'User.Read', assertion })
    }
    t.equal((await trade('https://api.contoso.example')).statusCode, 200)
    t.equal((await trade('api://secretive')).statusCode, 200)
    refused(t, await trade('https://other.example'), 400, 'invalid_grant', 50013, /api:\/\/secretive/)
  })

  t.test('client assertions', async (t) => {
    const seconds = now / 1000
    const right = {
      aud: `http://localhost:80/${TENANT}/oauth2/v2.0/token`,
      iss: 'certified',
      sub: 'certified',
      exp: seconds + 60,
      nbf: seconds
    }
    const sign = (claims: object, header: object = {}, key = privateKey) =>
      new CompactSign(Buffer.from(JSON.stringify(claims))).setProtectedHeader({ alg: 'RS256', ...header }).sign(key)
    const form = (client_assertion: string) => ({
      ...APP,
      client_id: 'certified',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion
    })

    for (const aud of [
      right.aud,
      `http://localhost:80/${TENANT}/v2.0`,
      `https://login.microsoftonline.com/${TENANT.toUpperCase()}/oauth2/token`,
      `https://sts.windows.net/${TENANT}/`
    ]) {
      t.test(`aud ${aud}`, async (t) => {
        const answer = await token(form(await sign({ ...right, aud }, { alg: 'PS256' })))
        t.match(claimsOf(answer.json<{ access_token: string }>().access_token), { appidacr: '2' })
      })
    }

    const wrong: [string, string, RegExp][] = [
      ['no JWT', 'x', /is not a JWT/],
      ['unsigned', new UnsecuredJWT(right).encode(), /signed with none/],
      [
        'signed with what is no text',
        `${Buffer.from('{"alg":{"toString":1}}').toString('base64url')}.e30.x`,
        /"toString"/
      ],
      ['of another client', await sign({ ...right, iss: 'public' }), /iss and sub/],
      ['without sub', await sign({ ...right, sub: undefined }), /iss and sub/],
      ['for another audience', await sign({ ...right, aud: 'https://example.com' }), /claim aud/],
      ['for several audiences', await sign({ ...right, aud: [right.aud] }), /claim aud/],
      ['expired', await sign({ ...right, exp: seconds - 300 }), /expired/],
      ['without exp', await sign({ ...right, exp: undefined }), /expired/],
      ['of the future', await sign({ ...right, nbf: seconds + 301 }), /not yet valid/],
      ['nbf that is no number', await sign({ ...right, nbf: 'now' }), /not yet valid/],
      ['signed by another key', await sign(right, {}, other.privateKey), /does not fit/]
    ]
    for (const [name, assertion, reason] of wrong) {
      t.test(name, async (t) => {
        refused(t, await token(form(assertion)), 401, 'invalid_client', 700027, reason)
      })
    }

    t.test('of an application without certificates', async (t) => {
      const assertion = await sign({ ...right, iss: 'public', sub: 'public' })
      refused(
        t,
        await token({ ...form(assertion), client_id: 'public' }),
        401,
        'invalid_client',
        700027,
        /no certificates/
      )
    })
    t.test('with a secret too', async (t) => {
      const answer = await token({ ...form('x'), client_secret: 'x' })
      refused(t, answer, 400, 'invalid_request', 9002313, /send one of them/)
    })
    t.test('without its type', async (t) => {
      const answer = await token({ ...form('x'), client_assertion_type: 'x' })
      refused(t, answer, 400, 'invalid_request', 900144, /client_assertion_type=urn/)
    })

    t.test('of an unknown application: its own certificate, if it sends one', async (t) => {
      const lenient = await testAuthority(t, {}, () => now)
      const mine = { ...right, iss: 'nobody', sub: 'nobody' }
      const attempt = async (x5c?: unknown) =>
        lenient.token({ ...form(await sign(mine, x5c === undefined ? {} : { x5c })), client_id: 'nobody' })
      t.equal((await attempt()).statusCode, 200)
      const certificate = (await makeCaCertificate(generateKey())).replace(/-----[A-Z ]+-----|\n/g, '')
      refused(t, await attempt([certificate]), 401, 'invalid_client', 700027, /does not fit/)
      refused(t, await attempt(['x']), 401, 'invalid_client', 700027, /holds no certificate/)
      refused(t, await attempt(7), 401, 'invalid_client', 700027, /holds no certificate/)
      const common = { ...mine, aud: 'http://localhost:80/common/oauth2/v2.0/token' }
      const noTenant = await lenient.token({ ...form(await sign(common)), client_id: 'nobody' }, 'common')
      refused(t, noTenant, 400, 'invalid_request', 50059, /needs a tenant/)
    })
  })

  t.test('device code and authorize refuse unknown applications too', async (t) => {
    const answer = await post('oauth2/v2.0/devicecode', { ...PUBLIC, scope: 'openid' })
    refused(t, answer, 400, 'unauthorized_client', 700016)
  })

  t.test('none at all', async (t) => {
    const empty = await testAuthority(t, {
      fixtures: fixtureFile(t, { unknownApplications: 'reject', applications: [] })
    })
    refused(t, await empty.token({ ...APP, ...UNKNOWN }), 400, 'unauthorized_client', 700016, /registered are none/)
  })
})

t.test('what is wrong with a request', async (t) => {
  const { token, post, app, lines } = await testAuthority(t)
  const cases: [string, Form, string | undefined, number, string, number, RegExp][] = [
    ['nothing', '', TENANT, 400, 'invalid_request', 900144, /no grant_type/],
    ['no client_id', { ...APP }, TENANT, 400, 'invalid_request', 900144, /no client_id/],
    ['empty client_id', { ...APP, client_id: '' }, TENANT, 400, 'invalid_request', 900144, /no client_id/],
    [
      'a long parameter',
      `scope=${'x'.repeat(20_000)}`,
      TENANT,
      400,
      'invalid_request',
      9002313,
      /scope has 20000 characters/
    ],
    ['a parameter twice', 'scope=a&scope=b', TENANT, 400, 'invalid_request', 9002313, /scope is sent twice/],
    ['unknown tenant', { ...APP, ...UNKNOWN }, 'nosuch', 400, 'invalid_request', 90002, /'nosuch'/],
    [
      'unknown grant',
      { grant_type: 'magic', ...UNKNOWN },
      TENANT,
      400,
      'unsupported_grant_type',
      70003,
      /client_credentials/
    ],
    ['no credential', { ...APP, ...PUBLIC }, TENANT, 401, 'invalid_client', 7000218, /must authenticate/],
    ['application on common', { ...APP, ...UNKNOWN }, 'common', 400, 'invalid_request', 50059, /not common/],
    [
      'application on consumers',
      { ...APP, ...UNKNOWN },
      'consumers',
      400,
      'unauthorized_client',
      700016,
      /organization/
    ],
    ['no scope', { ...APP, ...UNKNOWN, scope: '' }, TENANT, 400, 'invalid_request', 900144, /no scope/],
    [
      'app scope without .default',
      { ...APP, ...UNKNOWN, scope: READ_WRITE },
      TENANT,
      400,
      'invalid_scope',
      1002012,
      /\/\.default/
    ],
    [
      'two app scopes',
      { ...APP, ...UNKNOWN, scope: 'a/.default b/.default' },
      TENANT,
      400,
      'invalid_scope',
      1002012,
      /one resource/
    ],
    ['app scope of blanks', { ...APP, ...UNKNOWN, scope: ' ' }, TENANT, 400, 'invalid_scope', 1002012, /one resource/],
    [
      'two resources',
      { ...PASSWORD, ...PUBLIC, scope: 'User.Read api://x/y' },
      TENANT,
      400,
      'invalid_scope',
      700022,
      /api:\/\/x/
    ],
    [
      '.default and more',
      { ...PASSWORD, ...PUBLIC, scope: '.default User.Read' },
      TENANT,
      400,
      'invalid_scope',
      70011,
      /beside/
    ],
    ['odd characters', { ...PASSWORD, ...PUBLIC, scope: 'a"b' }, TENANT, 400, 'invalid_scope', 70011, /characters/],
    [
      'a resource alone',
      { ...PASSWORD, ...PUBLIC, scope: 'api://x' },
      TENANT,
      400,
      'invalid_scope',
      70011,
      /the form \{resource\}/
    ],
    ['user scope missing', { ...PASSWORD, ...PUBLIC, scope: '' }, TENANT, 400, 'invalid_request', 900144, /no scope/],
    ['password on common', { ...PASSWORD, ...PUBLIC }, 'common', 400, 'invalid_request', 9001023, /organizations/],
    [
      'password on consumers',
      { ...PASSWORD, ...PUBLIC },
      'consumers',
      400,
      'invalid_request',
      9001023,
      /organizations/
    ],
    [
      'wrong password',
      { ...PASSWORD, ...PUBLIC, password: 'x' },
      TENANT,
      400,
      'invalid_grant',
      50126,
      /another password/
    ],
    ['unknown user', { ...PASSWORD, ...PUBLIC, username: 'x@y' }, TENANT, 400, 'invalid_grant', 50034, /megan\.bowen/],
    ['no password', { ...PASSWORD, ...PUBLIC, password: '' }, TENANT, 400, 'invalid_request', 900144, /no password/],
    ['no code', { grant_type: 'authorization_code', ...PUBLIC }, TENANT, 400, 'invalid_request', 900144, /no code/],
    [
      'no device code',
      { grant_type: 'device_code', ...PUBLIC },
      TENANT,
      400,
      'invalid_request',
      900144,
      /no device_code/
    ],
    ['no assertion', { ...OBO, ...UNKNOWN }, TENANT, 400, 'invalid_request', 900144, /no assertion/]
  ]
  for (const [name, form, tenant, status, error, number, reason] of cases) {
    t.test(name, async (t) => {
      refused(t, await token(form, tenant), status, error, number, reason)
      t.match(lines.filter(({ msg }) => msg === 'refused').at(-1), { code: `AADSTS${number}`, status })
    })
  }

  t.test('v1 without a resource', async (t) => {
    refused(
      t,
      await post('oauth2/token', { grant_type: 'client_credentials', ...UNKNOWN }),
      400,
      'invalid_request',
      900144,
      /no resource/
    )
    refused(
      t,
      await post('oauth2/token', { ...PASSWORD, ...PUBLIC, scope: '' }),
      400,
      'invalid_request',
      900144,
      /no resource/
    )
  })

  t.test('the shape of a refusal', async (t) => {
    const id = '7e3f1c1e-2222-4333-8444-555566667777'
    for (const [query, headers] of [
      ['', { 'client-request-id': id }],
      [`?client-request-id=${id}`, {}]
    ] as const) {
      const answer = await app.inject({ method: 'POST', url: `/${TENANT}/oauth2/v2.0/token${query}`, headers })
      const body = answer.json<Record<string, string>>()
      t.equal(body['correlation_id'], id)
      t.equal(body['trace_id'], answer.headers['x-ms-request-id'])
      t.match(body['timestamp'], /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/)
      t.equal(body['error_uri'], 'http://localhost:80/error?code=900144')
      t.strictSame(Object.keys(body), [
        'error',
        'error_description',
        'error_codes',
        'timestamp',
        'trace_id',
        'correlation_id',
        'error_uri'
      ])
    }
  })

  t.test('bodies that are no forms, methods that are no POST', async (t) => {
    const url = `/${TENANT}/oauth2/v2.0/token`
    const json = await app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json' },
      payload: '{}'
    })
    refused(t, json, 400, 'invalid_request', 900144, /x-www-form-urlencoded/)
    const bytes = await app.inject({ method: 'POST', url, payload: Buffer.alloc(64, 0xff) })
    refused(t, bytes, 400, 'invalid_request', 900144)
    refused(t, await app.inject({ method: 'GET', url }), 400, 'invalid_request', 900561, /not a GET/)
    for (const method of ['PUT', 'PATCH', 'DELETE'] as const) {
      const answer = await app.inject({ method, url })
      refused(t, answer, 400, 'invalid_request', 900561, new RegExp(`not a ${method}`))
    }
    const get = await app.inject({ method: 'GET', url: `/${TENANT}/oauth2/v2.0/devicecode` })
    refused(t, get, 400, 'invalid_request', 900561)
    const large = await token(`scope=${'a'.repeat(1024 * 1024)}`)
    refused(t, large, 413, 'invalid_request', 9002313, /could not be read/)
  })

  t.test('a bug is a 500 that tells nothing', async (t) => {
    const broken = await testAuthority(t)
    broken.mock.tokens.signingKey = () => Promise.reject(new Error('secret stack'))
    const answer = await broken.token({ ...APP, ...UNKNOWN })
    refused(t, answer, 500, 'server_error', 50000, /bug in msgraph-mock/)
    t.notMatch(answer.body, 'secret stack')
    t.match(broken.lines.at(-2), { msg: 'unexpected error', err: { message: 'secret stack' } })
  })

  t.test('secrets and tokens reach no log', (t) => {
    t.notMatch(JSON.stringify(lines), /whatever|eyJ/)
    t.end()
  })
})
