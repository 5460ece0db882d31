import t, { type Test } from 'tap'
import { jsonBytes } from '../../src/lib/json-bytes.js'
import { Holdings } from '../../src/tenants/holdings.js'
import { ThrottleWindow } from '../../src/tenants/throttle-window.js'
import { startGraphMock } from '../../src/index.js'
import { SETTINGS, testApp, type TestApp } from '../helper.js'

const GUID = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`
const ONE =
  'A tenant holds at most 16 MiB, snapshots included. Drop snapshots or fault rules of it, or take another tenant.'
const ALL = 'All tenants together hold at most 64 MiB. Forget those that are done with (DELETE /_mock/tenants/{t}).'
const EXPORT =
  'The state and the fault rules of a tenant are at most 1 MiB of JSON, so that an export fits in a request. Remove rules first.'
/** About 1.8 MB in memory. */
const LARGE = { respond: { status: 503, body: 'x'.repeat(900_000) }, times: 0 }

t.test('the estimate of what a JSON value holds', (t) => {
  t.equal(jsonBytes('ab'), 28)
  t.equal(jsonBytes(['ab', 1, null, true]), 48 + 4 * 8 + 28 + 16)
  t.equal(jsonBytes({ a: { b: [] } }), 2 * (64 + 64 + 2) + 48)
  const deep = JSON.parse(`${'['.repeat(500_000)}${']'.repeat(500_000)}`) as unknown
  t.ok(jsonBytes(deep) >= 500_000 * 48, 'of any depth')
  t.ok(jsonBytes(Array(300_000).fill(0)) >= 300_000 * 8, 'of any length')
  t.end()
})

t.test('what fits is counted, and what does not changes nothing', (t) => {
  const holdings = new Holdings({ all: 100, one: 60 })
  const demand = (before: number, after: number) => () => {
    holdings.demand(before, after)
  }
  holdings.demand(0, 60)
  t.throws(demand(0, 61), { message: /^A tenant holds at most / })
  t.throws(demand(0, 41), { message: /^All tenants together hold at most / })
  t.equal(holdings.bytes, 60)
  holdings.demand(0, 40)
  holdings.demand(60, 59)
  holdings.count(0, 50)
  t.equal(holdings.bytes, 149, 'what is let in is counted')
  holdings.demand(200, 141)
  t.equal(holdings.bytes, 90, 'less always fits')
  t.end()
})

/** Answers of the control surface for one tenant. */
function control({ call }: TestApp, id: string) {
  return async (method: string, path: string, body?: unknown) => {
    const answer = await call(method, `/_mock/tenants/${id}${path}`, { body, token: null })
    return answer.body === '' ? { status: answer.statusCode } : { status: answer.statusCode, ...answer.json<object>() }
  }
}

async function fill(app: TestApp, id: string): Promise<number> {
  const ask = control(app, id)
  await ask('POST', '/faults', LARGE)
  for (let at = 0; ; at++) if ((await ask('PUT', `/snapshots/s${at}`)).status !== 201) return at
}

t.test('one tenant may hold so much, snapshots included', async (t) => {
  const app = await testApp(t)
  const ask = control(app, GUID(1))
  const kept = await fill(app, GUID(1))
  t.equal(kept, 8)
  t.match(await ask('PUT', '/snapshots/more'), { status: 409, detail: ONE })
  t.match(await ask('GET', '/snapshots'), { snapshots: { length: kept } })
  t.match(await ask('PUT', '/snapshots/s0'), { status: 200 }, 'one may be taken anew')
  t.match(await ask('POST', '/snapshots/s1/restore'), { status: 204 })
  await ask('DELETE', '/snapshots/s0')
  await ask('DELETE', '/snapshots/s0')
  t.match(await ask('PUT', '/snapshots/more'), { status: 201 }, 'and another once one is dropped')
  await ask('DELETE', '/faults')
  for (const name of ['s1', 's2']) await ask('DELETE', `/snapshots/${name}`)
  t.match(await ask('PUT', '/snapshots/small'), { status: 201 })
  await ask('DELETE', '')
  t.equal(app.mock.tenants.heldBytes, 0, 'what is forgotten is not counted')
})

t.test('all tenants together may hold so much', async (t) => {
  const app = await testApp(t)
  const kept = []
  for (let at = 0; at < 4; at++) kept.push(await fill(app, GUID(at)))
  t.strictSame(kept.slice(0, 3), [8, 8, 8])
  const ask = control(app, GUID(9))
  await ask('POST', '/faults', LARGE)
  t.match(await ask('PUT', '/snapshots/a'), { status: 409, detail: ALL })
})

/** An app whose tenants may hold little. */
function smallApp(t: Test, all: number): Promise<TestApp> {
  return testApp(t, {}, Date.now, 'silent', { limits: { all, one: 2 * all } })
}

t.test('where all is full: no new tenant, and nothing more in those that there are', async (t) => {
  const app = await smallApp(t, 3 * 512 + 2000)
  const { mock, call } = app
  const ids = [GUID(1), GUID(2), GUID(3)]
  for (const id of ids) t.equal((await call('GET', SETTINGS, { token: await tokenOf(app, id) })).statusCode, 200)
  const ask = control(app, GUID(1))
  t.match(await ask('POST', '/faults', { delay: { ms: 1 }, match: { path: `/${'x'.repeat(400)}` } }), { status: 201 })
  const before = await ask('GET', '/export')
  const held = mock.tenants.heldBytes
  const large = 'x'.repeat(1000)
  for (const [method, path, body] of [
    ['PATCH', '/state', { profile: 'observed', windowsAutopilotSettings: { id: large } }],
    ['PUT', '/state', { profile: 'observed', windowsAutopilotSettings: { id: large } }],
    ['PUT', '/export', { profile: 'observed', faults: [{ delay: { ms: 1 }, match: { path: `/${large}` } }] }],
    ['POST', '/faults', { respond: { status: 500, body: large } }],
    ['PUT', '/snapshots/a', undefined]
  ] as const) {
    t.match(await ask(method, path, body), { status: 409, detail: /^All tenants together hold at most / }, path)
    t.same(await ask('GET', '/export'), before, `${path} changed nothing`)
    t.equal(mock.tenants.heldBytes, held)
  }
  t.match(await ask('GET', '/snapshots'), { snapshots: [] })
  t.equal((await call('PATCH', SETTINGS, { token: await tokenOf(app, GUID(1)), body: {} })).statusCode, 200)

  while (mock.tenants.heldBytes + 512 <= 3 * 512 + 2000) mock.tenants.get(mock.random.uuid())
  const fresh = mock.random.uuid()
  for (const [method, path, body] of [
    ['GET', '/state'],
    ['PUT', '/state', {}],
    ['PATCH', '/state', {}],
    ['GET', '/clock'],
    ['POST', '/clock', { freeze: true }],
    ['GET', '/export'],
    ['PUT', '/export', {}],
    ['GET', '/faults'],
    ['POST', '/faults', { delay: { ms: 1 } }],
    ['DELETE', '/faults'],
    ['DELETE', '/faults/1'],
    ['PUT', '/snapshots/a']
  ] as const) {
    t.match(await control(app, fresh)(method, path, body), { status: 409, detail: /^All tenants/ }, `${method} ${path}`)
  }
  const token = await tokenOf(app, fresh)
  for (const time of ['a new token', 'a token that is known']) {
    const refusal = await call('GET', SETTINGS, { token })
    t.equal(refusal.statusCode, 403, time)
    t.match(refusal.json(), { error: { code: 'quotaLimitReached', message: 'The quota limit has been reached.' } })
    t.match(refusal.headers['x-mock-reason'], /Forget those that are done with \(DELETE \/_mock\/tenants\/\{t\}\)\.$/)
  }
  t.notOk(mock.tenants.known(fresh))
  await control(app, GUID(2))('DELETE', '')
  t.equal((await call('GET', SETTINGS, { token })).statusCode, 200, 'there is room once one is forgotten')
  for (const id of mock.tenants.list()) mock.tenants.forget(id)
  t.equal(mock.tenants.heldBytes, 0)
})

async function tokenOf({ mock }: TestApp, tenantId: string, more: object = {}): Promise<string> {
  return (await mock.mintToken({ tenantId, ...more })).access_token
}

t.test('an export of what a tenant may hold can be imported', async (t) => {
  const app = await testApp(t)
  const ask = control(app, GUID(1))
  const rule = (bytes: number) => ({ respond: { status: 503, body: '\u0001'.repeat(bytes / 6) } })
  t.match(await ask('POST', '/faults', rule(600_000)), { status: 201 })
  t.match(await ask('POST', '/faults', rule(600_000)), { status: 409, detail: /takes at most 1048576 bytes of JSON/ })
  t.match(await ask('POST', '/faults', rule(440_000)), { status: 201 })
  for (let at = 0; (await ask('POST', '/faults', { delay: { ms: at } })).status === 201; at++);
  t.match(await ask('PATCH', '/state', { windowsAutopilotSettings: { id: 'x'.repeat(9000) } }), {
    status: 409,
    detail: EXPORT
  })
  const token = await tokenOf(app, GUID(1))
  for (let at = 0; at < 12; at++) await app.call('PATCH', SETTINGS, { token, body: {} })
  const { status, ...document } = await ask('GET', '/export')
  t.equal(status, 200)
  t.match(await control(app, GUID(2))('PUT', '/export', document), { status: 200, ...document })
  const larger = { ...document, windowsAutopilotSettings: { id: 'x'.repeat(3000) } }
  t.match(await control(app, GUID(3))('PUT', '/export', larger), { status: 409, detail: EXPORT })

  const deepest = (levels: number) => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`) as unknown
  const deep = control(app, GUID(4))
  t.match(await deep('POST', '/faults', { respond: { status: 503, body: deepest(29) } }), {
    status: 400,
    detail: 'respond.body is nested deeper than 28 levels.'
  })
  t.match(await deep('POST', '/faults', { respond: { status: 503, body: deepest(28) } }), { status: 201 })
  const { status: found, ...nested } = await deep('GET', '/export')
  t.match([found, await deep('PUT', '/export', nested)], [200, { status: 200 }])
})

