import { deepStrictEqual } from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import type { ClockChange } from '../../src/tenants/clock.js'
import { MAX_SNAPSHOTS } from '../../src/tenants/snapshots.js'
import { DEFAULT_TENANT, PAGE, SETTINGS, testApp, type TestApp } from '../helper.js'

const OTHER = '5f0b1c9e-8a35-4c5f-9a0e-0f0a5e3b7a11'
const TENANT = '/_mock/tenants/default'
const WALL = Date.parse('2026-03-01T12:00:00Z')

/** An app whose wall clock a test moves. */
async function timedApp(t: Test, fixture?: object): Promise<TestApp & { wall: { now: number } }> {
  const wall = { now: WALL }
  const fixtures = fixture && `${t.testdir({ 'fixture.json': JSON.stringify(fixture) })}/fixture.json`
  return { wall, ...(await testApp(t, { ...(fixtures && { fixtures }) }, () => wall.now)) }
}

t.test('a tenant that nobody uses holds nothing, and one that is forgotten is freed', async (t) => {
  const { call, mock } = await testApp(t)
  await call('GET', SETTINGS)
  await call('PUT', `${TENANT}/snapshots/one`)
  t.equal(mock.tenants.used().length, 1)
  await call('POST', '/_mock/reset')
  t.equal(mock.tenants.used().length, 0)
  const kept = new WeakRef(mock.tenants.get(DEFAULT_TENANT))
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  await setImmediate()
  collect()
  t.ok(kept.deref(), 'its snapshot stays over a reset')
  await setImmediate()
  await call('DELETE', '/_mock/tenants/default')
  await setImmediate()
  collect()
  t.equal(kept.deref(), undefined)
  t.strictSame((await call('GET', `${TENANT}/snapshots`)).json(), { snapshots: [] })
  t.strictSame((await call('GET', '/_mock/tenants')).json(), { tenants: [] }, 'asking for snapshots makes no tenant')
})

t.test('snapshots bring back state, clock and faults', async (t) => {
  const { call, wall } = await timedApp(t)
  const clock = (change: ClockChange) => call('POST', `${TENANT}/clock`, { body: change })
  const document = async () => (await call('GET', `${TENANT}/export`)).json<object>()
  await clock({ freeze: true, set: '2030-01-01T00:00:00Z' })
  await call('PATCH', SETTINGS, { body: PAGE.request })
  await call('POST', `${TENANT}/faults`, { body: { respond: { status: 503 }, times: 2, match: { method: 'POST' } } })
  t.equal((await call('POST', `${SETTINGS}/sync`)).statusCode, 503)
  const then = await document()

  const made = await call('PUT', `${TENANT}/snapshots/before.1`)
  t.equal(made.statusCode, 201)
  const summary = {
    name: 'before.1',
    takenAt: '2026-03-01T12:00:00.000Z',
    clock: { now: '2030-01-01T00:00:00.000Z', frozen: true },
    state: (await call('GET', `${TENANT}/state`)).json<object>(),
    faults: 1
  }
  t.strictSame(made.json(), summary)
  t.strictSame((await call('GET', `${TENANT}/snapshots`)).json(), { snapshots: [summary] })

  t.equal((await call('POST', `${SETTINGS}/sync`)).statusCode, 503)
  await clock({ reset: true })
  await call('PATCH', `${TENANT}/state`, { body: { condition: 'unlicensed', throttling: { requestsPerTenant: 0 } } })
  await call('DELETE', `${TENANT}/faults`)
  t.notSame(await document(), then)
  for (const time of ['first', 'second']) {
    t.equal((await call('POST', `${TENANT}/snapshots/before.1/restore`)).statusCode, 204)
    t.strictSame(await document(), then, time)
  }
  t.strictSame(
    [(await call('POST', `${SETTINGS}/sync`)).statusCode, (await call('POST', `${SETTINGS}/sync`)).statusCode],
    [503, 204],
    'the rule fires once more, as it would have then'
  )

  await call('POST', `${TENANT}/reset`)
  await call('POST', `${TENANT}/snapshots/before.1/restore`)
  t.strictSame(await document(), then, 'it stays over a reset')
  wall.now += 1000
  await call('POST', '/_mock/reset')
  const replaced = await call('PUT', `${TENANT}/snapshots/before.1`)
  t.equal(replaced.statusCode, 200)
  t.match(replaced.json(), { takenAt: '2026-03-01T12:00:01.000Z', clock: { frozen: false }, faults: 0 })
  for (const time of ['first', 'second'])
    t.equal((await call('DELETE', `${TENANT}/snapshots/before.1`)).statusCode, 204, time)
  t.strictSame((await call('GET', `${TENANT}/snapshots`)).json(), { snapshots: [] })
})

