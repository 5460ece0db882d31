import t from 'tap'
import { conditions } from '../../../../src/graph/services/intune/conditions/conditions.js'
import type { ConditionName } from '../../../../src/graph/services/intune/conditions/setting.js'
import { ThrottleWindow } from '../../../../src/tenants/throttle-window.js'
import { limitsOf, throttlingPresets } from '../../../../src/graph/gateway/throttling.js'
import { DEFAULT_TENANT, freshTenant, SETTINGS, testApp, type TestApp } from '../../../helper.js'

const conditionNames = Object.keys(conditions) as ConditionName[]
const STATE = '/_mock/tenants/default/state'
const CLOCK = '/_mock/tenants/default/clock'
const ID = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee'
const BACKEND = '/DeviceEnrollmentFE/StatelessDeviceEnrollmentFEService/deviceManagement/windowsAutopilotSettings'
const tail = (path = BACKEND) =>
  ` - Operation ID (for customer support): 00000000-0000-0000-0000-000000000000 - Activity ID: ${ID} - Url: https://proxy.amsub0502.manage.microsoft.com${path}?api-version=5026-01-10`

/** As the captures have it, written by hand. */
const nested = (text: string, headers = '{}') =>
  `{\r\n  "_version": 3,\r\n  "Message": "${text}${tail()}",\r\n  "CustomApiErrorPhrase": "",\r\n  "RetryAfter": null,\r\n  "ErrorSourceService": "",\r\n  "HttpHeaders": "${headers}"\r\n}`
const UNLICENSED = `{"ErrorCode":"Forbidden","Message":"{\\r\\n  \\"_version\\": 3,\\r\\n  \\"Message\\": \\"An error has occurred${tail()}\\",\\r\\n  \\"CustomApiErrorPhrase\\": \\"\\",\\r\\n  \\"RetryAfter\\": null,\\r\\n  \\"ErrorSourceService\\": \\"\\",\\r\\n  \\"HttpHeaders\\": \\"{\\\\\\"WWW-Authenticate\\\\\\":\\\\\\"Bearer realm=\\\\\\\\\\\\\\"urn:intune:service,c3998d6e-2e37-4c56-87b5-7b444ee1cb26,3e9c57b9-808d-4aa0-9500-4b2d369279e7\\\\\\\\\\\\\\"\\\\\\"}\\"\\r\\n}","Target":null,"Details":null,"InnerError":null,"InstanceAnnotations":[]}`
const PAGE =
  '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN""http://www.w3.org/TR/html4/strict.dtd">\r\n<HTML><HEAD><TITLE>Service Unavailable</TITLE>\r\n<META HTTP-EQUIV="Content-Type" Content="text/html; charset=us-ascii"></HEAD>\r\n<BODY><h2>Service Unavailable</h2>\r\n<hr><p>HTTP Error 503. The service is unavailable.</p>\r\n</BODY></HTML>\r\n'

async function ailing(t: Parameters<typeof testApp>[0], condition: ConditionName, options = {}): Promise<TestApp> {
  const app = await testApp(t, options)
  const patched = await app.call('PATCH', STATE, { body: { condition } })
  t.match(patched.json(), { condition })
  return app
}

t.test('what each condition makes of a read, of a PATCH and of a sync', async (t) => {
  type Expected = number | [status: number, code: string, message: string] | 'page'
  const rows: Record<ConditionName, [read: Expected, update: Expected, sync: Expected]> = {
    unlicensed: [[401, 'UnknownError', UNLICENSED], [401, 'UnknownError', UNLICENSED], 401],
    noIntune: [
      [400, 'BadRequest', 'Request not applicable to target tenant.'],
      [400, 'BadRequest', 'Request not applicable to target tenant.'],
      400
    ],
    noRole: [[403, 'Forbidden', nested('User is not authorized to perform this operation')], 403, 403],
    unavailable: ['page', 'page', 'page'],
    readOnly: [200, 'page', 'page'],
    patchNoRoute: [
      200,
      [
        400,
        'No method match route template',
        `No OData route exists that match template ~/singleton/navigation with http verb PATCH for request ${BACKEND}.`
      ],
      204
    ],
    patchNoContent: [200, 204, 204],
    claimsChallenge: [401, 401, 401]
  }
  const app = await testApp(t)
  for (const condition of conditionNames) {
    await t.test(condition, async (t) => {
      for (const [at, [method, url, body]] of (
        [
          ['GET', SETTINGS, undefined],
          ['PATCH', SETTINGS, { syncStatus: 'failed' }],
          ['POST', `${SETTINGS}/sync`, undefined]
        ] as const
      ).entries()) {
        const { id, call } = await freshTenant(app)
        const state = `/_mock/tenants/${id}/state`
        t.match((await call('PATCH', state, { body: { condition } })).json(), { condition })
        app.lines.length = 0
        const expected = rows[condition][at] as Expected
        const answer = await call(method, url, { body, headers: { 'client-request-id': ID } })
        t.equal(answer.statusCode, expected === 'page' ? 503 : Array.isArray(expected) ? expected[0] : expected, method)
        if (expected === 'page') {
          t.equal(answer.body, PAGE)
          t.equal(answer.headers['content-type'], 'text/html; charset=us-ascii')
        }
        if (Array.isArray(expected)) {
          const { error } = answer.json<{ error: { code: string; message: string } }>()
          t.strictSame([error.code, error.message], expected.slice(1))
          t.notOk(answer.headers['www-authenticate'])
        }
        if (answer.statusCode >= 400) {
          t.match(answer.headers['x-mock-reason'], new RegExp(`condition of this tenant (is|was) ${condition}`))
          t.equal(app.lines.filter(({ msg }) => msg === 'refused').length, 1, 'one log line')
        }
        await call('PATCH', state, { body: { condition: null } })
        const changed =
          answer.statusCode < 300 && method === 'PATCH'
            ? 'failed'
            : answer.statusCode < 300 && method === 'POST'
              ? 'inProgress'
              : 'unknown'
        t.match((await call('GET', SETTINGS)).json(), { syncStatus: changed }, 'a refused request changes nothing')
      }
    })
  }
})

