import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { mock as nodeMock } from 'node:test'
import { join } from 'node:path'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { startGraphMock } from '../../src/index.js'
import { addFaults, faultDocuments, NO_FAULTS, withoutFault } from '../../src/faults/fault-list.js'
import { delayMs } from '../../src/faults/effects.js'
import { MAX_RULES } from '../../src/faults/limits.js'
import { evaluateRules, type EvaluatedRequest } from '../../src/faults/evaluate-rules.js'
import type { FaultRule } from '../../src/faults/rule.js'
import { indexOf } from '../../src/lib/index-of.js'
import { canonicalPath, matchesPattern } from '../../src/lib/path-pattern.js'
import { DEFAULT_TENANT, PAGE, SETTINGS, testApp, until } from '../helper.js'
import { ask, closeWithoutDeadline, startTestServer } from '../server-helper.js'

const { timers } = nodeMock
const OTHER = '5f0b1c9e-8a35-4c5f-9a0e-0f0a5e3b7a11'
const FIXTURE = {
  defaultTenant: DEFAULT_TENANT,
  tenantDefaults: { profile: 'observed' },
  faults: [{ match: { path: '*/sync' }, respond: { status: 500 } }],
  tokens: {
    readwrite: { scopes: ['DeviceManagementServiceConfig.ReadWrite.All'] },
    flaky: {
      scopes: ['DeviceManagementServiceConfig.ReadWrite.All'],
      faults: [{ times: 2, respond: { status: 503 } }]
    }
  },
  applications: [
    {
      appId: 'flaky-app',
      secrets: [{ secretText: 'secret' }],
      permissions: { roles: ['DeviceManagementServiceConfig.ReadWrite.All'] },
      faults: [{ times: 1, respond: { status: 504 } }]
    }
  ]
}
const FAULTS = '/_mock/tenants/default/faults'

const single = (method = 'GET', path = SETTINGS, operation = 'windowsAutopilotSettings.get'): EvaluatedRequest => ({
  method,
  path,
  operation,
  kind: 'single'
})

t.test('which requests a rule is about', async (t) => {
  const fits = (match: NonNullable<FaultRule['match']>, request: EvaluatedRequest, effect: object = {}) => {
    const rule = { match, respond: { status: 503 }, ...effect } as FaultRule
    return evaluateRules(addFaults(NO_FAULTS, [rule]).records, request, () => 0).decisive !== undefined
  }
  const sync = single('POST', `${SETTINGS}/sync`, 'windowsAutopilotSettings.sync')
  const batch: EvaluatedRequest = { method: 'POST', path: '/beta/$batch', operation: 'batch', kind: 'batch' }
  const part: EvaluatedRequest = { ...sync, kind: 'part' }
  const reset = { respond: undefined, connection: 'reset' }
  for (const [name, expected, ...given] of [
    ['no match at all', true, {}, sync],
    ['method in lower case', true, { method: 'post' }, sync],
    ['another method', false, { method: 'PATCH' }, sync],
    ['path in another case', true, { path: `${SETTINGS.toUpperCase()}/SYNC` }, sync],
    ['the beginning of a path', false, { path: SETTINGS }, sync],
    ['a wildcard', true, { path: '/beta/*' }, sync],
    ['an operation', true, { operation: 'windowsAutopilotSettings.sync' }, sync],
    ['a pattern of operations', true, { operation: '*.sync' }, sync],
    ['an operation of a path without route', false, { operation: '*.sync' }, { ...sync, operation: undefined }],
    ['method and path, one wrong', false, { method: 'POST', path: '*/x' }, sync],
    ['an answer, a batch', false, {}, batch],
    ['an answer, a batch, by a path of all', false, { path: '*' }, batch],
    ['an answer, a batch by its path', true, { path: '/beta/$batch' }, batch],
    ['an answer, a batch by its operation', true, { operation: 'batch' }, batch],
    ['an answer, a part', true, {}, part],
    ['a broken connection, a batch', true, {}, batch, reset],
    ['a broken connection, a part', false, {}, part, reset]
  ] as const) {
    t.equal(fits(...(given as unknown as Parameters<typeof fits>)), expected, name)
  }
})

