import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import type { JournalledRequest } from '../../src/api/api.js'
import { startGraphMock } from '../../src/index.js'
import { compare, tellDifference } from '../../src/journal/differences.js'
import type { Arrival, JournalEntry } from '../../src/journal/entry.js'
import { Journal } from '../../src/journal/journal.js'
import { logSummary } from '../../src/journal/summary.js'
import { readWait } from '../../src/journal/wait-request.js'
import type { Log } from '../../src/lib/log.js'
import { fuzzing } from '../arbitraries.js'
import { DEFAULT_TENANT, PAGE, SETTINGS, testApp, until, type CallOptions, type TestApp } from '../helper.js'
import { ask, startTestServer } from '../server-helper.js'

const OTHER = '5f0b1c9e-8a35-4c5f-9a0e-0f0a5e3b7a11'
const ALL = '/_mock/requests'
const OF_DEFAULT = '/_mock/tenants/default/requests'
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

interface List {
  readonly requests: JournalledRequest[]
  readonly dropped: number
}

async function listed({ call }: Pick<TestApp, 'call'>, path = ALL): Promise<JournalledRequest[]> {
  return (await call('GET', path, { token: null })).json<List>().requests
}

/** `token` for another tenant than the default one. */
async function tokenFor({ mock }: TestApp, request: object = {}): Promise<string> {
  return (await mock.mintToken({ tenantId: OTHER, ...request })).access_token
}

t.test('what an entry tells', async (t) => {
  const app = await testApp(t, {}, () => Date.parse('2030-01-01T00:00:00Z'))
  const { call, mock } = app
  mock.tenants.changeClock(DEFAULT_TENANT, { advance: 'PT1H' })
  await call('PATCH', `${SETTINGS}?$select=id&x=1&x=2&access_token=geheim`, {
    body: PAGE.request,
    headers: {
      'X-Twice': 'a',
      'client-request-id': 'c',
      cookie: 'geheim',
      'x-api-key': 'geheim',
      referer: '?code=geheim'
    }
  })
  const [entry, ...others] = await listed(app)
  t.equal(others.length, 0, 'calls of the control surface are not journalled')
  t.match(entry, {
    id: /^[0-9a-f-]{36}$/,
    sequence: 1,
    receivedAt: '2030-01-01T01:00:00.000Z',
    wallTime: '2030-01-01T00:00:00.000Z',
    tenantId: DEFAULT_TENANT,
    surface: 'graph',
    method: 'PATCH',
    path: SETTINGS,
    query: { $select: 'id', x: ['1', '2'], access_token: '[redacted]' },
    body: PAGE.request,
    outcome: 'answered',
    status: 200,
    code: null,
    reason: null,
    unmatched: false,
    durationMs: Number
  })
  t.match(entry?.headers, {
    authorization: '[redacted]',
    cookie: '[redacted]',
    'x-api-key': '[redacted]',
    referer: '[redacted]',
    'x-twice': 'a',
    'content-type': 'application/json'
  })
  t.notHas(entry, 'batch')
  t.notHas(entry, 'fault')
})