t.test('rules of a fixture are shared, and counted as far as they are not', async (t) => {
  const faults = [LARGE, { ...LARGE, connection: undefined }]
  const document = { defaultTenant: GUID(0), tokens: { readwrite: {} }, tenantDefaults: { faults } }
  const fixtures = `${t.testdir({ 'fixture.json': JSON.stringify(document) })}/fixture.json`
  const { call, mock } = await testApp(t, { fixtures })
  await call('GET', SETTINGS)
  t.equal(mock.tenants.heldBytes, 512 + 2 * 256)
  mock.tenants.reset(GUID(0))
  t.equal(mock.tenants.heldBytes, 512)
  const forgotten = mock.tenants.get(GUID(0))
  mock.tenants.forget(GUID(0))
  forgotten.reset()
  forgotten.keep('a')
  forgotten.forget()
  t.equal(mock.tenants.heldBytes, 0, 'who still has a forgotten tenant does not count')
})

t.test('rules of tokens: what a tenant remembers of them is bounded by bytes', async (t) => {
  const app = await testApp(t)
  const id = GUID(1)
  const rules = [{ times: 1, respond: { status: 418, body: 'x'.repeat(15_000) } }]
  for (let at = 0; at < 60; at++) {
    const token = await tokenOf(app, id, { faults: rules, scopes: [`a${at}`] })
    t.equal((await app.call('GET', SETTINGS, { token })).statusCode, 418)
  }
  const { byToken } = app.mock.tenants.get(id).faults
  t.equal(byToken.size, 60)
  t.equal(app.mock.tenants.heldBytes, 512 + 60 * 200, 'not the rules, which the tokens have')
})