t.test('how often a rule fires', async (t) => {
  const run = (rules: readonly FaultRule[], requests: number, chance = () => 0) => {
    let { records } = addFaults(NO_FAULTS, rules)
    const fired = Array.from({ length: requests }, () => {
      const met = evaluateRules(records, single(), chance)
      records = met.records
      return [...met.delaying, ...(met.decisive ? [met.decisive] : [])].map(({ id }) => id).join('')
    })
    return [fired.join(' '), records.map(({ matched, fired }) => [matched, fired])]
  }
  const answer = { respond: { status: 503 } }
  const slow = { delay: { ms: 5 } }
  for (const [name, rules, fired, counters] of [
    ['always', [answer], '1 1 1 1', [[4, 4]]],
    ['twice', [{ ...answer, times: 2 }], '1 1  ', [[2, 2]]],
    ['after two', [{ ...answer, after: 2 }], '  1 1', [[4, 2]]],
    ['once, after one', [{ ...answer, after: 1, times: 1 }], ' 1  ', [[2, 1]]],
    ['never', [{ ...answer, times: 0 }], '   ', [[0, 0]]],
    [
      'one behind the other',
      [
        { ...answer, times: 1 },
        { ...answer, times: 2 }
      ],
      '1 2 2 ',
      [
        [1, 1],
        [2, 2]
      ]
    ],
    [
      'all that delay, and the first that answers',
      [slow, answer, slow, answer],
      '12 12 12 12',
      [
        [4, 4],
        [4, 4],
        [0, 0],
        [0, 0]
      ]
    ],
    ['a chance that is not met', [{ ...answer, probability: 0 }], '   ', [[4, 0]]]
  ] as const) {
    t.strictSame(run(rules, 4), [fired, counters], name)
  }
  t.strictSame(run([{ ...answer, probability: 0.5 }], 2, () => 0.5)[0], ' ', 'a chance is below the probability')
})

t.test('a list keeps its numbers', async (t) => {
  const rule: FaultRule = { connection: 'hang' }
  const list = withoutFault(addFaults(NO_FAULTS, [rule, rule]), 2)
  t.strictSame(
    addFaults(list, [rule]).records.map(({ id }) => id),
    [1, 3]
  )
  const document = { ...rule, times: 3, matched: 2, fired: 1 }
  t.strictSame(faultDocuments(addFaults(NO_FAULTS, [document])), [document], 'a document is what it was made from')
  t.equal(addFaults(list, []), list)
})

t.test('patterns are those of a regular expression, in linear time', async (t) => {
  const text = fc.string({ unit: fc.constantFrom('a', 'B', '/', '*', '.'), maxLength: 12 })
  fc.assert(
    fc.property(text, text, (pattern, subject) => {
      const escaped = pattern.split('*').map((part) => part.replace(/[.]/g, '\\.'))
      return matchesPattern(pattern, subject) === new RegExp(`^${escaped.join('.*')}$`, 'i').test(subject)
    })
  )
  const ab = (maxLength: number) => fc.string({ unit: fc.constantFrom('a', 'b'), maxLength })
  fc.assert(
    fc.property(ab(60), ab(14), fc.nat(70), (subject, part, from) => {
      return indexOf(subject, part, from) === subject.indexOf(part, from)
    }),
    { numRuns: 500 }
  )
  t.equal(indexOf('ababababaabababababb', 'ababababb', 2), 11, 'a match that begins within one that fails')
  t.equal(matchesPattern('*a'.repeat(2000), 'a'.repeat(1999)), false)
  t.strictSame(['//a//b/?c', '/', '/%24batch', '/%'].map(canonicalPath), ['/a/b', '/', '/$batch', '/%'])
})

t.test('a delay lies between its bounds', async () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.nat(1000), fc.float({ min: 0, max: 1, noNaN: true }), (min, more, jitter) => {
      const ms = delayMs({ min, max: min + more }, jitter)
      return ms >= min && ms <= min + more && Number.isInteger(ms) && delayMs({ ms: min }, jitter) === min
    })
  )
})