t.test('who is asked and whose it is', async (t) => {
  const app = await testApp(t)
  const mint = (request: object) => tokenFor(app, request)
  const foreign = await mint({ signature: 'foreign' })
  const preflight = { origin: 'http://a.example', 'access-control-request-method': 'PATCH' }
  const rows: [
    name: string,
    method: string,
    url: string,
    options: CallOptions,
    expected: Partial<JournalledRequest>
  ][] = [
    ['a named token', 'GET', SETTINGS, {}, { tenantId: DEFAULT_TENANT, status: 200 }],
    ['a minted token', 'GET', SETTINGS, { token: await mint({}) }, { tenantId: OTHER, unverified: false, status: 200 }],
    [
      'expired',
      'GET',
      SETTINGS,
      { token: await mint({ expiresIn: -5 }) },
      { tenantId: OTHER, status: 401, code: 'InvalidAuthenticationToken', reason: /^The token expired/ as never }
    ],
    ['signed by others', 'GET', SETTINGS, { token: foreign }, { tenantId: OTHER, unverified: true, status: 401 }],
    ['without permission', 'GET', SETTINGS, { token: await mint({ scopes: [] }) }, { tenantId: OTHER, status: 403 }],
    ['no token', 'GET', SETTINGS, { token: null }, { tenantId: null, status: 401 }],
    ['no readable token', 'GET', SETTINGS, { token: 'a.b.c' }, { tenantId: null, status: 401 }],
    ['no bearer', 'GET', SETTINGS, { headers: { authorization: 'Basic eA==' } }, { tenantId: null, status: 401 }],
    ['a preflight', 'OPTIONS', SETTINGS, { token: null, headers: preflight }, { tenantId: null, status: 204 }],
    ['metadata', 'GET', '/beta/$metadata', { token: null }, { tenantId: null, status: 200 }],
    ['an unmatched path', 'GET', '/beta/gadgets', {}, { status: 400, unmatched: true, code: 'BadRequest' }],
    ['v1.0', 'GET', SETTINGS.replace('beta', 'v1.0'), {}, { status: 400, unmatched: true }],
    ['no version', 'GET', '/gamma', {}, { tenantId: DEFAULT_TENANT, surface: 'graph', status: 400, unmatched: false }],
    ['no version, a body', 'POST', '/gamma', { body: {} }, { surface: 'graph', status: 400, body: '[redacted]' }],
    ['no version, longer', 'GET', '/gamma/x?code=geheim', { token: foreign }, { tenantId: OTHER, surface: 'graph' }],
    ['a malformed URL', 'GET', '/beta/%E0%A4%A', {}, { path: '/beta/%E0%A4%A', status: 400 }],
    ['a whole URL', 'GET', `http://user:geheim@a.example${SETTINGS}`, {}, { path: SETTINGS, status: 200 }],
    [
      'the authority',
      'GET',
      `/${OTHER}/v2.0/.well-known/openid-configuration`,
      { token: null },
      { tenantId: OTHER, surface: 'authority', status: 200 }
    ],
    [
      'the authority of a domain',
      'POST',
      '/contoso.example/oauth2/v2.0/token?code=geheim',
      {
        token: null,
        body: 'grant_type=password&password=geheim&geheim=x&scope=a&redirect_uri=http://localhost/?geheim',
        headers: FORM
      },
      {
        tenantId: DEFAULT_TENANT,
        surface: 'authority',
        status: 400,
        code: /^AADSTS\d+$/ as never,
        query: { code: '[redacted]' },
        body: {
          grant_type: 'password',
          password: '[redacted]',
          '[redacted]': '[redacted]',
          scope: 'a',
          redirect_uri: 'http://localhost/?[redacted]'
        }
      }
    ],
    ['of nobody in particular', 'GET', '/common/discovery/keys', { token: null }, { tenantId: null }],
    ['JSON at the authority', 'POST', '/common/oauth2/token', { token: null, body: {} }, { body: '[redacted]' }],
    ['a page of the authority', 'GET', '/devicelogin', { token: null }, { tenantId: null, surface: 'authority' }]
  ]
  for (const [name, method, url, options, expected] of rows) {
    await t.test(name, async (t) => {
      await app.call('DELETE', ALL)
      await app.call(method, url, options)
      const requests = await listed(app)
      t.equal(requests.length, 1)
      t.match(requests[0], { method, outcome: 'answered', ...expected })
      t.notMatch(JSON.stringify([requests, app.lines]), /geheim/)
    })
  }
  await t.test('nobody becomes a tenant by it', async (t) => {
    const fresh = '11111111-2222-3333-4444-555555555555'
    await app.call('GET', SETTINGS, { token: await mint({ tenantId: fresh, expiresIn: -5 }) })
    t.notOk(app.mock.tenants.list().includes(fresh))
    t.match(await listed(app, `/_mock/tenants/${fresh}/requests`), [{ tenantId: fresh, status: 401 }])
  })
  await t.test('not the front page, nor the control surface', async (t) => {
    await app.call('DELETE', ALL)
    for (const url of ['/', '/_mock/health', '/_MOCK/health', '/_mock/nothing', '/_mock/%E0%A4%A'])
      await app.call('GET', url)
    t.strictSame(await listed(app), [])
  })
})

t.test('parts of a batch stand under their batch', async (t) => {
  const app = await testApp(t)
  const token = await tokenFor(app)
  const part = (id: string, headers: object = {}) => ({ id, method: 'GET', url: SETTINGS.slice(5), headers })
  const requests = [
    part('1'),
    part('2', { Authorization: `Bearer ${token}`, Cookie: 'geheim' }),
    {
      id: '3',
      method: 'PATCH',
      url: '/x?password=geheim&a=b',
      headers: { 'Content-Type': 'application/json' },
      body: {}
    }
  ]
  await app.call('POST', '/beta/$batch', { body: { requests } })
  const [batch, ...parts] = await listed(app)
  t.match(batch, { path: '/beta/$batch', status: 200, tenantId: DEFAULT_TENANT })
  t.match(batch?.body, {
    requests: [
      { id: '1', url: SETTINGS.slice(5), headers: {} },
      { headers: { Authorization: '[redacted]', Cookie: '[redacted]' } },
      { url: '/x?password=%5Bredacted%5D&a=b' }
    ]
  })
  t.match(parts, [
    { batch: { batchId: batch?.id, id: '1' }, tenantId: DEFAULT_TENANT, status: 200 },
    { batch: { batchId: batch?.id, id: '2' }, tenantId: OTHER, status: 200 },
    { batch: { batchId: batch?.id, id: '3' }, unmatched: true, query: { password: '[redacted]', a: 'b' } }
  ])
  t.notMatch(JSON.stringify([batch, parts]), new RegExp(`geheim|${token}`))
})

