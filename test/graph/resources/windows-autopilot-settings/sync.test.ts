import fc from 'fast-check'
import t from 'tap'
import { initialState, updateSettings } from '../../../../src/graph/resources/windows-autopilot-settings/model.js'
import type { AutopilotState } from '../../../../src/graph/resources/windows-autopilot-settings/sync.js'
import { initialSync, type Sync } from '../../../../src/graph/resources/windows-autopilot-settings/sync-settings.js'
import { settle, startSync } from '../../../../src/graph/resources/windows-autopilot-settings/sync.js'
import { SETTINGS, testApp, type TestApp } from '../../../helper.js'

const SYNC = `${SETTINGS}/sync`
const TENANT = '/_mock/tenants/default'
const URL_OF_SYNC =
  'https://proxy.amsub0502.manage.microsoft.com/DeviceEnrollmentFE/StatelessDeviceEnrollmentFEService/deviceManagement/windowsAutopilotSettings/microsoft.management.services.api.sync?api-version=5026-01-10'
const ID = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee'
/** The nested message, written by hand as the captures have it. */
const NESTED = `{\r\n  "_version": 3,\r\n  "Message": "An error has occurred - Operation ID (for customer support): 00000000-0000-0000-0000-000000000000 - Activity ID: ${ID} - Url: ${URL_OF_SYNC}",\r\n  "CustomApiErrorPhrase": "",\r\n  "RetryAfter": null,\r\n  "ErrorSourceService": "",\r\n  "HttpHeaders": "{}"\r\n}`

const at = (seconds: number) => Date.parse('2030-01-01T00:00:00Z') + seconds * 1000
const iso = (seconds: number) => new Date(at(seconds)).toISOString().replace(/\.?0*Z$/, 'Z')

/** A state in which a sync started at second 0. */
function started(sync: Partial<Sync> = {}): AutopilotState {
  const state = startSync({ ...initialState('tenant'), sync: { ...initialSync, duration: 'PT10S', ...sync } }, at(0))
  if ('refused' in state) throw new Error('does not start')
  return state
}

t.test('settle: every transition', (t) => {
  const running = started()
  const failing = started({ outcome: 'failed' })
  const patched = updateSettings(running, { lastSyncDateTime: iso(-5) })
  const ended = updateSettings(running, { syncStatus: 'unknown' })
  const valueOnly = updateSettings(running, { syncStatus: 'inProgress' })
  const overruled = {
    ...running,
    windowsAutopilotSettings: { ...running.windowsAutopilotSettings, syncStatus: 'failed' }
  } as const
  const never = '0001-01-01T00:00:00Z'
  const rows: [name: string, state: AutopilotState, now: number, status: string, last: string, isRunning: boolean][] = [
    ['untouched', initialState('tenant'), 0, 'unknown', never, false],
    ['at its start', running, 0, 'inProgress', never, true],
    ['just before its end', running, 9.999, 'inProgress', never, true],
    ['at its end', running, 10, 'completed', iso(10), false],
    ['long after', running, 1e6, 'completed', iso(10), false],
    ['told to fail', failing, 10, 'failed', iso(10), false],
    ['on a clock put back to before its start', running, -1, 'completed', iso(10), false],
    ['a date was patched meanwhile', patched, 5, 'inProgress', iso(-5), true],
    ['the end wins over a date patched meanwhile', patched, 10, 'completed', iso(10), false],
    ['ended by a PATCH', ended, 5, 'unknown', never, false],
    ['ended by a PATCH, later', ended, 20, 'unknown', never, false],
    ['a patched inProgress never completes', valueOnly, 1e6, 'inProgress', never, false],
    ['a document that says otherwise', overruled, 5, 'failed', never, false]
  ]
  for (const [name, state, now, status, last, isRunning] of rows) {
    const { windowsAutopilotSettings, sync } = settle(state, at(now))
    t.match(windowsAutopilotSettings, { syncStatus: status, lastSyncDateTime: last }, name)
    t.equal('running' in sync, isRunning, name)
  }
  t.end()
})