t.test('answers', async (t) => {
  const { call, mock, lines } = await testApp(t)
  const answer = async (rule: object, method = 'GET') => {
    t.equal((await call('POST', FAULTS, { body: { times: 1, ...rule } })).statusCode, 201)
    return call(method, SETTINGS)
  }
  for (const [respond, code, message] of [
    [{ status: 429 }, 'TooManyRequests', 'Too many requests.'],
    [{ status: 503 }, 'ServiceUnavailable', 'Service Unavailable'],
    [{ status: 599 }, 'Status599', 'Status 599'],
    [{ status: 500, code: 'UnknownError', message: '' }, 'UnknownError', '']
  ] as const) {
    const refused = await answer({ respond })
    t.equal(refused.statusCode, respond.status)
    t.match(refused.json(), { error: { code, message, innerError: { 'request-id': refused.headers['request-id'] } } })
    t.equal(refused.headers['content-type'], 'application/json')
    t.equal(refused.headers['retry-after'], undefined)
    t.match(refused.headers['x-mock-reason'], /^Fault rule \d+ of this tenant injected this answer \(1 of 1\)/)
  }
  t.equal((await answer({ respond: { status: 503, retryAfter: 7 } })).headers['retry-after'], '7')
  t.equal((await answer({ respond: { status: 503, retryAfter: 'PT1.2S' } })).headers['retry-after'], '2')
  const intune = await answer({ respond: { status: 409, format: 'intune' } })
  t.match(JSON.parse(intune.json<{ error: { message: string } }>().error.message), {
    _version: 3,
    Message: /^An error has occurred - Operation ID .* - Url: .*\/windowsAutopilotSettings\?/
  })
  const page = await answer({ respond: { status: 502, format: 'html' } })
  t.equal(page.headers['content-type'], 'text/html; charset=us-ascii')
  t.match(page.body, /<h2>Bad Gateway<\/h2>\r\n<hr><p>HTTP Error 502. Bad Gateway.<\/p>/)
  t.match(
    (await answer({ respond: { status: 503, format: 'html' } })).body,
    'HTTP Error 503. The service is unavailable.'
  )
  const own = await answer({ respond: { status: 200, body: { value: [] }, headers: { 'X-Own': '1' } } })
  t.match(own, { statusCode: 200, headers: { 'content-type': 'application/json', 'x-own': '1' }, body: '{"value":[]}' })
  const text = await answer({ respond: { status: 502, body: 'no JSON', headers: { 'Content-Type': 'text/html' } } })
  t.match(text, { statusCode: 502, headers: { 'content-type': 'text/html' }, body: 'no JSON' })
  const nothing = await answer({ respond: { status: 202 } })
  t.match(nothing, { statusCode: 202, body: '', headers: { 'content-type': undefined } })
  t.match(await answer({ respond: { status: 204 } }, 'PATCH'), { statusCode: 204, body: '' })
  t.match(await answer({ respond: { status: 503 } }, 'HEAD'), { statusCode: 503, body: '' })
  await call('POST', FAULTS, { body: { times: 1, respond: { status: 500, format: 'intune' } } })
  const elsewhere = await call('GET', '/beta/users')
  t.match(elsewhere.json<{ error: { message: string } }>().error.message, /manage.microsoft.com\/beta\/users\?/)
  t.match(
    lines.find(({ msg }) => msg === 'fault'),
    { status: 429, method: 'GET', path: SETTINGS, fault: { scope: 'tenant', id: 1, effect: 'respond' } }
  )
  t.match(mock.tenants.stateOf(DEFAULT_TENANT), { windowsAutopilotSettings: { syncStatus: 'unknown' } })
})

t.test('whose rules a request meets, in which order', async (t) => {
  const { call, mock } = await testApp(t)
  const { access_token: token } = await mock.mintToken({
    tenantId: OTHER,
    faults: [{ respond: { status: 503 }, times: 1 }]
  })
  const { access_token: expired } = await mock.mintToken({ expiresIn: -60 })
  const statuses = async (token: string | null, count: number) => {
    const answers: number[] = []
    for (let at = 0; at < count; at++) answers.push((await call('GET', SETTINGS, { token })).statusCode)
    return answers
  }
  await call('POST', '/_mock/faults', { body: { after: 1, times: 2, respond: { status: 500 } } })
  await call('POST', `/_mock/tenants/${OTHER}/faults`, { body: { times: 1, respond: { status: 502 } } })
  t.strictSame(await statuses(null, 3), [401, 500, 500], 'those of all come before the token')
  t.strictSame(await statuses(token, 4), [502, 503, 200, 200], 'those of the tenant before those of the token')
  t.strictSame(await statuses('readwrite', 1), [200], 'another tenant has none of both')
  const fresh = (await mock.mintToken({ tenantId: OTHER })).access_token
  t.strictSame(await statuses(fresh, 1), [200], 'another token has none')
  await call('POST', FAULTS, { body: { respond: { status: 500 } } })
  t.strictSame(await statuses(expired, 1), [401], 'those of the tenant wait for a good token')
  t.equal((await call('GET', '/beta/$metadata', { token: null })).statusCode, 200)
  await call('POST', `/_mock/tenants/${OTHER}/reset`)
  t.strictSame(await statuses(token, 2), [503, 200], 'a reset begins anew with what a token carries')
})

