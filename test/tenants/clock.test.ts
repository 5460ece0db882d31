import fc from 'fast-check'
import t from 'tap'
import { startGraphMock } from '../../src/index.js'
import { parseDuration } from '../../src/lib/iso-duration.js'
import {
  changeClock,
  clockNow,
  LAST_INSTANT,
  readClock,
  WALL_CLOCK,
  type ClockChange
} from '../../src/tenants/clock.js'
import { DEFAULT_TENANT, SETTINGS, testApp } from '../helper.js'

const CLOCK = '/_mock/tenants/default/clock'
const OTHER = '11111111-2222-3333-4444-555555555555'
const WALL = Date.parse('2026-03-01T12:00:00.000Z')

t.test('durations', (t) => {
  for (const [literal, milliseconds] of [
    ['PT0S', 0],
    ['PT0.5S', 500],
    ['PT0.0004S', 0],
    ['PT10M', 600_000],
    ['P1DT2H3M4.005S', 93_784_005],
    ['P2W', 1_209_600_000],
    ['PT36H', 129_600_000]
  ] as const) {
    t.equal(parseDuration(literal), milliseconds, literal)
  }
  for (const literal of [
    '',
    'P',
    'PT',
    'P1DT',
    'P1Y',
    'P1M',
    '-PT1S',
    'PT1,5S',
    'pt1s',
    'PT1S ',
    'P1W2D',
    'P999999999999D'
  ]) {
    const message = `${JSON.stringify(literal)} is no ISO 8601 duration such as PT10M or P1DT12H`
    t.throws(() => parseDuration(literal), new RangeError(message), literal)
  }
  t.end()
})

t.test('what may be done to a clock, transition by transition', (t) => {
  const frozen = { offset: 0, frozenAt: WALL }
  const ahead = { offset: 1000, frozenAt: null }
  const rows: [from: typeof WALL_CLOCK, change: ClockChange, now: string, frozen: boolean][] = [
    [WALL_CLOCK, { advance: 'PT1S' }, '2026-03-01T12:00:06.000Z', false],
    [WALL_CLOCK, { set: '2030-01-01T00:00:00+01:00' }, '2029-12-31T23:00:00.000Z', false],
    [WALL_CLOCK, { freeze: true }, '2026-03-01T12:00:05.000Z', true],
    [WALL_CLOCK, { freeze: false }, '2026-03-01T12:00:05.000Z', false],
    [frozen, { advance: 'PT1S' }, '2026-03-01T12:00:01.000Z', true],
    [frozen, { set: '0001-01-01T00:00Z' }, '0001-01-01T00:00:00.000Z', true],
    [frozen, { freeze: true }, '2026-03-01T12:00:00.000Z', true],
    [frozen, { freeze: false }, '2026-03-01T12:00:00.000Z', false],
    [frozen, { reset: true }, '2026-03-01T12:00:05.000Z', false],
    [ahead, { freeze: true }, '2026-03-01T12:00:06.000Z', true],
    [
      ahead,
      { reset: true, freeze: true, set: '2030-01-01T00:00:00Z', advance: 'PT1S' },
      '2030-01-01T00:00:01.000Z',
      true
    ]
  ]
  for (const [from, change, now, isFrozen] of rows) {
    const changed = changeClock(from, change, WALL + 5000)
    t.strictSame(readClock(changed, WALL + 5000), { now, frozen: isFrozen }, JSON.stringify([from, change]))
    t.equal(clockNow(changed, WALL + 7000) - clockNow(changed, WALL + 5000), isFrozen ? 0 : 2000)
  }
  t.throws(
    () => changeClock(frozen, { set: 'soon' }, WALL),
    new RangeError('"soon" is no instant such as 2017-01-01T00:02:49Z')
  )
  const last = { offset: 0, frozenAt: Date.parse('9999-12-31T23:59:59.999Z') }
  t.throws(
    () => changeClock(last, { advance: 'PT0.001S' }, WALL),
    new RangeError('the clock cannot pass the year 9999')
  )
  t.end()
})