t.test('start: every transition', (t) => {
  const ended = settle(started(), at(10))
  const rows: [
    name: string,
    state: AutopilotState,
    now: number,
    refused: 'running' | 'locked' | undefined,
    until?: number
  ][] = [
    ['the first', initialState('tenant'), 0, undefined],
    ['while one runs', started(), 5, 'running', 10],
    ['just after it', ended, 10, 'locked', 600],
    ['just before ten minutes are over', ended, 599.999, 'locked', 600],
    ['ten minutes after the last started', ended, 600, undefined],
    ['on a clock put back to before the last', ended, -1, undefined],
    [
      'after a PATCH ended it: the lock-out stays',
      updateSettings(started(), { syncStatus: 'failed' }),
      5,
      'locked',
      600
    ],
    [
      'a patched inProgress locks nothing',
      updateSettings(initialState('t'), { syncStatus: 'inProgress' }),
      5,
      undefined
    ],
    ['without an interval', settle(started({ minimumInterval: 'PT0S' }), at(10)), 10, undefined]
  ]
  for (const [name, state, now, refused, until = 0] of rows) {
    const next = startSync(state, at(now))
    if (refused) {
      t.strictSame(next, { refused, until: at(until) }, name)
      continue
    }
    const duration = state.sync.duration === 'PT0.5S' ? 0.5 : 10
    t.match(
      next,
      {
        windowsAutopilotSettings: { syncStatus: 'inProgress', lastManualSyncTriggerDateTime: iso(now) },
        sync: {
          lastAction: iso(now),
          running: { startedAt: iso(now), endsAt: iso(now + duration), outcome: 'completed' }
        }
      },
      name
    )
  }
  const instant = startSync({ ...initialState('tenant'), sync: { ...initialSync, duration: 'PT0S' } }, at(0))
  t.match(
    instant,
    { windowsAutopilotSettings: { syncStatus: 'completed', lastSyncDateTime: iso(0) } },
    'no duration at all'
  )
  const last = Date.parse('9999-12-31T23:59:59.999Z')
  t.match(startSync(initialState('tenant'), last), { sync: { running: undefined } }, 'at the end of the calendar')
  t.end()
})

t.test('the state machine against a model that keeps a list of what happened', (t) => {
  type Event =
    { kind: 'sync' } | { kind: 'patch'; status?: Sync['outcome'] | 'inProgress' } | { kind: 'wait'; seconds: number }
  const event: fc.Arbitrary<Event> = fc.oneof(
    fc.constant({ kind: 'sync' as const }),
    fc.record({
      kind: fc.constant('patch' as const),
      status: fc.constantFrom('completed' as const, 'failed' as const, 'inProgress' as const)
    }),
    fc.constant({ kind: 'patch' as const }),
    fc.record({ kind: fc.constant('wait' as const), seconds: fc.constantFrom(1, 5, 9, 10, 100, 590, 600) })
  )
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      let state: AutopilotState = { ...initialState('tenant'), sync: { ...initialSync, duration: 'PT10S' } }
      let now = 0
      const happened: { at: number; what: string }[] = []
      /** Reads the story backwards: the last thing that gave the status a value, and whether a sync hid behind it. */
      const status = (): string => {
        const last = happened.findLast(({ what }) => what !== 'date')
        if (last?.what !== 'sync') return last?.what ?? 'unknown'
        return now - last.at < 10 ? 'inProgress' : 'completed'
      }
      for (const step of events) {
        if (step.kind === 'wait') now += step.seconds
        const settled = settle(state, at(now))
        if (settled.windowsAutopilotSettings.syncStatus !== status()) return false
        if (step.kind === 'patch') {
          state = updateSettings(settled, step.status ? { syncStatus: step.status } : { lastSyncDateTime: iso(0) })
          happened.push({ at: now, what: step.status ?? 'date' })
        }
        if (step.kind !== 'sync') continue
        const last = happened.findLast(({ what }) => what === 'sync')
        const wasEnded = happened.slice(last ? happened.indexOf(last) + 1 : 0).some(({ what }) => what !== 'date')
        const expected =
          !last || now - last.at >= 600 ? undefined : now - last.at < 10 && !wasEnded ? 'running' : 'locked'
        const next = startSync(settled, at(now))
        if (('refused' in next ? next.refused : undefined) !== expected) return false
        if ('refused' in next) continue
        state = next
        happened.push({ at: now, what: 'sync' })
      }
      return settle(state, at(now)).windowsAutopilotSettings.syncStatus === status()
    }),
    { numRuns: 500 }
  )
  t.end()
})