t.test('rules that tokens carry', async (t) => {
  const { call, mock } = await testApp(t, { fixtures: fixtureFile(t, FIXTURE) })
  const status = async (token: string) => (await call('GET', SETTINGS, { token })).statusCode
  t.equal((await call('POST', `${SETTINGS}/sync`)).statusCode, 500, 'a rule of all tenants')
  t.strictSame([await status('flaky'), await status('flaky'), await status('flaky')], [503, 503, 200], 'a named token')
  const grant = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'flaky-app',
    client_secret: 'secret',
    scope: 'https://graph.microsoft.com/.default'
  })
  const answer = await call('POST', `/${DEFAULT_TENANT}/oauth2/v2.0/token`, {
    token: null,
    body: grant.toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' }
  })
  const { access_token: token } = answer.json<{ access_token: string }>()
  t.strictSame([await status(token), await status(token)], [504, 200], 'a token of an application, which knows nothing')
  for (let at = 0; at < 257; at++) {
    const faults = [{ respond: { status: 500 }, times: 1 }]
    t.equal(await status((await mock.mintToken({ faults })).access_token), 500)
  }
  t.equal(mock.tenants.get(DEFAULT_TENANT).faults.byToken.size, 256, 'what is remembered of tokens is bounded')
  const twins = await Promise.all(
    [501, 502].map((status) => mock.mintToken({ claims: { uti: null }, faults: [{ respond: { status } }] }))
  )
  t.strictSame(
    await Promise.all(twins.map(({ access_token }) => status(access_token))),
    [501, 502],
    'tokens without id'
  )
  const { access_token: wrong } = await mock.mintToken({ claims: { mock_faults: [{ respond: {} }] } })
  const refused = await call('GET', SETTINGS, { token: wrong })
  t.equal(refused.statusCode, 401)
  t.equal(refused.json<{ error: { message: string } }>().error.message, 'Access token validation failure.')
  t.equal(refused.headers['x-mock-reason'], 'The claim mock_faults is wrong: 0.respond.status is missing.')
})

t.test('a batch and its parts', async (t) => {
  const { call } = await testApp(t)
  const send = async () => {
    const requests = ['a', 'b', 'c'].map((id) => ({
      id,
      method: 'GET',
      url: '/deviceManagement/windowsAutopilotSettings'
    }))
    const answer = await call('POST', '/beta/$batch', { body: { requests } })
    const { responses = [] } = answer.json<{ responses?: { id: string; status: number; headers: object }[] }>()
    return [answer.statusCode, ...responses.sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ status }) => status)]
  }
  await call('POST', FAULTS, { body: { times: 2, respond: { status: 429, retryAfter: 3 } } })
  t.strictSame(await send(), [200, 429, 429, 200], 'answers are for the parts')
  await call('POST', FAULTS, { body: { connection: 'reset', match: { path: SETTINGS } } })
  t.strictSame(await send(), [200, 200, 200, 200], 'no part breaks a connection')
  await call('POST', FAULTS, { body: { times: 1, match: { operation: 'batch' }, respond: { status: 503 } } })
  t.strictSame(await send(), [503], 'a rule that names the batch')
  const garbage = { status: 503, body: 'not json{', headers: { 'content-type': 'application/json' } }
  await call('POST', FAULTS, { body: { times: 1, match: { operation: '*.get' }, respond: garbage } })
  t.strictSame(await send(), [200, 503, 200, 200], 'what only calls itself JSON')
  await call('POST', FAULTS, { body: { delay: { ms: 1 }, respond: { status: 418 }, match: { operation: '*.get' } } })
  t.strictSame(await send(), [200, 418, 418, 418])
})

t.test('the same seed and requests give the same failures, whatever runs beside', async (t) => {
  const run = async (seed: number, noise: boolean) => {
    const { call, mock } = await testApp(t, { seed }, undefined, 'silent')
    const { access_token: other } = await mock.mintToken({ tenantId: OTHER })
    for (const path of [FAULTS, `/_mock/tenants/${OTHER}/faults`]) {
      await call('POST', path, { body: { probability: 0.5, respond: { status: 503 } } })
    }
    const statuses: number[] = []
    for (let at = 0; at < 24; at++) {
      if (noise) await Promise.all([call('GET', SETTINGS, { token: other }), call('GET', '/beta/users')])
      statuses.push((await call('GET', SETTINGS)).statusCode)
    }
    return statuses.join(' ')
  }
  const failures = await run(7, false)
  t.match(failures, /200/)
  t.match(failures, /503/)
  t.equal(await run(7, false), failures)
  t.not(await run(8, false), failures)
})

t.test('control: rules are listed, added and removed', async (t) => {
  const { call } = await testApp(t)
  for (const path of [FAULTS, '/_mock/faults']) {
    const rule = { match: { operation: 'windowsAutopilotSettings.get' }, respond: { status: 503 }, times: 1 }
    const added = await call('POST', path, { body: rule })
    t.equal(added.statusCode, 201)
    t.strictSame(added.json(), { matched: 0, fired: 0, ...rule, id: 1 })
    await call('POST', path, { body: { match: { path: '*/sync' }, connection: 'hang' } })
    await call('GET', SETTINGS)
    const ids = async (query: string) =>
      (await call('GET', path + query)).json<{ faults: { id: number }[] }>().faults.map(({ id }) => id)
    t.strictSame(await ids(''), [1, 2])
    t.strictSame(await ids('?fired=false'), [2], 'rules that never fired')
    t.strictSame(await ids('?fired=true'), [1])
    for (const time of ['first', 'second']) t.equal((await call('DELETE', `${path}/1`)).statusCode, 204, time)
    t.strictSame(await ids(''), [2])
    t.equal((await call('DELETE', path)).statusCode, 204)
    t.strictSame(await ids(''), [])
    await call('POST', path, { body: rule })
    await call('POST', '/_mock/reset')
    t.strictSame(await ids(''), [], 'a reset removes them')
    t.match((await call('DELETE', `${path}/x`)).json(), {
      status: 400,
      detail: 'path parameter id must be the number of a rule.'
    })
  }
})