t.test('bodies', async (t) => {
  const app = await testApp(t)
  const deep = (name: string) => `${`{"${name}":`.repeat(200)}1${'}'.repeat(200)}`
  const long = 'x'.repeat(70_000)
  const rows: [name: string, body: string | Buffer, expected: unknown][] = [
    ['JSON', '{"a":[1,null]}', { a: [1, null] }],
    ['no JSON', '{"a":', '{"a":'],
    ['no JSON that speaks of secrets', '{"password":"geheim', '[redacted]'],
    [
      'a secret',
      '{"clientSecret":{"a":"geheim"},"b":[{"api_key":"geheim"}]}',
      { clientSecret: '[redacted]', b: [{ api_key: '[redacted]' }] }
    ],
    ['a name in escapes', '{"p\\u0061ssword":"geheim","b":1}', { password: '[redacted]', b: 1 }],
    [
      'JSON within JSON',
      '{"message":"{\\"password\\":\\"geheim\\"}","b":"no token"}',
      { message: '[redacted]', b: 'no token' }
    ],
    ['no UTF-8', Buffer.from([0xff, 0xfe]), '[2 bytes that are no UTF-8]'],
    ['a deep one', deep('a'), deep('a')],
    ['a deep one that speaks of secrets', deep('token'), '[redacted]'],
    ['a long one', JSON.stringify({ a: long }), `{"a":"${long.slice(4470)}… [cut: 70008 characters in all]`],
    [
      'a long one with a secret',
      JSON.stringify({ password: 'geheim', a: long }),
      /^\{"password":"\[redacted\]","a":"x+… \[cut: \d+ /
    ],
    ['none', '', null]
  ]
  for (const [name, body, expected] of rows) {
    await t.test(name, async (t) => {
      await app.call('DELETE', ALL)
      await app.call('PATCH', SETTINGS, { body })
      const [entry] = await listed(app)
      if (expected instanceof RegExp) t.match(entry?.body, expected)
      else t.strictSame(entry?.body, expected)
    })
  }
})

t.test('lists, counts, unmatched requests, clearing', async (t) => {
  const app = await testApp(t)
  const { call } = app
  const other = await tokenFor(app)
  await call('GET', SETTINGS)
  await call('PATCH', SETTINGS, { body: PAGE.request })
  await call('GET', SETTINGS.replace('beta/', 'beta//'), { token: other })
  await call('GET', '/beta/gadgets')
  for (const [path, expected] of [
    [ALL, [1, 2, 3, 4]],
    [OF_DEFAULT, [1, 2, 4]],
    [`/_mock/tenants/${OTHER}/requests`, [3]],
    [`${ALL}?method=get`, [1, 3, 4]],
    [`${ALL}?path=${SETTINGS.toUpperCase()}?x`, [1, 2, 3]],
    [`${ALL}?path=*/gadgets`, [4]],
    [`${OF_DEFAULT}?method=GET&path=/beta/*&limit=1`, [4]],
    [`${ALL}?status=400`, [4]],
    [`${ALL}/unmatched`, [4]],
    [`/_mock/tenants/${OTHER}/requests/unmatched`, []]
  ] as const) {
    t.strictSame(
      (await listed(app, path)).map(({ sequence }) => sequence),
      expected,
      path
    )
  }
  const count = async (path: string) => (await call('GET', path)).json<object>()
  t.strictSame(await count(`${ALL}/count?method=GET`), { count: 3, dropped: 0 })
  t.strictSame(await count(`/_mock/tenants/${OTHER}/requests/count`), { count: 1, dropped: 0 })
  t.equal((await call('DELETE', `/_mock/tenants/${OTHER}/requests`)).statusCode, 204)
  t.strictSame(await count(`${ALL}/count`), { count: 3, dropped: 0 })
  t.equal((await call('POST', '/_mock/tenants/default/reset')).statusCode, 204)
  t.strictSame(await count(`${ALL}/count`), { count: 0, dropped: 0 })
  await call('GET', SETTINGS)
  await call('GET', SETTINGS, { token: other })
  t.equal((await call('DELETE', `/_mock/tenants/${OTHER}`)).statusCode, 204)
  t.strictSame(await count(`${ALL}/count`), { count: 1, dropped: 0 })
  t.equal((await call('POST', '/_mock/reset')).statusCode, 204)
  t.strictSame(await count(`${ALL}/count`), { count: 0, dropped: 0 })
  for (const [path, detail] of [
    ['?limit=0', 'query parameter limit '],
    ['?status=ok', 'query parameter status '],
    ['?verb=GET', 'query parameter verb is not known; there are method, path, status, unverified, limit.']
  ] as const) {
    const answer = await call('GET', ALL + path)
    t.match(answer.json(), { status: 400 }, path)
    t.ok(answer.json<{ detail: string }>().detail.startsWith(detail), path)
  }
})

t.test('bounds', async (t) => {
  const app = await testApp(t, { journalSize: 2 })
  const other = await tokenFor(app)
  for (let call = 0; call < 5; call++) await app.call('GET', SETTINGS)
  await app.call('GET', SETTINGS, { token: other })
  t.match((await app.call('GET', OF_DEFAULT)).json(), { requests: [{ sequence: 4 }, { sequence: 5 }], dropped: 3 })
  t.match((await app.call('GET', `/_mock/tenants/${OTHER}/requests/count`)).json(), { count: 1, dropped: 0 })
  t.match((await app.call('GET', `${ALL}/count`)).json(), { count: 3, dropped: 3 })
  const waited = await app.call('POST', `${OF_DEFAULT}/wait`, { body: { count: 3, timeout: 'PT0S' } })
  t.match(waited.json(), {
    detail: '2 of 3 matching requests were over within PT0S; wanted any request. It has dropped 3 (--journal-size).',
    misses: []
  })

  await t.test('the journal turned off', async (t) => {
    const off = await testApp(t, { journalSize: 0 })
    await off.call('GET', SETTINGS)
    await off.call('GET', '/contoso.example/discovery/keys')
    await off.call('GET', '/nowhere')
    await off.call('PATCH', SETTINGS, { body: '{' })
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/count'],
      ['GET', '/unmatched'],
      ['POST', '/wait']
    ] as const) {
      t.match((await off.call(method, ALL + path)).json(), {
        status: 409,
        detail: 'The journal is off; start without --journal-size 0.'
      })
    }
    t.equal((await off.call('DELETE', ALL)).statusCode, 204)
    await using mock = await startGraphMock({ journalSize: 0, logLevel: 'silent' })
    t.throws(() => mock.requests.list(), { message: 'The journal is off; leave out journalSize: 0.' })
  })
})