/** An app whose default tenant has a clock that stands still. */
async function frozenApp(
  t: Parameters<typeof testApp>[0],
  sync: object = {}
): Promise<TestApp & { pass: (duration: string) => Promise<void> }> {
  const app = await testApp(t)
  await app.call('POST', `${TENANT}/clock`, { body: { freeze: true, set: iso(0) } })
  await app.call('PATCH', `${TENANT}/state`, { body: { sync } })
  const pass = async (advance: string) => {
    await app.call('POST', `${TENANT}/clock`, { body: { advance } })
  }
  return { ...app, pass }
}

t.test('a sync from start to end, over HTTP', async (t) => {
  const { call, pass } = await frozenApp(t)
  const sync = () => call('POST', SYNC, { headers: { 'client-request-id': ID } })
  const first = await sync()
  t.equal(first.statusCode, 204)
  t.equal(first.body, '')
  const running = {
    syncStatus: 'inProgress',
    lastManualSyncTriggerDateTime: iso(0),
    lastSyncDateTime: '0001-01-01T00:00:00Z'
  }
  t.match((await call('GET', SETTINGS)).json(), running)
  t.match((await call('GET', `${TENANT}/state`)).json(), {
    windowsAutopilotSettings: running,
    sync: { lastAction: iso(0), running: { startedAt: iso(0), endsAt: iso(0.5), outcome: 'completed' } }
  })
  const conflict = await sync()
  t.equal(conflict.statusCode, 409)
  t.match(conflict.json(), {
    error: { code: 'Conflict', message: NESTED, innerError: { date: '2030-01-01T00:00:00' } }
  })
  t.equal(conflict.json<{ error: { message: string } }>().error.message, NESTED)
  t.equal(conflict.headers['x-mock-reason'], 'A sync runs and ends in 1 s on the clock of this tenant.')
  t.notOk(conflict.headers['retry-after'])

  await pass('PT0.5S')
  const completed = { syncStatus: 'completed', lastSyncDateTime: iso(0.5), lastManualSyncTriggerDateTime: iso(0) }
  const answer = (await call('GET', SETTINGS)).json<object>()
  t.match(answer, completed)
  t.equal(Object.keys(answer).length, 5, 'nothing of the lock-out shows in an answer')
  const locked = await sync()
  t.equal(locked.statusCode, 429)
  t.equal(locked.json<{ error: { message: string } }>().error.message, NESTED)
  t.match(locked.json(), { error: { code: 'TooManyRequests' } })
  t.notOk(locked.headers['retry-after'], 'Intune sends none')
  t.match(locked.headers, { 'x-mock-reason': /less than PT10M ago; the next may start in 600 s/ })
  await pass('PT9M59.5S')
  t.equal((await sync()).statusCode, 204, 'ten minutes after the last began')
})