t.test('rules that are wrong are refused', async (t) => {
  const { call, mock } = await testApp(t)
  const respond = { status: 503 }
  for (const [rule, detail] of [
    [{}, 'respond, delay and connection are all missing: a rule needs an effect.'],
    [{ respond, connection: 'reset' }, 'respond and connection exclude each other.'],
    [{ delay: { min: 2, max: 1 } }, 'delay.min is more than delay.max.'],
    [{ respond, match: { path: 'beta' } }, /^match.path begins with \/ or \*, such as .*, not "beta"\.$/],
    [
      { respond, match: { operation: 'sync' } },
      /^match\.operation must be one of batch, metadata, .*windowsAutopilotSettings\.sync, .*, or a pattern of them, not "sync"\.$/
    ],
    [{ respond: {} }, 'respond.status is missing.'],
    [{ respond: { status: 503, headers: { 'a b': '' } } }, /^respond.headers.a b/],
    [
      { respond: { status: 503, headers: { Trailer: 'x' } } },
      'respond.headers.Trailer belongs to the connection, not to an answer.'
    ],
    [{ respond, tmes: 1 }, 'tmes is not a known member.'],
    [{ connection: 'rst' }, /^connection must be one of "reset", "empty", "truncate"/]
  ] as const) {
    const refused = await call('POST', FAULTS, { body: rule })
    t.match(refused.json(), { status: 400, detail }, JSON.stringify(rule))
    t.match((await call('POST', '/_mock/tokens', { body: { faults: [rule] } })).json(), {
      status: 400,
      detail: /^faults\.0/
    })
  }
  t.strictSame((await call('GET', FAULTS)).json(), { faults: [] }, 'nothing was added')
  await t.rejects(mock.mintToken({ faults: [{}] }), {
    message: /^faults.0.respond, delay and connection are all missing/
  })
})

t.test('how many rules there may be, and how large', async (t) => {
  const { call, mock } = await testApp(t, { fixtures: fixtureFile(t, { ...FIXTURE, faults: [] }) }, undefined, 'silent')
  const add = (rule: object, path = FAULTS) => call('POST', path, { body: rule })
  const kept = async (path = FAULTS) => (await call('GET', path)).json<{ faults: { id: number }[] }>().faults.length
  const idle: FaultRule = { times: 0, connection: 'hang' }
  const never: FaultRule = { match: { path: '/beta/never' }, connection: 'hang' }
  const large = (length: number) => ({ respond: { status: 200, body: 'x'.repeat(length) } })

  for (const path of [FAULTS, '/_mock/faults']) {
    const tenantId = path === FAULTS ? DEFAULT_TENANT : undefined
    mock.faults.add(tenantId, idle)
    for (let at = 1; at < MAX_RULES; at++) mock.faults.add(tenantId, never)
    t.equal((await add(never, path)).statusCode, 201, 'a rule that fires no more makes room')
    t.match((await add(never, path)).json(), {
      status: 409,
      detail:
        'One list of fault rules, that of a tenant or that of all tenants, has at most 1000 rules; remove some first.'
    })
    t.equal(await kept(path), 1000)
    await call('DELETE', `${path}/2`)
    t.equal((await add(never, path)).statusCode, 201)
    await call('DELETE', path)
  }

  t.equal((await add(large(600_000))).statusCode, 201)
  t.match((await add(large(500_000))).json(), {
    status: 409,
    detail:
      'One list of fault rules, that of a tenant or that of all tenants, takes at most 1048576 bytes of JSON; remove some first.'
  })
  await call('DELETE', `${FAULTS}/1`)
  await call('DELETE', FAULTS)
  const names = Array.from({ length: 16 }, (_, at) => `5f0b1c9e-8a35-4c5f-9a0e-0f0a5e3b7a${String(10 + at)}`)
  for (const name of names) {
    t.equal((await add(large(1_000_000), `/_mock/tenants/${name}/faults`)).statusCode, 201)
  }
  const detail = 'All lists of fault rules together take at most 16777216 bytes of JSON; remove some first.'
  t.match((await add(large(1_000_000))).json(), { status: 409, detail })
  t.match((await add(large(1_000_000), '/_mock/faults')).json(), { status: 409, detail })
  const document = { faults: [large(1_000_000)] }
  const replace = (name = '', faults: object = document) =>
    call('PUT', `/_mock/tenants/${name}/export`, { body: faults })
  t.match((await replace('default')).json(), { status: 409, detail })
  t.equal((await replace(names[0])).statusCode, 200, 'what it replaces does not count')
  t.match((await replace('default', { faults: Array.from({ length: 1001 }, () => never) })).json(), {
    status: 400,
    detail: 'faults must have at most 1000 items.'
  })
  await call('DELETE', `/_mock/tenants/${String(names[0])}`)
  t.equal((await add(large(1_000_000))).statusCode, 201)
  t.throws(() => mock.faults.add(undefined, large(2 ** 20)), { name: 'RangeError' })
})