/** A request to Graph that came in, of a tenant that is known at once. */
function arrive(journal: Journal, tenantId: string | undefined): JournalEntry {
  const arrival = {
    id: '',
    surface: 'graph',
    redaction: 'denylist',
    method: 'GET',
    url: '/',
    rawHeaders: [],
    batch: undefined
  }
  const entry = journal.open(arrival as Arrival)
  journal.settle(entry, { tenantId, isUnverified: false })
  return entry
}

/** One operation on a journal of two entries per tenant and 8000 bytes over all. */
const operation = fc.oneof(
  { weight: 8, arbitrary: fc.record({ open: fc.constantFrom('a', 'b', 'c', undefined), body: fc.nat(6000) }) },
  { weight: 4, arbitrary: fc.record({ close: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ clear: fc.constantFrom('a', 'b', 'd', undefined) }) }
)

t.test('whatever happens, a journal is within its bounds and counts what it dropped', async (t) => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
      const journal = new Journal({ size: 2, maxBytes: 8000, now: () => 0, tenantNow: () => 0 })
      const open = [] as { entry: ReturnType<Journal['open']>; body: number }[]
      const added = new Map<string | undefined, number>()
      for (const step of operations) {
        if ('open' in step) {
          open.push({ entry: arrive(journal, step.open), body: step.body })
          added.set(step.open, (added.get(step.open) ?? 0) + 1)
        } else if ('close' in step) {
          const over = open[step.close]
          if (!over) continue
          over.entry.keepBody('x'.repeat(over.body))
          journal.close(over.entry, { outcome: 'answered', status: 200, fault: undefined })
        } else {
          journal.clear(step.clear)
          if (step.clear === undefined) added.clear()
          else added.delete(step.clear)
        }
        const all = journal.list(undefined).requests
        const expected = [...added.values()].reduce((sum, count) => sum + count, 0)
        if (all.length + journal.count(undefined).dropped !== expected) return false
        if (all.reduce((sum, { body }) => sum + 800 + ((body as string | null) ?? '').length, 0) > 8000) return false
        if (all.some(({ sequence }, at) => sequence <= (all[at - 1]?.sequence ?? 0))) return false
        for (const tenant of ['a', 'b', 'c']) {
          const { requests, dropped } = journal.list(tenant)
          if (requests.length > 2 || requests.length + dropped !== (added.get(tenant) ?? 0)) return false
          const ids = all.filter(({ tenantId }) => tenantId === tenant).map(({ sequence }) => sequence)
          if (ids.join() !== requests.map(({ sequence }) => sequence).join()) return false
        }
      }
      return true
    }),
    fuzzing(300)
  )
  t.pass()
})

t.test('a request is over once', async (t) => {
  const journal = new Journal({ size: 2, now: () => 0, tenantNow: () => 0 })
  const entry = arrive(journal, 'a')
  journal.close(entry, { outcome: 'answered', status: 200, fault: undefined })
  journal.close(entry, { outcome: 'disconnected', status: undefined, fault: undefined })
  t.match(journal.list('a').requests, [{ outcome: 'answered', status: 200 }])
  t.equal(journal.totals.calls, 1)
})

t.test('of tenants that claim to exist, only so many are remembered', async (t) => {
  const journal = new Journal({ size: 2, maxBytes: 1, now: () => 0, tenantNow: () => 0 })
  for (let tenant = 0; tenant < 10_002; tenant++) arrive(journal, `t${tenant}`)
  t.strictSame(journal.list(undefined), { requests: [], dropped: 10_002 })
  t.equal(journal.list('t0').dropped, 0)
  t.equal(journal.list('t10001').dropped, 1)
})