t.test('a clock that runs stops at the first and the last instant of the calendar', async (t) => {
  const wall = { now: WALL }
  const { call } = await testApp(t, { profile: 'observed' }, () => wall.now)
  const read = async (url: string) => (await call('GET', url)).json<Record<string, unknown>>()
  const last = { now: '9999-12-31T23:59:59.999Z', frozen: false }
  const exportUrl = '/_mock/tenants/default/export'
  await call('POST', CLOCK, { body: { set: '9999-12-31T23:59:59Z' } })
  await call('PUT', '/_mock/tenants/default/snapshots/end')
  wall.now += 86_400_000
  t.strictSame(await read(CLOCK), last)
  const answer = await call('POST', `${SETTINGS}/sync`)
  t.match({ status: answer.statusCode, ...answer.headers }, { status: 204, date: 'Fri, 31 Dec 9999 23:59:59 GMT' })
  t.match(await read(SETTINGS), { syncStatus: 'completed', lastSyncDateTime: '9999-12-31T23:59:59.999Z' })
  const refusal = await call('POST', `${SETTINGS}/sync`)
  t.match(refusal.json(), { error: { code: 'TooManyRequests', innerError: { date: '9999-12-31T23:59:59' } } })
  t.match(await read('/_mock/tenants/default/snapshots'), { snapshots: [{ clock: { now: /^9999-12-31T23:59:59/ } }] })
  t.match(await read('/_mock/tenants/default/requests'), { requests: [{ receivedAt: last.now }, {}, {}] })

  const document = await read(exportUrl)
  t.match(document, { clock: { set: last.now } })
  const imported = await call('PUT', exportUrl, { body: document })
  t.strictSame([imported.statusCode, imported.json()], [200, document], 'its export can be imported')
  t.match((await call('POST', CLOCK, { body: { advance: 'PT0.001S' } })).json(), { status: 409 })
  t.strictSame((await call('POST', CLOCK, { body: { freeze: true } })).json(), { ...last, frozen: true })
  t.strictSame((await call('POST', CLOCK, { body: { freeze: false } })).json(), last)
  t.equal((await call('POST', '/_mock/tenants/default/snapshots/end/restore')).statusCode, 204)
  t.strictSame(await read(CLOCK), last)

  await call('POST', CLOCK, { body: { set: '0001-01-01T00:00:00Z' } })
  wall.now -= 1000
  t.strictSame(await read(CLOCK), { now: '0001-01-01T00:00:00.000Z', frozen: false }, 'the wall clock was put back')
  t.equal((await call('POST', `${SETTINGS}/sync`)).statusCode, 204)
})

t.test('a fixture whose clock is at the end by the time that a tenant is used', async (t) => {
  const wall = { now: WALL }
  const left = LAST_INSTANT - WALL
  const clock = { advance: `P${Math.floor(left / 86_400_000)}DT${(left % 86_400_000) / 1000}S` }
  const document = { defaultTenant: DEFAULT_TENANT, tokens: { readwrite: {} }, tenantDefaults: { clock } }
  const fixtures = `${t.testdir({ 'fixture.json': JSON.stringify(document) })}/fixture.json`
  const { call } = await testApp(t, { fixtures }, () => wall.now)
  wall.now += 5000
  t.equal((await call('GET', SETTINGS)).statusCode, 200)
  t.strictSame((await call('GET', CLOCK)).json(), { now: '9999-12-31T23:59:59.999Z', frozen: false })
})