t.test('how many rules a token may carry, and how large', async (t) => {
  const { call, mock } = await testApp(t)
  const rule = { delay: { ms: 1 } }
  const many = Array.from({ length: 101 }, () => rule)
  const large = [{ respond: { status: 503, message: 'x'.repeat(16_384) } }]
  for (const [faults, detail] of [
    [many, 'faults must have at most 100 items.'],
    [large, 'faults must take at most 16384 bytes of JSON, which a token can carry, not 16423.'],
    [[{ match: { path: `/${'x'.repeat(2048)}` }, ...rule }], 'faults.0.match.path must have at most 2048 characters.']
  ] as const) {
    t.match((await call('POST', '/_mock/tokens', { body: { faults } })).json(), { status: 400, detail })
  }
  const { access_token: token } = await mock.mintToken({ claims: { mock_faults: many } })
  const refused = await call('GET', SETTINGS, { token })
  t.equal(refused.statusCode, 401)
  t.equal(refused.headers['x-mock-reason'], 'The claim mock_faults is wrong: the document must have at most 100 items.')
  for (const fixture of [{ tokens: { large: { faults: large } } }, { applications: [{ appId: 'a', faults: large }] }]) {
    await t.rejects(startTestServer(t, { fixtures: fixtureFile(t, { defaultTenant: DEFAULT_TENANT, ...fixture }) }), {
      name: 'UserError',
      message:
        /: (tokens\.large|applications\.0)\.faults must take at most 16384 bytes of JSON, which a token can carry/
    })
  }
})

t.test('a rule that JSON cannot say is refused when it is added, not when it fires', async (t) => {
  await using mock = await startGraphMock({ logLevel: 'silent' })
  const body: Record<string, unknown> = {}
  body['self'] = body
  const add = (value: unknown) => () => mock.faults.add({ delay: { ms: 1 }, respond: { status: 200, body: value } })
  t.throws(add(body), { name: 'TypeError', message: /^the document is not JSON: / })
  t.throws(add(1n), { name: 'TypeError', message: /^the document is not JSON: / })
  let deep: unknown = 0
  for (let level = 0; level < 40; level++) deep = [deep]
  t.throws(add(deep), { name: 'TypeError', message: 'respond.body is nested deeper than 28 levels' })
})

t.test('connections are broken on real sockets', async (t) => {
  const { server, port, ca } = await startTestServer(t)
  const { mock } = server
  for (const secure of [false, true]) {
    const patch = (headers = {}) =>
      ask({
        secure,
        port,
        ca,
        method: 'PATCH',
        path: SETTINGS,
        headers: { authorization: 'Bearer readwrite', 'content-type': 'application/json', ...headers },
        body: JSON.stringify(PAGE.request)
      })
    const state = () => mock.tenants.stateOf(DEFAULT_TENANT)['windowsAutopilotSettings']
    const add = (connection: 'reset' | 'empty' | 'truncate') =>
      mock.faults.add(DEFAULT_TENANT, { times: 1, connection })
    const name = secure ? 'https' : 'http'
    mock.tenants.reset(DEFAULT_TENANT)
    add('reset')
    await t.rejects(patch(), { code: 'ECONNRESET', message: 'read ECONNRESET' }, `${name}: reset`)
    add('empty')
    await t.rejects(patch(), { code: 'ECONNRESET', message: 'socket hang up' }, `${name}: empty`)
    t.match(state(), { syncStatus: 'unknown' }, 'nothing was done')
    add('truncate')
    await t.rejects(patch(), { code: 'ECONNRESET', message: 'aborted' }, `${name}: truncate`)
    t.match(state(), { syncStatus: 'inProgress' }, 'what was asked for was done')
    mock.tenants.changeClock(DEFAULT_TENANT, { advance: 'PT1H' })
    add('truncate')
    const sync = { secure, port, ca, method: 'POST', path: `${SETTINGS}/sync` }
    await t.rejects(ask({ ...sync, headers: { authorization: 'Bearer readwrite' } }), { message: 'socket hang up' })
    t.match(state(), { syncStatus: 'inProgress', lastManualSyncTriggerDateTime: /^20/ }, 'without a body nothing comes')
    mock.faults.add(undefined, { times: 1, connection: 'truncate' })
    mock.faults.add(DEFAULT_TENANT, { times: 1, respond: { status: 503 } })
    await t.rejects(patch(), { message: 'aborted' })
    const last = () => mock.journal.list(DEFAULT_TENANT).requests.at(-1)
    await until(() => last()?.outcome !== 'pending')
    t.match(last(), { outcome: 'truncate', fault: { scope: 'all' } }, 'a connection to be broken meets no other rule')
    mock.faults.clear(DEFAULT_TENANT)
    add('truncate')
    const { access_token: carrying } = await mock.mintToken({ faults: [{ respond: { status: 503 } }] })
    await t.rejects(patch({ authorization: `Bearer ${carrying}` }), { message: 'aborted' })
    t.equal((await patch()).status, 200, 'then all is well')
  }
})