/** Places where a client can put a secret. */
const places: Record<string, (secret: string) => [method: string, url: string, options: CallOptions]> = {
  bearer: (secret) => ['GET', SETTINGS, { token: secret }],
  authorization: (secret) => ['GET', SETTINGS, { headers: { authorization: secret } }],
  cookie: (secret) => ['GET', SETTINGS, { headers: { cookie: `a=${secret}` } }],
  proxy: (secret) => ['GET', SETTINGS, { headers: { 'proxy-authorization': secret } }],
  'auxiliary token': (secret) => ['GET', SETTINGS, { headers: { 'x-ms-authorization-auxiliary': secret } }],
  'query of Graph': (secret) => ['GET', `${SETTINGS}?acc%65ss_token=${encodeURIComponent(secret)}`, {}],
  'query outside any version': (secret) => ['GET', `/x?code=${encodeURIComponent(secret)}`, {}],
  'body of Graph': (secret) => ['PATCH', SETTINGS, { body: { adminPassword: secret } }],
  'body of Graph, deeper': (secret) => ['PATCH', SETTINGS, { body: { a: [{ clientAssertion: [secret] }] } }],
  'part of a batch': (secret) => {
    const headers = { Authorization: `Bearer ${secret}`, Cookie: secret }
    return ['POST', '/beta/$batch', { body: { requests: [{ id: '1', method: 'GET', url: '/me', headers }] } }]
  },
  'form of the authority': (secret) => [
    'POST',
    '/common/oauth2/v2.0/token',
    {
      token: null,
      headers: { ...FORM, authorization: `Basic ${Buffer.from(`id:${secret}`).toString('base64')}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: 'id',
        redirect_uri: 'http://localhost/',
        client_secret: secret,
        client_assertion: secret,
        password: secret,
        refresh_token: secret,
        code_verifier: secret,
        code: secret,
        [secret]: secret
      }).toString()
    }
  ],
  'query of the authority': (secret) => [
    'GET',
    `/common/oauth2/v2.0/logout?${new URLSearchParams({ id_token_hint: secret, state: secret }).toString()}`,
    { token: null }
  ],
  'JSON for the authority': (secret) => ['POST', '/common/oauth2/token', { token: null, body: { a: secret } }]
}

t.test('a secret appears in no answer of the journal and in no log line', async (t) => {
  const app = await testApp(t)
  const secrets = fc.stringMatching(/^[A-Za-z0-9~_.-]{12,40}$/)
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(places)), secrets, async (place, secret) => {
      app.lines.length = 0
      await app.call('DELETE', ALL)
      const [method, url, options] = (places[place] as (typeof places)[string])(secret)
      await app.call(method, url, options)
      const answer = await app.call('GET', ALL)
      const wait = await app.call('POST', `${ALL}/wait`, { body: { body: { a: 1 }, count: 9, timeout: 'PT0S' } })
      const told = [answer.body, wait.body, JSON.stringify(app.lines)].join('\n')
      return answer.json<List>().requests.length > 0 && !told.includes(secret)
    }),
    fuzzing(200)
  )
  t.pass()
})

t.test('what differs, and how it is told', async (t) => {
  for (const [was, wanted, equal, told] of [
    [{ a: 1, b: 2 }, { a: 1 }, 1, []],
    [{ a: { b: [1, 2] } }, { a: { b: [1, 3] } }, 1, ['body.a.b.1 was 2, not 3']],
    [{ a: [1] }, { a: [1, 2] }, 0, ['body.a.length was 1, not 2']],
    [{ a: {} }, { a: [1] }, 0, ['body.a was {}, not [1]']],
    [[], { a: 1 }, 0, ['body was [], not {"a":1}']],
    [{}, { toString: 1 }, 0, ['body.toString was missing, not 1']],
    [{ a: null }, { a: null }, 1, []],
    ['x'.repeat(200), 'y', 0, [`body was "${'x'.repeat(119)}…, not "y"`]]
  ] as const) {
    const { equal: count, differences } = compare('body', was, wanted)
    t.strictSame([count, differences.map(tellDifference)], [equal, told], JSON.stringify(wanted).slice(0, 40))
  }
  t.equal(compare('body', [], {}).differences.length, 1)
  t.equal(compare('body', Array(50).fill(1), Array(50).fill(2)).differences.length, 20, 'not all of many')
})