t.test('where all is full, who carries rules is refused, also after the delay of another rule', async (t) => {
  const app = await smallApp(t, 900)
  await control(app, GUID(1))('POST', '/faults', { delay: { ms: 1 } })
  const token = await tokenOf(app, GUID(1), { faults: [{ respond: { status: 418 } }] })
  const refusal = await app.call('GET', SETTINGS, { token })
  t.match({ status: refusal.statusCode, ...refusal.headers }, { status: 403, 'x-mock-reason': /^All tenants/ })
})

t.test('counts of applications', async (t) => {
  const limits = { window: 'PT20S', requestsPerApp: 1 }
  const window = new ThrottleWindow()
  t.equal(window.bytesWith('ab'), 164)
  window.take(limits, 'ab', false, 0)
  t.strictSame([window.bytes, window.bytesWith('ab'), window.bytesWith('c')], [164, 164, 164 + 162])
  t.match(window.take(limits, 'ab', false, 0), { name: 'requestsPerApp' })
  t.equal(window.bytes, 164)
  for (let at = 0; at < 999; at++) window.take(limits, String(at), false, 0)
  t.match(window.take(limits, 'ab', false, 0), { name: 'requestsPerApp' })
  window.take(limits, 'one more', false, 0)
  t.equal(window.take(limits, 'ab', false, 0), undefined, 'the first of a thousand is forgotten')
  window.take(limits, 'ab', false, 30_000)
  t.equal(window.bytes, 164, 'a new window begins with nothing')

  const app = await testApp(t)
  await control(app, GUID(1))('PATCH', '/state', { throttling: { requestsPerApp: 1 } })
  const before = app.mock.tenants.heldBytes
  for (const appId of [GUID(7), GUID(7), GUID(8)]) {
    await app.call('GET', SETTINGS, { token: await tokenOf(app, GUID(1), { claims: { appid: appId } }) })
  }
  t.equal(app.mock.tenants.heldBytes - before, 2 * (160 + 2 * 36))
  app.mock.tenants.reset(GUID(1))
  t.equal(app.mock.tenants.heldBytes, 512)
})

t.test('in process', async (t) => {
  const mock = await startGraphMock({ logLevel: 'silent' })
  t.teardown(() => mock.close())
  const tenant = mock.tenant()
  tenant.faults.add({ respond: { status: 503, body: 'x'.repeat(600_000) } })
  t.throws(() => tenant.faults.add({ respond: { status: 503, body: 'x'.repeat(600_000) } }), {
    message: /takes at most 1048576 bytes of JSON/
  })
  t.equal(tenant.faults.list().length, 1)
})