t.test('every document that is exported can be imported, wherever the clock stands', async (t) => {
  const wall = { now: WALL }
  const { call } = await testApp(t, {}, () => wall.now)
  const url = '/_mock/tenants/default/export'
  const instant = fc.oneof(
    fc.constantFrom('0001-01-01T00:00Z', '0001-01-01T00:00:00.000000000001Z', '9999-12-31T23:59:59.999999999999Z'),
    fc
      .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date(LAST_INSTANT), noInvalidDate: true })
      .map((date) => date.toISOString())
  )
  const change = fc.record({ set: instant, freeze: fc.boolean() }, { requiredKeys: ['set'] })
  const ms = fc.integer({ min: -(10 ** 12), max: 10 ** 12 })
  await fc.assert(
    fc.asyncProperty(change, ms, fc.constantFrom('PT0S', 'PT0.5S', 'P9999999D'), async (body, passed, duration) => {
      wall.now = WALL
      await call('POST', '/_mock/reset')
      await call('POST', CLOCK, { body })
      await call('PATCH', '/_mock/tenants/default/state', { body: { sync: { duration } } })
      wall.now += passed
      t.equal((await call('POST', `${SETTINGS}/sync`)).statusCode, 204)
      const document = (await call('GET', url)).json<object>()
      const imported = await call('PUT', url, { body: document })
      t.strictSame([imported.statusCode, imported.json()], [200, document])
    }),
    { numRuns: 100 }
  )
})

t.test('advancing twice is advancing by the sum, frozen or not', (t) => {
  const seconds = fc.nat(10 ** 9)
  fc.assert(
    fc.property(seconds, seconds, fc.boolean(), (one, other, isFrozen) => {
      const start = changeClock(WALL_CLOCK, { freeze: isFrozen }, WALL)
      const advance = (clock: typeof start, by: number) => changeClock(clock, { advance: `PT${by}S` }, WALL)
      t.same(advance(advance(start, one), other), advance(start, one + other))
    })
  )
  t.end()
})

t.test('over the control surface', async (t) => {
  const { call, mock } = await testApp(t, {}, () => WALL)
  const change = async (body: unknown, url = CLOCK) => (await call('POST', url, { body })).json<object>()
  t.strictSame((await call('GET', CLOCK)).json(), { now: '2026-03-01T12:00:00.000Z', frozen: false })
  t.strictSame(await change({ freeze: true }), { now: '2026-03-01T12:00:00.000Z', frozen: true })
  t.strictSame(await change({ advance: 'P1D' }), { now: '2026-03-02T12:00:00.000Z', frozen: true })
  t.strictSame((await call('GET', CLOCK)).json(), { now: '2026-03-02T12:00:00.000Z', frozen: true })
  t.strictSame(await change({ set: '2030-01-01T00:00:00Z' }, `/_mock/tenants/${OTHER}/clock`), {
    now: '2030-01-01T00:00:00.000Z',
    frozen: false
  })
  t.equal(mock.tenants.now(DEFAULT_TENANT), WALL + 86_400_000, 'another tenant has another clock')
  t.strictSame(await change({ reset: true }), { now: '2026-03-01T12:00:00.000Z', frozen: false })
  for (const [body, detail] of [
    [{}, 'the document must have at least 1 member.'],
    [{ advance: '10 minutes' }, 'advance must be an ISO 8601 duration such as PT10M.'],
    [{ set: '2026-02-30T00:00:00Z' }, 'set must be an instant such as 2017-01-01T00:02:49Z.'],
    [{ freeze: 'yes' }, 'freeze must be true or false.'],
    [{ reset: false }, 'reset must be true.'],
    [{ stop: true }, 'stop is not a known member.'],
    [undefined, 'The body is missing; send JSON.']
  ] as const) {
    const answer = await call('POST', CLOCK, { body })
    t.match({ status: answer.statusCode, ...answer.json<object>() }, { status: 400, detail }, detail)
  }
  const beyond = await call('POST', CLOCK, { body: { advance: 'P3000000D' } })
  t.match(beyond.json(), { status: 409, detail: 'the clock cannot pass the year 9999.' })
  t.strictSame((await call('GET', CLOCK)).json(), { now: '2026-03-01T12:00:00.000Z', frozen: false }, 'unchanged')
  await change({ freeze: true, advance: 'PT1S' })
  await call('POST', '/_mock/tenants/default/reset')
  t.match((await call('GET', CLOCK)).json(), { frozen: false }, 'a reset tenant has its clock back')
})