t.test('a running clock comes back with its offset: what is over by now is over', async (t) => {
  const { call, wall } = await timedApp(t)
  const status = async () => (await call('GET', SETTINGS)).json<{ syncStatus: string }>().syncStatus
  const restore = () => call('POST', `${TENANT}/snapshots/syncing/restore`)
  await call('POST', `${TENANT}/clock`, { body: { advance: 'PT1H' } })
  await call('POST', `${SETTINGS}/sync`)
  await call('PUT', `${TENANT}/snapshots/syncing`)
  await call('POST', `${TENANT}/clock`, { body: { advance: 'P1D' } })
  t.equal(await status(), 'completed')
  await restore()
  t.equal(await status(), 'inProgress', 'the sync runs')
  t.equal((await call('POST', `${SETTINGS}/sync`)).statusCode, 409)
  wall.now += 500
  t.equal(await status(), 'completed')
  t.equal((await call('POST', `${SETTINGS}/sync`)).statusCode, 429, 'and the lock-out holds')
  wall.now += 600_000
  await restore()
  t.equal((await call('GET', `${TENANT}/clock`)).json<{ now: string }>().now, '2026-03-01T13:10:00.500Z')
  t.equal((await call('POST', `${SETTINGS}/sync`)).statusCode, 204)
})

t.test('limits count anew after a restore', async (t) => {
  const { call } = await testApp(t)
  await call('PATCH', `${TENANT}/state`, { body: { throttling: { requestsPerTenant: 1 } } })
  const statuses = async () => [(await call('GET', SETTINGS)).statusCode, (await call('GET', SETTINGS)).statusCode]
  t.strictSame(await statuses(), [200, 429])
  await call('PUT', `${TENANT}/snapshots/full`)
  await call('POST', `${TENANT}/snapshots/full/restore`)
  t.strictSame(await statuses(), [200, 429])
})

t.test('what is no snapshot', async (t) => {
  const { call } = await testApp(t)
  const detail = async (method: string, path: string) => {
    const answer = await call(method, path)
    return [answer.statusCode, answer.json<{ detail: string }>().detail]
  }
  t.strictSame(await detail('POST', `${TENANT}/snapshots/a/restore`), [
    404,
    'The tenant has no snapshot "a"; it has none.'
  ])
  t.strictSame((await call('GET', '/_mock/tenants')).json(), { tenants: [] }, 'and no tenant was made')
  for (let at = 0; at < MAX_SNAPSHOTS; at++) await call('PUT', `${TENANT}/snapshots/s${at}`)
  t.strictSame(await detail('PUT', `${TENANT}/snapshots/one-more`), [
    409,
    'A tenant has at most 100 snapshots; delete one first.'
  ])
  t.equal((await call('PUT', `${TENANT}/snapshots/s99`)).statusCode, 200, 'a known one may be replaced')
  await call('DELETE', `${TENANT}/snapshots/s0`)
  t.equal((await call('PUT', `${TENANT}/snapshots/one-more`)).statusCode, 201)
  t.match(await detail('POST', `${TENANT}/snapshots/s0/restore`), [
    404,
    /no snapshot "s0"; it has "s1", "s2", .*"one-more"\.$/
  ])
  for (const name of ['a%20b', 'a%2Fb', '%00', 'ä', 'x'.repeat(65)]) {
    t.strictSame(
      await detail('PUT', `${TENANT}/snapshots/${name}`),
      [400, 'path parameter name must be 1 to 64 of the characters A-Z, a-z, 0-9, ".", "_", "~" and "-".'],
      name
    )
  }
  t.equal((await call('POST', `/_mock/tenants/${OTHER}/snapshots/s1/restore`)).statusCode, 404, 'of another tenant')
})

