import fc from 'fast-check'
import { decodeJwt } from 'jose'
import t from 'tap'
import { mergePatch } from '../../src/lib/merge-patch.js'
import { DEFAULT_TENANT, PAGE, SETTINGS, testApp } from '../helper.js'

const OTHER = '5f0b1c9e-8a35-4c5f-9a0e-0f0a5e3b7a11'
const DEFAULT = `/_mock/tenants/${DEFAULT_TENANT}`

t.test('health', async (t) => {
  const { call } = await testApp(t)
  const answer = await call('GET', '/_mock/health', { token: null })
  t.equal(answer.statusCode, 200)
  t.match(answer.json(), { status: 'ok', version: /^\d+\.\d+\.\d+/ })
})

t.test('tokens', async (t) => {
  const { call } = await testApp(t)
  const bare = await call('POST', '/_mock/tokens', { token: null })
  t.equal(bare.statusCode, 201)
  t.equal(bare.headers['cache-control'], 'no-store')
  t.strictSame(Object.keys(bare.json<object>()), ['access_token', 'token_type', 'expires_in', 'tenant_id'])
  const asked = await call('POST', '/_mock/tokens', { body: { tenantId: OTHER, scopes: ['A'], expiresIn: 5 } })
  t.match(asked.json(), { expires_in: 5, tenant_id: OTHER })
  t.equal(decodeJwt(asked.json<{ access_token: string }>().access_token)['scp'], 'A')
  const formless = await call('POST', '/_mock/tokens', {
    headers: { 'content-type': 'application/x-www-form-urlencoded' }
  })
  t.equal(formless.statusCode, 201, 'no bytes are no body, under any content type')
})

t.test('state: read, replaced, patched', async (t) => {
  const { call } = await testApp(t)
  const initial = (await call('GET', `${DEFAULT}/state`)).json<Record<string, unknown>>()
  t.match(initial, {
    profile: 'documented',
    condition: null,
    sync: { duration: 'PT0.5S', outcome: 'completed', minimumInterval: 'PT10M', retryAfter: null },
    windowsAutopilotSettings: {
      id: '08c16770-6770-08c1-7067-c1087067c108',
      lastSyncDateTime: '0001-01-01T00:00:00Z',
      lastManualSyncTriggerDateTime: '0001-01-01T00:00:00Z',
      syncStatus: 'unknown'
    }
  })
  t.notOk('throttling' in initial, 'limits are off')
  const patch = { windowsAutopilotSettings: { syncStatus: 'failed' } }
  for (const type of ['application/json', 'application/merge-patch+json']) {
    const patched = await call('PATCH', '/_mock/tenants/default/state', {
      body: patch,
      headers: { 'content-type': type }
    })
    t.match(patched.json(), { profile: 'documented', windowsAutopilotSettings: { syncStatus: 'failed' } }, type)
  }
  t.match((await call('GET', SETTINGS)).json(), { syncStatus: 'failed' })
  const replaced = await call('PUT', `${DEFAULT}/state`, { body: { profile: 'observed' } })
  t.strictSame(replaced.json(), { ...initial, profile: 'observed' }, 'what a PUT leaves out is as in the fixture')
  t.strictSame((await call('GET', `/_mock/tenants/${DEFAULT_TENANT.toUpperCase()}/state`)).json(), replaced.json())
})

t.test('reset, list and forget', async (t) => {
  const { call, mock } = await testApp(t)
  const { access_token: token } = await mock.mintToken({ tenantId: OTHER })
  const touch = async () => {
    await call('PATCH', SETTINGS, { body: PAGE.request })
    await call('PATCH', SETTINGS, { token, body: PAGE.request })
  }
  const statuses = async () => [
    (await call('GET', SETTINGS)).json<{ syncStatus: string }>().syncStatus,
    (await call('GET', SETTINGS, { token })).json<{ syncStatus: string }>().syncStatus
  ]
  await touch()
  t.equal((await call('POST', `/_mock/tenants/${OTHER}/reset`)).statusCode, 204)
  t.strictSame(await statuses(), ['inProgress', 'unknown'])
  await touch()
  t.equal((await call('POST', '/_mock/reset')).statusCode, 204)
  t.strictSame(await statuses(), ['unknown', 'unknown'])
  t.strictSame((await call('GET', '/_mock/tenants')).json(), {
    tenants: [{ tenantId: DEFAULT_TENANT }, { tenantId: OTHER }]
  })
  for (const time of ['first', 'second'])
    t.equal((await call('DELETE', `/_mock/tenants/${OTHER}`)).statusCode, 204, time)
  t.strictSame((await call('GET', '/_mock/tenants')).json(), { tenants: [{ tenantId: DEFAULT_TENANT }] })
  t.equal((await call('POST', `/_mock/tenants/${OTHER}/reset`)).statusCode, 204, 'of an unknown tenant')
})