t.test('an error that is no RangeError stays an unexpected one', async (t) => {
  const { call, mock } = await testApp(t)
  mock.tenants.changeClock = () => {
    throw new TypeError('secret detail')
  }
  const answer = await call('POST', CLOCK, { body: { freeze: true } })
  t.match(answer.json(), { status: 500, detail: 'A bug in msgraph-mock; its log has the stack.' })
})

t.test('dates of answers and lifetimes of tokens follow the clock of the tenant', async (t) => {
  const { call, mock } = await testApp(t)
  const { access_token: token } = await mock.mintToken({})
  const { access_token: otherToken } = await mock.mintToken({ tenantId: OTHER })
  const wallYear = new Date().toUTCString().slice(12, 16)
  t.match((await call('GET', SETTINGS)).headers, { date: new RegExp(wallYear) })
  await call('POST', CLOCK, { body: { freeze: true, set: '2001-02-03T04:05:06Z' } })
  const date = 'Sat, 03 Feb 2001 04:05:06 GMT'
  const inner = { error: { innerError: { date: '2001-02-03T04:05:06' } } }
  t.match((await call('GET', SETTINGS)).headers, { date }, 'an answer')
  const refusal = await call('GET', `${SETTINGS}/nope`)
  t.match({ ...refusal.headers, ...refusal.json<object>() }, { date, ...inner }, 'an error')
  const early = await call('GET', SETTINGS, { token })
  t.equal(early.statusCode, 401, 'the token was minted in the future')
  t.match(
    { ...early.headers, ...early.json<object>() },
    { date, ...inner },
    'a refused token names its tenant all the same'
  )
  t.equal((await call('GET', SETTINGS, { token: otherToken })).statusCode, 200, 'another tenant goes by its own clock')
  const { access_token: now } = await mock.mintToken({ expiresIn: 60 })
  t.equal(
    (await call('GET', SETTINGS, { token: now })).statusCode,
    200,
    'tokens are minted by the clock of their tenant'
  )
  await call('POST', CLOCK, { body: { advance: 'PT1M' } })
  t.match((await call('GET', SETTINGS, { token: now })).json(), {
    error: { message: 'Lifetime validation failed, the token is expired.', innerError: { date: '2001-02-03T04:06:06' } }
  })
  t.equal((await call('GET', SETTINGS)).statusCode, 200, 'a named token never grows old')
  const personal = await mock.mintToken({ kind: 'personal' })
  t.equal((await call('GET', SETTINGS, { token: personal.access_token })).statusCode, 401)
})

t.test('in process', async (t) => {
  const mock = await startGraphMock({ logLevel: 'silent' })
  t.teardown(() => mock.close())
  const { clock } = mock.tenant()
  t.match(clock.read(), { frozen: false })
  const { now, frozen } = clock.freeze()
  t.ok(frozen)
  t.strictSame(clock.read(), { now, frozen: true })
  t.strictSame(clock.set('2030-01-01T00:00:00Z'), { now: '2030-01-01T00:00:00.000Z', frozen: true })
  t.strictSame(clock.advance('PT10M'), { now: '2030-01-01T00:10:00.000Z', frozen: true })
  t.match(clock.unfreeze(), { now: /^2030-01-01T00:10:0/, frozen: false })
  t.throws(() => clock.advance('ten'), new RangeError('"ten" is no ISO 8601 duration such as PT10M or P1DT12H'))
  t.match(clock.reset(), { frozen: false })
  t.notMatch(clock.read().now, /^2030/)
})