t.test('the settings of a tenant', async (t) => {
  const { call, pass } = await frozenApp(t, {
    duration: 'PT1H',
    outcome: 'failed',
    minimumInterval: 'PT2H',
    retryAfter: 77
  })
  t.equal((await call('POST', SYNC)).statusCode, 204)
  await call('PATCH', `${TENANT}/state`, { body: { sync: { duration: 'PT1S', outcome: 'completed' } } })
  t.equal((await call('POST', SYNC)).statusCode, 409, 'a sync that runs ends as it was begun')
  await pass('PT1H')
  t.match((await call('GET', SETTINGS)).json(), { syncStatus: 'failed', lastSyncDateTime: iso(3600) })
  t.match((await call('POST', SYNC)).headers, { 'retry-after': '77' })
  await call('PATCH', `${TENANT}/state`, { body: { sync: { retryAfter: 'PT1M0.5S' } } })
  t.match((await call('POST', SYNC)).headers, { 'retry-after': '61' })
  await call('PATCH', `${TENANT}/state`, { body: { sync: { retryAfter: null } } })
  t.notOk((await call('POST', SYNC)).headers['retry-after'], 'null takes it away again')
  await call('PATCH', `${TENANT}/state`, { body: { sync: { lastAction: null } } })
  t.equal((await call('POST', SYNC)).statusCode, 204, 'a test can lift the lock-out')
  for (const [sync, detail] of [
    [{ duration: '1s' }, 'sync.duration must be an ISO 8601 duration such as PT10M.'],
    [{ outcome: 'unknown' }, 'sync.outcome must be one of "completed", "failed".'],
    [{ retryAfter: -1 }, 'sync.retryAfter must be null, an integer or an ISO 8601 duration such as PT10M.'],
    [{ running: { endsAt: null } }, 'sync.running.endsAt must be an instant such as 2017-01-01T00:02:49Z.'],
    [{ interval: 'PT1S' }, 'sync.interval is not a known member.']
  ] as const) {
    const answer = await call('PATCH', `${TENANT}/state`, { body: { sync } })
    t.match({ status: answer.statusCode, ...answer.json<object>() }, { status: 400, detail })
  }
})

t.test('the state document and the clock restore a running sync and the lock-out', async (t) => {
  const { call, pass } = await frozenApp(t)
  await call('POST', SYNC)
  const running = (await call('GET', `${TENANT}/state`)).json<object>()
  await pass('PT1M')
  const settled = (await call('GET', `${TENANT}/state`)).json<object>()
  await call('POST', `${TENANT}/reset`)
  t.match((await call('GET', SETTINGS)).json(), { syncStatus: 'unknown' })
  for (const [document, instant, status, again] of [
    [running, iso(0.2), 'inProgress', 409],
    [running, iso(30), 'completed', 429],
    [settled, iso(30), 'completed', 429],
    [settled, iso(600), 'completed', 204]
  ] as const) {
    await call('POST', `${TENANT}/clock`, { body: { freeze: true, set: instant } })
    t.strictSame((await call('PUT', `${TENANT}/state`, { body: document })).statusCode, 200)
    t.match((await call('GET', SETTINGS)).json(), { syncStatus: status })
    t.equal((await call('POST', SYNC)).statusCode, again)
  }
  await call('PUT', `${TENANT}/state`, { body: running })
  await call('PATCH', `${TENANT}/state`, { body: { windowsAutopilotSettings: { syncStatus: 'failed' } } })
  t.notOk('running' in (await call('GET', `${TENANT}/state`)).json<{ sync: object }>().sync, 'a set status ends a sync')
})