t.test('waiting', async (t) => {
  const app = await testApp(t)
  const { call } = app
  const wait = (body: object, path = OF_DEFAULT) => call('POST', `${path}/wait`, { body })
  const sequences = async (answer: ReturnType<typeof wait>) =>
    (await answer).json<List>().requests.map(({ sequence }) => sequence)

  await t.test('for what has been', async (t) => {
    await call('PATCH', SETTINGS, { body: PAGE.request })
    await call('GET', SETTINGS)
    t.strictSame(await sequences(wait({ method: 'patch', body: { syncStatus: 'inProgress' }, status: 200 })), [1])
    t.strictSame(await sequences(wait({ path: SETTINGS, count: 2 }, ALL)), [1, 2])
    t.strictSame(await sequences(wait({ body: null })), [2])
    t.strictSame(await sequences(call('POST', `${ALL}/wait`)), [1, 2], 'without a body: for any request')
  })
  await t.test('for what comes, in its own tenant', async (t) => {
    const waiting = wait({ path: '*/sync', count: 2 })
    const all = wait({ path: '*/sync', count: 3 }, ALL)
    await call('POST', `${SETTINGS}/sync`, { token: await tokenFor(app) })
    await call('POST', `${SETTINGS}/sync`)
    await call('POST', `${SETTINGS}/sync`)
    t.strictSame(await sequences(waiting), [4, 5])
    t.strictSame(await sequences(all), [3, 4, 5])
  })
  await t.test('in vain', async (t) => {
    const answer = await wait({ method: 'PATCH', body: { syncStatus: 'failed' }, status: 200, timeout: 'PT0.01S' })
    t.equal(answer.statusCode, 422)
    t.equal(answer.headers['content-type'], 'application/problem+json')
    t.match(answer.json(), {
      type: 'about:blank',
      title: 'Unprocessable Entity',
      status: 422,
      detail:
        '0 of 1 matching requests were over within PT0.01S; wanted PATCH with status 200 with body {"syncStatus":"failed"}.',
      misses: [
        { sequence: 1, request: `PATCH ${SETTINGS} → 200`, why: ['body.syncStatus was "inProgress", not "failed"'] },
        {
          sequence: 2,
          request: `GET ${SETTINGS} → 200`,
          why: ['method was GET, not PATCH', 'body was missing, not {"syncStatus":"failed"}']
        },
        {
          sequence: 5,
          why: [
            'method was POST, not PATCH',
            'status was 409, not 200',
            'body was missing, not {"syncStatus":"failed"}'
          ]
        },
        { sequence: 4 }
      ]
    })
    const [first] = (await wait({ path: '/beta/x', timeout: 'PT0S' })).json<{ misses: object[] }>().misses
    t.match(first, { sequence: 5, why: [`path was ${SETTINGS}/sync, not /beta/x`] }, 'the youngest of equals')
    const empty = await wait(
      { timeout: 'PT0S' },
      `/_mock/tenants/${'1'.repeat(8)}-2222-3333-4444-555555555555/requests`
    )
    t.match(empty.json(), {
      detail: '0 of 1 matching requests were over within PT0S; wanted any request. The journal is empty.',
      misses: []
    })
  })
  await t.test('what cannot be waited for', async (t) => {
    for (const [body, detail] of [
      [{ count: 0 }, /^count /],
      [{ timeout: '5s' }, /^timeout must be an ISO 8601 duration such as PT10M/],
      [{ timeout: 'PT1H' }, /^timeout must be at most PT10M, not PT1H\.$/],
      [{ status: 99 }, /^status /],
      [{ verb: 'GET' }, /^verb is not a known member\.$/]
    ] as const) {
      const answer = await wait(body)
      t.match(answer.json(), { status: 400, detail }, JSON.stringify(body))
    }
  })
})

/** A request that is sent and left alone: its answer, or the error of its connection. */
function send(t: Test, port: number, path: string, token = 'readwrite') {
  const outgoing = httpRequest({
    host: '127.0.0.1',
    port,
    path,
    agent: false,
    headers: { authorization: `Bearer ${token}` }
  })
  t.teardown(() => outgoing.destroy())
  outgoing.on('error', () => undefined)
  outgoing.end()
  return outgoing
}