t.test('every refusal is a problem document that names the member, and changes nothing', async (t) => {
  const state = `${DEFAULT}/state`
  const settings = (value: object) => ({ windowsAutopilotSettings: value })
  const rows: [
    method: string,
    url: string,
    body: unknown,
    status: number,
    detail: string | RegExp,
    headers?: Record<string, string | null>
  ][] = [
    ['POST', '/_mock/tokens', { scope: [] }, 400, 'scope is not a known member.'],
    ['POST', '/_mock/tokens', { kind: 'robot' }, 400, 'kind must be one of "delegated", "application", "personal".'],
    ['POST', '/_mock/tokens', { expiresIn: 1.5 }, 400, 'expiresIn must be an integer.'],
    ['POST', '/_mock/tokens', { scopes: ['a', 7] }, 400, 'scopes.1 must be a string.'],
    ['POST', '/_mock/tokens', { scopes: Array(1000).fill(7) }, 400, 'scopes.0 must be a string.'],
    ['POST', '/_mock/tokens', { tenantId: 'contoso' }, 400, 'tenantId must be a GUID or "default".'],
    ['POST', '/_mock/tokens', [], 400, 'the document must be an object.'],
    ['POST', '/_mock/tokens', 'null', 400, 'The body is null, not an object.'],
    [
      'POST',
      '/_mock/tokens',
      `{"claims":{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`,
      400,
      'The body is nested deeper than 32 levels.'
    ],
    ['POST', '/_mock/tokens', '{', 400, /^The body is not valid JSON: /],
    ['POST', '/_mock/tokens', '{}', 415, /Content-Type: application\/json/, { 'content-type': 'text/plain' }],
    ['POST', '/_mock/tokens', '{}', 415, /Content-Type: application\/json/, { 'content-type': null }],
    ['POST', '/_mock/tokens', '{}', 415, /Unsupported Media Type/, { 'content-type': 'nonsense' }],
    ['POST', '/_mock/tokens', 'x'.repeat(1024 * 1024 + 1), 413, /too large/],
    ['PUT', state, { profile: 'both' }, 400, 'profile must be one of "documented", "observed".'],
    [
      'PUT',
      state,
      settings({ syncStatus: 'never' }),
      400,
      /^windowsAutopilotSettings\.syncStatus must be one of "unknown"/
    ],
    [
      'PUT',
      state,
      settings({ lastSyncDateTime: 'never' }),
      400,
      'windowsAutopilotSettings.lastSyncDateTime must be an instant such as 2017-01-01T00:02:49Z.'
    ],
    ['PUT', state, settings({ 'a/b~c': 1 }), 400, 'windowsAutopilotSettings.a/b~c is not a known member.'],
    [
      'PATCH',
      state,
      settings({ syncStatus: null }),
      400,
      /^windowsAutopilotSettings\.syncStatus must be one of "unknown"/
    ],
    ['PATCH', state, { sync: { nope: null } }, 400, 'sync.nope is not a known member.'],
    [
      'PATCH',
      state,
      { sync: { retryAfter: true } },
      400,
      'sync.retryAfter must be null, an integer or an ISO 8601 duration such as PT10M.'
    ],
    [
      'PATCH',
      state,
      { sync: { running: { outcome: 'failed' } } },
      409,
      'the patched state would not be valid: sync.running.startedAt is missing.'
    ],
    ['PATCH', state, { nope: 1 }, 400, 'nope is not a known member.'],
    ['PATCH', state, undefined, 400, 'The body is missing; send JSON.'],
    ['PATCH', state, `${'{"a":'.repeat(50)}1${'}'.repeat(50)}`, 400, 'The body is nested deeper than 32 levels.'],
    ['GET', '/_mock/tenants/contoso/state', undefined, 400, 'path parameter tenant must be a GUID or "default".'],
    ['PATCH', state, { throttle: null }, 400, 'throttle is not a known member.'],
    ['GET', '/_mock/tenants/%zz/state', undefined, 400, /not a valid url component/],
    ['GET', '/_mock/nope', undefined, 404, 'There is no GET /_mock/nope.'],
    [
      'GET',
      `/_mock/tenants/${'a'.repeat(5000)}/clock`,
      undefined,
      400,
      'path parameter tenant must be a GUID or "default".'
    ],
    ['POST', '/_mock/tokens', Buffer.from([0x7b, 0xff, 0x7d]), 400, 'The body is not valid UTF-8.'],
    ['POST', '/_mock/reset', { tenant: 'default' }, 400, 'tenant is not a known member.'],
    [
      'POST',
      '/_mock/reset?tenant=default',
      undefined,
      400,
      'query parameter tenant is not known; there are none here.'
    ],
    ['PATCH', '/_mock/reset?x=1', '{', 405, '/_mock/reset takes POST, not PATCH.', { 'content-type': 'text/plain' }],
    ['POST', '/_mock/nope', '{', 404, 'There is no POST /_mock/nope.']
  ]
  const { call, lines } = await testApp(t)
  for (const [method, url, body, status, detail, headers = {}] of rows) {
    await t.test(`${method} ${url} ${JSON.stringify(body ?? '').slice(0, 60)}`, async (t) => {
      lines.length = 0
      const before = (await call('GET', state)).json<object>()
      const answer = await call(method, url, { token: null, body, headers })
      t.equal(answer.statusCode, status)
      t.equal(answer.headers['content-type'], 'application/problem+json')
      const problem = answer.json<{ title: string }>()
      t.match(problem, { type: 'about:blank', title: String, status, detail })
      t.match(
        lines.find(({ msg }) => msg === 'control call refused'),
        { status, detail }
      )
      t.strictSame((await call('GET', state)).json(), before)
    })
  }
})