t.test('conditions come behind token, segment and permissions, and before the body', async (t) => {
  const { call } = await ailing(t, 'noIntune')
  t.equal((await call('GET', SETTINGS, { token: null })).statusCode, 401)
  t.match((await call('GET', `${SETTINGS}/nope`)).json(), {
    error: { message: "Resource not found for the segment 'nope'." }
  })
  t.equal((await call('PATCH', SETTINGS, { token: 'read', body: '{' })).statusCode, 403)
  t.match((await call('PATCH', SETTINGS, { body: '{' })).json(), { error: { message: /not applicable/ } })
  t.equal((await call('GET', '/beta/$metadata', { token: null })).statusCode, 200)
})

t.test('an application needs no Intune role', async (t) => {
  const { call } = await ailing(t, 'noRole', { profile: 'observed' })
  t.equal((await call('GET', SETTINGS, { token: 'app-only' })).statusCode, 200)
})

t.test('a claims challenge comes once', async (t) => {
  const { call, lines } = await ailing(t, 'claimsChallenge')
  await call('POST', CLOCK, { body: { freeze: true, set: '2030-01-01T00:00:00Z' } })
  const batch = { body: { requests: [{ id: '1', method: 'GET', url: SETTINGS.slice(6) }] } }
  const challenged = await call('POST', '/beta/$batch', batch)
  t.equal(challenged.statusCode, 401, 'also a batch, as it is a matter of the token')
  t.match(challenged.json(), {
    error: {
      code: 'InvalidAuthenticationToken',
      message:
        'Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenCreatedWithOutdatedPolicies'
    }
  })
  const header = String(challenged.headers['www-authenticate'])
  const [, claims = ''] =
    /^Bearer realm="", authorization_uri="http:\/\/localhost:80\/common\/oauth2\/authorize", client_id="00000003-0000-0000-c000-000000000000", error="insufficient_claims", claims="([A-Za-z0-9]+)"$/.exec(
      header
    ) ?? []
  t.strictSame(JSON.parse(atob(claims)), { access_token: { nbf: { essential: true, value: '1893456000' } } })
  t.ok(lines.find(({ status }) => status === 401))
  t.equal((await call('POST', '/beta/$batch', batch)).statusCode, 200)
  t.equal((await call('GET', SETTINGS)).statusCode, 200)
  t.match((await call('GET', STATE)).json(), { condition: null })
})

t.test('by the fixture', async (t) => {
  const other = '11111111-2222-3333-4444-555555555555'
  const fixture = {
    defaultTenant: DEFAULT_TENANT,
    tenantDefaults: { condition: 'noIntune', throttling: { preset: 'intuneEnrollment' }, sync: { duration: 'PT1H' } },
    tenants: { [other]: { condition: null, throttling: null } },
    tokens: { default: {}, other: { tenantId: other } }
  }
  const { 'fixture.json': file } = { 'fixture.json': JSON.stringify(fixture) }
  const fixtures = `${t.testdir({ 'fixture.json': file })}/fixture.json`
  const { call } = await testApp(t, { fixtures })
  t.equal((await call('GET', SETTINGS, { token: 'default' })).statusCode, 400)
  t.equal((await call('GET', SETTINGS, { token: 'other' })).statusCode, 200)
  t.match((await call('GET', STATE)).json(), { sync: { duration: 'PT1H', minimumInterval: 'PT10M' } })
  const refused = await call('PATCH', STATE, { body: { condition: 'ill' } })
  t.match(refused.json(), { status: 400, detail: /^condition must be null, "unlicensed", / })
})