t.test('an export says everything, and can stand in a fixture', async (t) => {
  const { call } = await timedApp(t)
  const untouched = (await call('GET', `${TENANT}/export`)).json<object>()
  t.strictSame(untouched, {
    ...(await call('GET', `${TENANT}/state`)).json<object>(),
    throttling: null,
    clock: { reset: true },
    faults: []
  })
  await call('POST', `${TENANT}/clock`, { body: { advance: 'PT1H' } })
  t.match((await call('GET', `${TENANT}/export`)).json(), { clock: { set: '2026-03-01T13:00:00.000Z' } })
  await call('POST', `${TENANT}/clock`, { body: { freeze: true } })
  await call('POST', `${SETTINGS}/sync`)
  await call('POST', `${TENANT}/faults`, { body: { connection: 'reset', match: { operation: '*.sync' }, after: 3 } })
  const document = (await call('GET', `${TENANT}/export`)).json<object>()
  t.match(document, {
    clock: { freeze: true, set: '2026-03-01T13:00:00.000Z' },
    sync: { running: { endsAt: '2026-03-01T13:00:00.5Z' } },
    faults: [{ connection: 'reset', matched: 0, fired: 0, after: 3 }]
  })

  const other = await timedApp(t, {
    defaultTenant: DEFAULT_TENANT,
    tokens: { readwrite: {} },
    tenantDefaults: {
      throttling: { requestsPerTenant: 0 },
      faults: [{ delay: { ms: 1 } }],
      sync: { outcome: 'failed' }
    },
    tenants: { [DEFAULT_TENANT]: document }
  })
  other.wall.now += 86_400_000
  t.strictSame((await other.call('GET', `${TENANT}/export`)).json(), document, 'as an entry of a fixture')
  t.equal((await other.call('GET', SETTINGS)).json<{ syncStatus: string }>().syncStatus, 'inProgress')
  await other.call('PUT', `${TENANT}/snapshots/kept`)
  for (const time of ['first', 'second']) {
    const answer = await other.call('PUT', `${TENANT}/export`, { body: untouched })
    t.equal(answer.statusCode, 200)
    t.strictSame(answer.json(), untouched, `imported, the ${time} time`)
  }
  t.match((await other.call('GET', `${TENANT}/snapshots`)).json(), { snapshots: [{ name: 'kept' }] })
  const part = await other.call('PUT', `${TENANT}/export`, { body: { sync: { duration: 'PT1S' } } })
  t.match(
    part.json(),
    {
      throttling: { requestsPerTenant: 0 },
      sync: { duration: 'PT1S', outcome: 'failed' },
      faults: [{ delay: { ms: 1 } }]
    },
    'what it leaves out is as the defaults of the fixture have it'
  )
})

t.test('an import that is refused changes nothing', async (t) => {
  const { call } = await testApp(t)
  await call('PATCH', SETTINGS, { body: PAGE.request })
  const before = (await call('GET', `${TENANT}/export`)).json<object>()
  const rows: [document: unknown, detail: string | RegExp][] = [
    [{ nope: 1 }, 'nope is not a known member.'],
    [{ condition: 'ill' }, /^condition must be null, "unlicensed", .* or "claimsChallenge"\.$/],
    [{ clock: {} }, 'clock must have at least 1 member.'],
    [{ clock: { set: 'soon' } }, 'clock.set must be an instant such as 2017-01-01T00:02:49Z.'],
    [
      { condition: 'unlicensed', clock: { advance: 'P3000000D' } },
      'clock is wrong: the clock cannot pass the year 9999.'
    ],
    [{ faults: [{ respond: { status: 99 } }] }, 'faults.0.respond.status must be at least 200.'],
    [
      { faults: [{ delay: { ms: 1 } }, {}] },
      'faults.1.respond, delay and connection are all missing: a rule needs an effect.'
    ],
    [{ faults: [{ delay: { ms: 1 }, match: { operation: 'nope' } }] }, /^faults\.0\.match\.operation must be one of /],
    [[], 'the document must be an object.']
  ]
  for (const [body, detail] of rows) {
    const answer = await call('PUT', `${TENANT}/export`, { body })
    t.match(answer.json(), { status: 400, detail }, JSON.stringify(body))
    t.strictSame((await call('GET', `${TENANT}/export`)).json(), before)
  }
})