t.test('a body, in every variant that clients send', async (t) => {
  const variants: [name: string, body: string | undefined, headers: Record<string, string>][] = [
    ['nothing', undefined, {}],
    ['Content-Length: 0', undefined, { 'content-length': '0' }],
    ['{} as JSON', '{}', {}],
    ['{} with a charset', '{}', { 'content-type': 'application/json; charset=utf-8' }],
    ['annotations only', '{"@odata.type":"#microsoft.graph.x"}', {}],
    ['no bytes as JSON', '', {}],
    ['no bytes as a form', '', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['no bytes as text', '', { 'content-type': 'text/plain' }],
    ['no bytes as anything', '', { 'content-type': 'application/octet-stream' }],
    ['no bytes as nonsense', undefined, { 'content-type': 'json' }]
  ]
  for (const [name, body, headers] of variants) {
    for (const url of [
      SYNC,
      `${SETTINGS}/microsoft.graph.sync`,
      `${SETTINGS}/graph.sync`,
      `${SETTINGS}/Graph.Sync`,
      SYNC.toUpperCase()
    ]) {
      const { call } = await testApp(t)
      t.equal((await call('POST', url, { body, headers })).statusCode, 204, `${name} ${url}`)
    }
  }
  const parameter = "The parameter 'force' in the request payload is not a valid parameter for the operation 'sync'."
  const node = (kind: string) =>
    `An unexpected '${kind}' node was found when reading from the JSON reader. A 'StartObject' node was expected.`
  const unreadable =
    'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.'
  for (const [body, headers, code, message] of [
    ['{"force":true}', {}, 'ModelValidationFailure', parameter],
    ['[]', {}, 'ModelValidationFailure', node('StartArray')],
    ['null', {}, 'ModelValidationFailure', node('PrimitiveValue')],
    ['{', {}, 'BadRequest', unreadable],
    ['a=b', { 'content-type': 'application/x-www-form-urlencoded' }, 'BadRequest', unreadable]
  ] as const) {
    const { call } = await testApp(t)
    const answer = await call('POST', SYNC, { body, headers })
    t.equal(answer.statusCode, 400, body)
    t.match(answer.json(), { error: { code, message } })
    t.match((await call('GET', SETTINGS)).json(), { syncStatus: 'unknown' }, 'nothing was started')
  }
})

t.test('sync asks for the permissions of a PATCH', async (t) => {
  const { call, mock } = await testApp(t, { profile: 'observed' })
  const { access_token: configuration } = await mock.mintToken({
    scopes: ['DeviceManagementConfiguration.ReadWrite.All']
  })
  t.equal((await call('POST', SYNC, { token: 'read' })).statusCode, 403)
  t.equal((await call('POST', SYNC, { token: configuration })).statusCode, 204)
  const wrongVerb = await call('GET', SYNC)
  t.match(wrongVerb.json(), {
    error: {
      code: 'No method match route template',
      message:
        'No OData route exists that match template ~/singleton/navigation/action with http verb GET for request /DeviceEnrollmentFE/StatelessDeviceEnrollmentFEService/deviceManagement/windowsAutopilotSettings/microsoft.management.services.api.sync.'
    }
  })
})

t.test('the scripts that call it', async (t) => {
  await t.test('WindowsAutopilotInfo: sync, on an error wait 750 s and repeat once, then read', async (t) => {
    const { call, pass } = await frozenApp(t)
    const invoke = () => call('POST', SYNC, { headers: { 'content-type': 'application/json', 'content-length': '0' } })
    await invoke()
    await pass('PT30S')
    t.equal((await invoke()).statusCode, 429)
    await pass('PT750S')
    t.equal((await invoke()).statusCode, 204)
    await pass('PT30S')
    t.match((await call('GET', SETTINGS)).json(), { syncStatus: 'completed', lastManualSyncTriggerDateTime: iso(780) })
  })

  await t.test('CIPP: a sync after each removal, fire and forget', async (t) => {
    const { call } = await frozenApp(t)
    const statuses = await Promise.all([1, 2, 3].map(async () => (await call('POST', SYNC, { body: {} })).statusCode))
    t.strictSame(statuses.sort(), [204, 409, 409])
  })

  await t.test('Azure-Automation: Invoke-RestMethod reads .Value of nothing', async (t) => {
    const { call } = await frozenApp(t)
    const answer = await call('POST', SYNC, {
      body: '',
      headers: { 'content-type': 'application/x-www-form-urlencoded' }
    })
    t.strictSame([answer.statusCode, answer.body, answer.headers['content-type']], [204, '', undefined])
  })

  await t.test('graph2otel: polls, app-only and read-only', async (t) => {
    const { call, mock } = await testApp(t, { profile: 'observed' })
    await call('POST', `${TENANT}/clock`, { body: { freeze: true, set: '2026-07-23T11:23:14.575Z' } })
    const { access_token: token } = await mock.mintToken({
      kind: 'application',
      roles: ['DeviceManagementServiceConfig.Read.All']
    })
    await call('POST', SYNC)
    const seen: unknown[] = []
    for (const advance of ['PT0S', 'PT0.25S', 'PT0.252S']) {
      await call('POST', `${TENANT}/clock`, { body: { advance } })
      seen.push((await call('GET', SETTINGS, { token })).json<{ syncStatus: string }>().syncStatus)
    }
    t.strictSame(seen, ['inProgress', 'inProgress', 'completed'])
    t.match((await call('GET', SETTINGS, { token })).json(), {
      lastSyncDateTime: '2026-07-23T11:23:15.075Z',
      lastManualSyncTriggerDateTime: '2026-07-23T11:23:14.575Z'
    })
  })
})