t.test('limits: window, tenant, app', (t) => {
  const limits = { window: 'PT20S', writesPerTenant: 3, writesPerApp: 2, requestsPerTenant: 5, requestsPerApp: 4 }
  const window = new ThrottleWindow()
  const rows: [app: string, isWrite: boolean, now: number, exceeded?: string, wait?: number][] = [
    ['a', true, 1000],
    ['a', true, 1001],
    ['a', true, 2000, 'writesPerApp', 19_000],
    ['b', true, 2000],
    ['c', true, 2000, 'writesPerTenant', 19_000],
    ['a', false, 2000],
    ['a', false, 2000],
    ['a', false, 20_999, 'requestsPerTenant', 1],
    ['a', true, 21_000],
    ['a', false, 21_000],
    ['a', false, 21_000],
    ['a', false, 21_000],
    ['a', false, 21_000, 'requestsPerApp', 20_000],
    ['a', false, 500]
  ]
  for (const [at, [app, isWrite, now, name, wait]] of rows.entries()) {
    t.strictSame(window.take(limits, app, isWrite, now)?.name, name, `row ${at}`)
    if (wait !== undefined) t.equal(window.take(limits, app, isWrite, now)?.wait, wait)
  }
  t.match(new ThrottleWindow().take({ window: 'PT1S', requestsPerApp: 0 }, 'a', false, 0), { limit: 0, wait: 1000 })
  t.strictSame(limitsOf({ preset: 'intuneEnrollment', writesPerApp: 1, format: 'intune' }), {
    ...throttlingPresets.intuneEnrollment,
    writesPerApp: 1,
    format: 'intune'
  })
  t.match(limitsOf({ requestsPerApp: 1 }), { window: 'PT20S' })
  t.end()
})

t.test('throttling over HTTP', async (t) => {
  const { call, mock } = await testApp(t)
  const throttling = async (value: object | null) => {
    await call('POST', '/_mock/tenants/default/reset')
    await call('POST', CLOCK, { body: { freeze: true } })
    t.equal((await call('PATCH', STATE, { body: { throttling: value } })).statusCode, 200)
  }
  const first = async (count: number) => {
    for (let at = 0; at < count; at++) t.equal((await call('PATCH', SETTINGS, { body: {} })).statusCode, 200)
  }
  await throttling({ preset: 'intuneEnrollment', writesPerApp: 2 })
  await first(2)
  const refused = await call('PATCH', SETTINGS, { body: '{' })
  t.equal(refused.statusCode, 429)
  t.match(refused.json(), { error: { code: 'TooManyRequests', message: 'Too many requests.' } })
  t.match(refused.headers, {
    'retry-after': '20',
    'x-mock-reason': 'throttling.writesPerApp of this tenant allows 2 in a window; the next opens in 20 s on its clock.'
  })
  t.equal((await call('GET', SETTINGS)).statusCode, 200, 'reads have their own limit')
  const { access_token: token } = await mock.mintToken({ appId: '99999999-bbbb-3333-cccc-4444dddd5555' })
  t.equal((await call('PATCH', SETTINGS, { token, body: {} })).statusCode, 200, 'another app has its own count')
  const { access_token: nameless } = await mock.mintToken({ claims: { appid: null } })
  t.equal((await call('PATCH', SETTINGS, { token: nameless, body: {} })).statusCode, 200, 'so has none')
  await call('POST', CLOCK, { body: { advance: 'PT20S' } })
  await first(2)

  await throttling({ writesPerTenant: 1, format: 'intune' })
  await first(1)
  const intune = await call('PATCH', SETTINGS, { body: {}, headers: { 'client-request-id': ID } })
  t.equal(intune.json<{ error: { message: string } }>().error.message, nested('An error has occurred'))
  t.notOk(intune.headers['retry-after'])
  await throttling({ writesPerTenant: 0, format: 'intune', retryAfter: true, window: 'PT0.5S' })
  t.match((await call('PATCH', SETTINGS, { body: {} })).headers, { 'retry-after': '1' })
  await throttling({ writesPerTenant: 0, retryAfter: false })
  t.notOk((await call('PATCH', SETTINGS, { body: {} })).headers['retry-after'])
  await throttling(null)
  await first(3)
  for (const [value, detail] of [
    [{ preset: 'none' }, 'throttling.preset must be null or "intuneEnrollment".'],
    [{ window: '20' }, 'throttling.window must be null or an ISO 8601 duration such as PT10M.'],
    [{ writes: 5 }, 'throttling.writes is not a known member.'],
    ['intuneEnrollment', 'throttling must be null or an object.']
  ] as const) {
    const answer = await call('PATCH', STATE, { body: { throttling: value } })
    t.match({ status: answer.statusCode, ...answer.json<object>() }, { status: 400, detail })
  }
  const wrongKind = await call('PATCH', STATE, { body: { condition: {} } })
  t.match(wrongKind.json(), { status: 400, detail: /^condition must be null, "unlicensed"/ })
})