function fixtureFile(t: Test, fixture: object): string {
  const file = join(t.testdir({ 'fixture.json': JSON.stringify(fixture) }), 'fixture.json')
  return file
}

t.test('a fixture with wrong rules stops the boot, with the member', async (t) => {
  const { tokens, applications } = FIXTURE
  for (const [fixture, message] of [
    [{ faults: [{}] }, /: faults.0.respond, delay and connection are all missing/],
    [{ tenantDefaults: { faults: [{}] } }, /: tenantDefaults.faults.0.respond, delay and/],
    [{ tenants: { [OTHER]: { faults: [{}] } } }, /: tenants.5f0b1c9e-.*\.faults\.0\.respond, delay and/],
    [{ tokens: { ...tokens, x: { faults: [{ respond: {} }] } } }, /: tokens.x.faults.0.respond.status is missing/],
    [
      { tokens: { x: { faults: [{ match: { path: 'x' }, delay: { ms: 1 } }] } } },
      /: tokens.x.faults.0.match.path begins/
    ],
    [{ applications: [{ ...applications[0], faults: [{}] }] }, /: applications.0.faults.0.respond, delay and/],
    [
      { faults: [{ connection: 'hang', match: { operation: 'sync' } }] },
      /: faults.0.match.operation must be one of batch,/
    ]
  ] as const) {
    await t.rejects(startTestServer(t, { fixtures: fixtureFile(t, { ...FIXTURE, ...fixture }) }), {
      name: 'UserError',
      message
    })
  }
  const faults = [{ connection: 'hang' as const, match: { operation: 'sync' } }]
  await t.rejects(startGraphMock({ fixtures: { defaultTenant: DEFAULT_TENANT, faults } }), {
    message: /^fixtures: faults\.0\.match\.operation must be one of batch,/
  })
  await using mock = await startGraphMock({ fixtures: fixtureFile(t, FIXTURE), logLevel: 'silent' })
  t.equal(mock.faults.list().length, 1, 'rules of a good one are there')
})

t.test('a hanging connection lasts until the client leaves or the server closes', async (t) => {
  const { server, port } = await startTestServer(t)
  const { mock, app } = server
  const arrived = () => once(app.server, 'request') as Promise<[IncomingMessage]>
  const get = () => {
    const outgoing = request({ port, path: SETTINGS, headers: { authorization: 'Bearer read' }, agent: false })
    const failed = once(outgoing.end(), 'error') as Promise<[NodeJS.ErrnoException]>
    return { outgoing, failed: failed.then(([error]) => error.code) }
  }
  mock.faults.add(undefined, { connection: 'hang' })
  const left = get()
  const [incoming] = await arrived()
  left.outgoing.destroy(Object.assign(new Error(), { code: 'LEFT' }))
  t.equal(await left.failed, 'LEFT')
  if (!incoming.socket.destroyed) await once(incoming.socket, 'close')
  const waiting = get()
  await arrived()
  await closeWithoutDeadline(() => server.close())
  t.equal(await waiting.failed, 'ECONNRESET')
})

t.test(
  'a part of a batch is not done for a client that has left, and a server that closes waits for no delay',
  async (t) => {
    const { server, port } = await startTestServer(t)
    const { mock } = server
    const headers = { authorization: 'Bearer readwrite', 'content-type': 'application/json' }
    const url = '/deviceManagement/windowsAutopilotSettings'
    const part = {
      method: 'PATCH',
      url,
      headers: { 'content-type': 'application/json' },
      body: { syncStatus: 'failed' }
    }
    const batch = JSON.stringify({ requests: ['1', '2'].map((id) => ({ id, ...part })) })
    const send = () => {
      const outgoing = request({ port, path: '/beta/$batch', method: 'POST', headers, agent: false })
      const failed = once(outgoing, 'error') as Promise<[NodeJS.ErrnoException]>
      outgoing.end(batch)
      return { outgoing, failed: failed.then(([error]) => error.code) }
    }
    const delayed = async (count: number) => {
      await until(() => mock.faults.list(DEFAULT_TENANT)[0]?.fired === count)
    }
    mock.faults.add(DEFAULT_TENANT, { delay: { ms: 3_600_000 } })
    const left = send()
    await delayed(2)
    left.outgoing.destroy(Object.assign(new Error(), { code: 'LEFT' }))
    t.equal(await left.failed, 'LEFT')
    await until(() => !mock.journal.list(undefined).requests.some(({ outcome }) => outcome === 'pending'))
    const ended = mock.journal.list(undefined).requests.map(({ outcome }) => outcome)
    t.strictSame(ended, ['disconnected', 'disconnected', 'disconnected'], 'the batch and its parts')
    const waiting = send()
    await delayed(4)
    await closeWithoutDeadline(() => server.close())
    t.equal(await waiting.failed, 'ECONNRESET')
    t.match(mock.tenants.stateOf(DEFAULT_TENANT), { windowsAutopilotSettings: { syncStatus: 'unknown' } })
  }
)