t.test('export, import, export: the same document and the same behaviour, whatever happened before', async (t) => {
  const duration = fc.constantFrom('PT0.2S', 'PT3M', 'PT10M', 'P1D')
  const change: fc.Arbitrary<ClockChange> = fc.oneof(
    fc.record({ advance: duration }),
    fc.record({ freeze: fc.boolean() }),
    fc.record({ set: fc.constantFrom('2020-01-01T00:00:00Z', '2031-05-05T05:05:05.555+02:00') }),
    fc.constant({ reset: true as const })
  )
  const fault = fc.record(
    {
      respond: fc.record({ status: fc.constantFrom(429, 503), retryAfter: fc.constant('PT5S') }),
      match: fc.record({ method: fc.constantFrom('GET', 'POST', 'PATCH') }),
      times: fc.integer({ min: 1, max: 3 }),
      after: fc.nat(2)
    },
    { requiredKeys: ['respond', 'match'] }
  )
  const state = fc.record(
    {
      profile: fc.constantFrom('documented', 'observed'),
      condition: fc.constantFrom(null, 'readOnly', 'claimsChallenge'),
      throttling: fc.constantFrom(null, { requestsPerTenant: 4, window: 'PT1H' }),
      sync: fc.record({ outcome: fc.constantFrom('completed', 'failed'), duration }, { requiredKeys: [] })
    },
    { requiredKeys: [] }
  )
  const settings = fc.record({ syncStatus: fc.constantFrom('unknown', 'inProgress', 'completed') })
  const step = fc.oneof(
    fc.tuple(fc.constant('PATCH'), fc.constant(SETTINGS), settings),
    fc.tuple(fc.constant('GET'), fc.constant(SETTINGS), fc.constant(undefined)),
    fc.tuple(fc.constant('POST'), fc.constant(`${SETTINGS}/sync`), fc.constant(undefined)),
    fc.tuple(fc.constant('PATCH'), fc.constant(`${TENANT}/state`), state),
    fc.tuple(fc.constant('POST'), fc.constant(`${TENANT}/clock`), change),
    fc.tuple(fc.constant('POST'), fc.constant(`${TENANT}/faults`), fault)
  )
  const a = await timedApp(t)
  const b = await timedApp(t, {
    defaultTenant: DEFAULT_TENANT,
    tokens: { readwrite: { scopes: ['DeviceManagementServiceConfig.ReadWrite.All'] } },
    tenantDefaults: {
      profile: 'observed',
      clock: { freeze: true },
      faults: [{ respond: { status: 418 } }],
      throttling: { requestsPerTenant: 0 },
      sync: { lastAction: '2026-03-01T11:59:59Z' }
    }
  })
  const seen = async ({ call }: TestApp, [method, url, body]: readonly [string, string, unknown]) => {
    const answer = await call(method, url, { body })
    return [answer.statusCode, answer.headers['retry-after'], answer.statusCode === 200 ? answer.json<unknown>() : '']
  }
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.array(step, { maxLength: 8 }), async (before, after) => {
      for (const app of [a, b]) {
        app.wall.now = WALL
        app.mock.tenants.forget(DEFAULT_TENANT)
      }
      for (const one of before) {
        await seen(a, one)
        a.wall.now += 100
      }
      b.wall.now = a.wall.now
      const document = (await a.call('GET', `${TENANT}/export`)).json<object>()
      // Limits count anew, as they do after an import.
      await a.call('PUT', `${TENANT}/snapshots/now`)
      await a.call('POST', `${TENANT}/snapshots/now/restore`)
      deepStrictEqual((await b.call('PUT', `${TENANT}/export`, { body: document })).json(), document)
      for (const one of after) {
        deepStrictEqual(await seen(b, one), await seen(a, one))
        for (const { wall } of [a, b]) wall.now += 100
      }
      const [ours, theirs] = await Promise.all([a, b].map(({ call }) => call('GET', `${TENANT}/export`)))
      deepStrictEqual(theirs?.json(), ours?.json())
    }),
    { numRuns: 60 }
  )
})

t.test('what the state of a whole member leaves out is not there: a GET can be put back as it came', async (t) => {
  const { call } = await timedApp(t, {
    defaultTenant: DEFAULT_TENANT,
    tenantDefaults: { sync: { lastAction: '2026-03-01T11:59:59Z' }, throttling: null }
  })
  const { sync, ...state } = (await call('GET', `${TENANT}/state`)).json<{ sync: Record<string, unknown> }>()
  t.notOk('throttling' in state, 'off is absent')
  delete sync['lastAction']
  t.strictSame((await call('PUT', `${TENANT}/state`, { body: { ...state, sync } })).json<{ sync: object }>().sync, sync)
  t.match(
    (await call('PUT', `${TENANT}/state`, { body: { sync: { outcome: 'failed' } } })).json(),
    { sync: { outcome: 'failed', lastAction: '2026-03-01T11:59:59Z' } },
    'a part is laid over the fixture'
  )
})