t.test('an unexpected error never shows its text', async (t) => {
  const { call, mock, lines } = await testApp(t)
  mock.tenants.list = () => {
    throw new TypeError('secret detail')
  }
  const answer = await call('GET', '/_mock/tenants')
  t.equal(answer.statusCode, 500)
  t.notMatch(answer.payload, /secret/)
  t.match(
    lines.find(({ level }) => level === 50),
    { msg: 'unexpected error' }
  )
})

t.test('merge patch: the rules of RFC 7396', (t) => {
  const rows: [unknown, unknown, unknown][] = [
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [['a'], { a: 'b' }, { a: 'b' }],
    [{ a: 'b' }, ['c'], ['c']],
    [{}, { a: { b: { c: null } } }, { a: { b: {} } }]
  ]
  for (const [target, patch, result] of rows) t.strictSame(mergePatch(target, patch), result, JSON.stringify(patch))
  t.strictSame(
    Object.keys(mergePatch({}, JSON.parse('{"__proto__":{"x":1}}')) as object),
    ['__proto__'],
    'no prototype is touched'
  )
  t.end()
})

t.test('two tenants never see each other', async (t) => {
  const { call, mock } = await testApp(t)
  const guid = fc.uuid()
  const step = fc.record({ tenant: fc.nat(4), status: fc.constantFrom('unknown', 'inProgress', 'completed', 'failed') })
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(guid, { minLength: 5, maxLength: 5 }),
      fc.array(step, { maxLength: 12 }),
      async (ids, steps) => {
        mock.tenants.resetAll()
        const tokens = await Promise.all(ids.map(async (tenantId) => (await mock.mintToken({ tenantId })).access_token))
        const read = async (token = '') =>
          (await call('GET', SETTINGS, { token })).json<{ id: string; syncStatus: string }>()
        const expected = new Map(steps.map(({ tenant, status }) => [tenant, status]))
        const patchInTurn = async (token: string, own: typeof steps) => {
          for (const { status } of own) await call('PATCH', SETTINGS, { token, body: { syncStatus: status } })
        }
        await Promise.all(
          tokens.map((token, at) =>
            patchInTurn(
              token,
              steps.filter(({ tenant }) => tenant === at)
            )
          )
        )
        const settings = await Promise.all(tokens.map(read))
        t.equal(new Set(settings.map(({ id }) => id)).size, 5)
        return settings.every(({ syncStatus }, at) => syncStatus === (expected.get(at) ?? 'unknown'))
      }
    ),
    { numRuns: 10 }
  )
})

t.test('concurrent PATCHes to one tenant lose nothing', async (t) => {
  const { call } = await testApp(t)
  const [a, b] = ['2020-01-01T00:00:00Z', '2021-01-01T00:00:00Z']
  await Promise.all([
    call('PATCH', SETTINGS, { body: { lastSyncDateTime: a } }),
    call('PATCH', SETTINGS, { body: { lastManualSyncTriggerDateTime: b } }),
    call('PATCH', SETTINGS, { body: { syncStatus: 'completed' } })
  ])
  t.match((await call('GET', SETTINGS)).json(), {
    lastSyncDateTime: a,
    lastManualSyncTriggerDateTime: b,
    syncStatus: 'completed'
  })
})

t.test('the front page', async (t) => {
  const { call } = await testApp(t)
  const json = await call('GET', '/', { token: null, headers: { host: 'mock:8365' } })
  t.match(json.json(), {
    name: 'msgraph-mock',
    defaultTenant: DEFAULT_TENANT,
    try: "curl -H 'Authorization: Bearer readwrite' http://mock:8365/beta/deviceManagement/windowsAutopilotSettings",
    links: { health: 'http://mock:8365/_mock/health' }
  })
  const html = await call('GET', '/', { token: null, headers: { accept: 'text/html,*/*', host: "x'&y" } })
  t.match(html.headers, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': /default-src 'none'/ })
  t.match(html.body, /Bearer readwrite/)
  t.notMatch(html.body, /<script|&y/)
})