t.test('over sockets', async (t) => {
  const { server, port, lines } = await startTestServer(t)
  const { journal, faults } = server.mock
  const list = () => journal.list(undefined).requests
  const hasWaits = () => journal.hasWaits
  /** Until the only request is so. */
  const entryThat = async (predicate: (entry: JournalledRequest) => boolean) => {
    for (;;) {
      const [entry] = list()
      if (entry && predicate(entry)) return entry
      await new Promise(setImmediate)
    }
  }

  await t.test('broken connections tell how they ended', async (t) => {
    for (const [connection, status] of [
      ['reset', null],
      ['empty', null],
      ['truncate', 200]
    ] as const) {
      journal.clear(undefined)
      const { id } = faults.add(DEFAULT_TENANT, { times: 1, connection })
      send(t, port, SETTINGS)
      const entry = await entryThat(({ outcome }) => outcome !== 'pending')
      t.match(entry, { outcome: connection, status, fault: { scope: 'tenant', id, effect: connection } }, connection)
    }
  })
  await t.test('a request without answer is there as pending', async (t) => {
    journal.clear(undefined)
    faults.add(undefined, { times: 1, connection: 'hang' })
    const outgoing = send(t, port, `${SETTINGS}?password=geheim`)
    t.match(await entryThat(() => true), {
      outcome: 'pending',
      status: null,
      durationMs: null,
      query: { password: '[redacted]' }
    })
    const answer = await ask({
      secure: false,
      port,
      path: `${ALL}/wait`,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"timeout":"PT0S"}'
    })
    t.match(JSON.parse(answer.body), {
      misses: [{ request: `GET ${SETTINGS} → pending`, why: ['not finished yet'] }]
    })
    outgoing.destroy()
    t.match(await entryThat(({ outcome }) => outcome !== 'pending'), {
      outcome: 'hang',
      durationMs: Number,
      fault: { scope: 'all' }
    })
  })
  await t.test('a client that leaves early', async (t) => {
    journal.clear(undefined)
    faults.add(DEFAULT_TENANT, { times: 1, delay: { ms: 60_000 } })
    const outgoing = send(t, port, SETTINGS)
    await entryThat(() => true)
    outgoing.destroy()
    t.match(await entryThat(({ outcome }) => outcome !== 'pending'), {
      outcome: 'disconnected',
      status: null,
      fault: { effect: 'delay' }
    })
    t.match(journal.list(undefined, { status: 200 }).requests, [])
    const socket = connect(port, '127.0.0.1')
    socket.write(
      `PATCH http://user:geheim@x${SETTINGS} HTTP/1.1\r\nHost: x\r\nX-Twice: a\r\nX-Twice: b\r\nAuthorization: Bearer readwrite\r\nContent-Length: 9\r\n\r\n{`
    )
    await until(() => list().length >= 2)
    socket.destroy()
    await until(() => list()[1]?.outcome !== 'pending')
    t.match(list()[1], { path: SETTINGS, outcome: 'disconnected', body: null, headers: { 'x-twice': 'a, b' } })
  })
  await t.test('a reset forgets also what is pending, and what became of it', async (t) => {
    journal.clear(undefined)
    faults.add(DEFAULT_TENANT, { times: 1, connection: 'hang' })
    const outgoing = send(t, port, SETTINGS)
    await entryThat(() => true)
    const { found, cancel } = journal.wait(undefined, readWait({ timeout: 'PT10M' }))
    let isMet = false
    void found.then(() => {
      isMet = true
    })
    journal.clear(undefined)
    outgoing.destroy()
    await new Promise((resolve) => server.app.server.getConnections(resolve))
    await ask({ secure: false, port, path: '/_mock/health' })
    t.strictSame([list(), isMet], [[], false])
    cancel()
  })
  await t.test('a client that leaves ends its wait', async (t) => {
    const outgoing = httpRequest({
      host: '127.0.0.1',
      port,
      path: `${ALL}/wait`,
      method: 'POST',
      headers: { 'content-type': 'application/json' }
    })
    outgoing.on('error', () => undefined).end('{"path":"/never","timeout":"PT10M"}')
    await until(hasWaits)
    outgoing.destroy()
    await until(() => !hasWaits())
    t.pass()
  })
  await t.test('a server that closes ends all waits', async (t) => {
    const body = '{"path":"/never","timeout":"PT10M"}'
    const headers = { 'content-type': 'application/json' }
    const waiting = ask({ secure: false, port, path: `${ALL}/wait`, method: 'POST', headers, body })
    await until(hasWaits)
    await server.close()
    t.match(await waiting, { status: 503, body: /The server closed while somebody waited for a request\./ })
    t.match(lines.at(-1), { level: 30, msg: 'control call refused', status: 503 }, 'which is no bug')
  })
})

t.test('tenants at once see their own only', async (t) => {
  await using mock = await startGraphMock({ logLevel: 'silent' })
  const tenants = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const tenant = mock.tenant()
      return { tenant, token: await tenant.token() }
    })
  )
  await Promise.all(
    tenants.map(async ({ tenant, token }, at) => {
      const waiting = tenant.requests.waitFor({ method: 'PATCH', body: { syncStatus: 'failed' } }, { count: 3 })
      for (let call = 0; call < 3; call++) {
        await fetch(`${mock.url}${SETTINGS}?tenant=${at}`, {
          method: 'PATCH',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: '{"syncStatus":"failed"}'
        })
      }
      const seen = await waiting
      t.strictSame(
        seen.map(({ query, tenantId }) => [query, tenantId]),
        Array(3).fill([{ tenant: String(at) }, tenant.id])
      )
    })
  )
  t.equal(mock.requests.count(), 60)
})