t.test('requests that were sent at once over a connection that breaks are all over', async (t) => {
  const { server, port } = await startTestServer(t)
  const { mock } = server
  mock.faults.add(undefined, { delay: { ms: 3_600_000 } })
  const socket = connect(port, '127.0.0.1')
  socket.write(`GET ${SETTINGS} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer read\r\n\r\n`.repeat(15))
  const outcomes = () => mock.journal.list(undefined).requests.map(({ outcome }) => outcome)
  await until(() => outcomes().length >= 15)
  t.strictSame(new Set(outcomes()), new Set(['pending']))
  socket.destroy()
  await until(() => !outcomes().includes('pending'))
  t.strictSame(new Set(outcomes()), new Set(['disconnected']))
})

t.test('a delay', async (t) => {
  const { server, port } = await startTestServer(t)
  const { mock, app } = server
  const headers = { authorization: 'Bearer readwrite', 'content-type': 'application/json' }
  const patch = { method: 'PATCH', path: SETTINGS, port, headers }
  mock.faults.add(undefined, { times: 1, delay: { ms: 20 } })
  mock.faults.add(DEFAULT_TENANT, { times: 1, delay: { ms: 30 } })
  timers.enable({ apis: ['setTimeout'] })
  t.teardown(() => {
    timers.reset()
  })
  const answer = ask({ ...patch, secure: false, body: '{"syncStatus":"failed"}' })
  const ofTenant = () => mock.faults.list(DEFAULT_TENANT)[0]?.fired
  for (const [tenantId, ms, fired] of [
    [undefined, 20, 0],
    [DEFAULT_TENANT, 30, 1]
  ] as const) {
    await until(() => mock.faults.list(tenantId)[0]?.fired === 1)
    timers.tick(ms - 1)
    // By the time that another request is answered, one whose delay is over has gone on.
    await ask({ port, secure: false, path: '/_mock/health' })
    t.match(mock.journal.list(undefined), { requests: [{ outcome: 'pending' }] })
    t.equal(ofTenant(), fired, 'one delay comes behind the other')
    timers.tick(1)
  }
  t.equal((await answer).status, 200)
  timers.reset()
  mock.faults.add(undefined, { delay: { ms: 3_600_000 } })
  const outgoing = request(patch).on('error', () => undefined)
  const arrived = once(app.server, 'request') as Promise<[IncomingMessage]>
  outgoing.end('{"syncStatus":"completed"}')
  const [incoming] = await arrived
  outgoing.destroy()
  await once(incoming.socket, 'close')
  t.match(
    mock.tenants.stateOf(DEFAULT_TENANT),
    { windowsAutopilotSettings: { syncStatus: 'failed' } },
    'nothing was done'
  )
})

t.test('in process', async (t) => {
  await using mock = await startGraphMock({ logLevel: 'silent' })
  const tenant = mock.tenant()
  const token = await tenant.token()
  const status = async () =>
    (await fetch(mock.url + SETTINGS, { headers: { authorization: `Bearer ${token}` } })).status
  const rule = { times: 1, respond: { status: 503, headers: { a: 'b' } } }
  t.strictSame(tenant.faults.add(rule), { matched: 0, fired: 0, ...rule, id: 1 })
  mock.faults.add({ connection: 'reset', match: { method: 'DELETE' } })
  rule.respond.status = 500
  t.strictSame([await status(), await status()], [503, 200], 'a rule is as it was when it was added')
  t.strictSame([tenant.faults.unfired(), mock.faults.unfired().length], [[], 1])
  t.equal(tenant.faults.list()[0]?.fired, 1)
  mock.faults.remove(1)
  tenant.faults.clear()
  t.strictSame([tenant.faults.list(), mock.faults.list()], [[], []])
  mock.faults.add({ respond: { status: 500 } })
  mock.reset()
  t.strictSame(mock.faults.list(), [])
  t.throws(() => mock.faults.add({}), { name: 'TypeError', message: /^respond, delay and connection are all missing/ })
  t.throws(() => tenant.faults.add({ connection: 'x' as 'hang' }), { message: /^connection must be one of/ })
})