t.test('in process', async (t) => {
  await using mock = await startGraphMock({ logLevel: 'silent', journalSize: 3 })
  const tenant = mock.tenant()
  const headers = { authorization: `Bearer ${await tenant.token()}` }
  await fetch(mock.url + SETTINGS, { headers })
  await fetch(`${mock.url}/beta/gadgets`, { headers })
  t.match(tenant.requests.list({ method: 'get', limit: 1 }), [{ path: '/beta/gadgets' }])
  t.equal(tenant.requests.count({ status: 200 }), 1)
  t.match(tenant.requests.unmatched(), [{ path: '/beta/gadgets', unmatched: true }])
  t.match(await tenant.requests.waitFor({ path: SETTINGS, body: undefined }), [{ status: 200 }])
  const message = `0 of 1 matching requests were over within PT0S; wanted POST ${SETTINGS}/sync.
Nearest:
  #2 GET /beta/gadgets → 400
      method was GET, not POST
      path was /beta/gadgets, not ${SETTINGS}/sync
  #1 GET ${SETTINGS} → 200
      method was GET, not POST
      path was ${SETTINGS}, not ${SETTINGS}/sync`
  const late = tenant.requests.waitFor({ method: 'POST', path: `${SETTINGS}/sync` }, { timeout: 'PT0S' })
  await t.rejects(late, { name: 'UnmetWait', message })
  await t.rejects(tenant.requests.waitFor({}, { timeout: 'PT1H' }), { name: 'RangeError', message: /at most PT10M/ })
  await t.rejects(tenant.requests.waitFor({ verb: 'GET' } as object), { name: 'TypeError', message: /^verb / })
  t.throws(() => tenant.requests.list({ limit: 0 }), { name: 'TypeError', message: /^limit / })
  for (let call = 0; call < 3; call++) await fetch(mock.url + SETTINGS, { headers })
  t.equal(tenant.requests.dropped(), 2)
  tenant.requests.clear()
  t.strictSame([tenant.requests.list(), mock.requests.list(), mock.requests.dropped()], [[], [], 0])
  const waiting = mock.requests.waitFor({})
  const closed = t.rejects(waiting, { name: 'WaitClosed' })
  await mock.close()
  await closed
})

t.test('the summary', async (t) => {
  const lines: unknown[][] = []
  const log = { info: (...line: unknown[]) => lines.push(line) } as unknown as Log
  const { app, mock, call } = await testApp(t, { journalSize: 1 })
  logSummary(mock.journal.totals, 7, log)
  t.strictSame(lines, [], 'nothing was called')
  for (let call = 0; call < 2; call++) await app.inject({ url: SETTINGS })
  mock.faults.add(undefined, { times: 1, respond: { status: 503 } })
  for (const path of ['/beta/gadgets', '/beta/gadgets', '/beta/widgets']) await call('GET', path)
  mock.journal.totals.countBroken(431)
  await call('POST', '/_mock/reset')
  logSummary(mock.journal.totals, 7, log)
  const summary = {
    calls: 6,
    refusals: { 400: 2, 401: 2, 431: 1, 503: 1 },
    unmatched: [
      { method: 'GET', path: '/beta/gadgets', calls: 1 },
      { method: 'GET', path: '/beta/widgets', calls: 1 }
    ],
    faults: 1,
    seed: 7
  }
  t.strictSame(lines.pop(), [
    { summary },
    '6 calls; refused: 2 × 400, 2 × 401, 1 × 431, 1 × 503; faults: 1 (--seed 7); unmatched: GET /beta/gadgets, GET /beta/widgets'
  ])
  await call('GET', '/v1.0/users')
  await call('GET', '/v1.0/users')
  logSummary(mock.journal.totals, 7, log)
  t.match(lines.pop(), [{ summary: { calls: 8, modelled: 2 } }, /, GET \/beta\/widgets; modelled: 2$/])
  for (let gap = 0; gap < 101; gap++) await call('GET', `/beta/gap${gap}`)
  await call('GET', '/beta/gadgets')
  logSummary(mock.journal.totals, 7, log)
  t.match(lines.pop(), [
    { summary: { moreUnmatched: 3 } },
    /GET \/beta\/gadgets \(2\), .*GET \/beta\/gap97, 3 more; modelled: 2$/
  ])
})

t.test('a request that is none counts', async (t) => {
  const { server, port } = await startTestServer(t)
  const socket = connect(port, '127.0.0.1').end('patch / HTTP/1.1\r\n\r\n')
  await once(socket.resume(), 'close')
  t.match(server.mock.journal.totals, { calls: 1, refusals: [[400, 1]] })
})

t.test('credentials are none of the journal wherever they stand, and no refusal quotes a body', async (t) => {
  const { call, mock, lines } = await testApp(t)
  const headers = { 'x-auth': 'Bearer hunter2', 'x-jwt': 'eyJhbGciOiJub25lIn0.hunter2.x' }
  for (const body of [
    '{"password": hunter2}',
    'Bearer hunter2',
    '{"note":"Basic hunter2"}',
    '{"a":"see ?sig=hunter2 b"}'
  ]) {
    const answer = await call('PATCH', SETTINGS, { body, headers })
    t.equal(answer.statusCode, 400)
    t.notMatch(answer.headers['x-mock-reason'], /hunter/)
    const control = await call('POST', '/_mock/tokens', { body })
    t.equal(control.statusCode, 400)
  }
  t.notMatch(JSON.stringify(mock.journal.list(undefined)), /hunter/)
  t.notMatch(JSON.stringify(lines), /hunter/)
})
