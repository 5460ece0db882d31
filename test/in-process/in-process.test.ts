import { Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import type { Context } from '@microsoft/microsoft-graph-client'
import fastify from 'fastify'
import t, { type Test } from 'tap'
import {
  startGraphMock,
  type GraphMock,
  type GraphMockApplication,
  type GraphMockOptions,
  type GraphMockState,
  type GraphMockTenantDocument,
  type GraphMockUser
} from '../../src/index.js'
import type { AutopilotState } from '../../src/graph/resources/windows-autopilot-settings/sync.js'
import type { Application, User } from '../../src/identity/directory-schema.js'
import type { Throttling } from '../../src/graph/gateway/throttling.js'
import type { ProfileName } from '../../src/graph/profiles.js'
import type { ConditionName } from '../../src/graph/services/intune/conditions/setting.js'
import { exchange } from '../../src/in-process/exchange.js'
import { inProcessFetch } from '../../src/in-process/fetch.js'
import { createLog } from '../../src/lib/log.js'
import { withDefaults } from '../../src/options.js'
import { startServer } from '../../src/server.js'
import { MAX_SNAPSHOTS } from '../../src/tenants/snapshots.js'
import { graphClient } from '../graph-client.js'
import { DEFAULT_TENANT, PAGE, SETTINGS } from '../helper.js'
import { portOf } from '../server-helper.js'

/** Compiles only where two types are the same. */
type Same<A, B> = [A, B] extends [B, A] ? true : false
interface Settings {
  profile: ProfileName
  condition: ConditionName | null
  throttling?: Throttling
}
const same: [
  Same<Pick<GraphMockState, keyof AutopilotState>, { -readonly [Name in keyof AutopilotState]: AutopilotState[Name] }>,
  Same<Pick<GraphMockState, keyof Settings>, Settings>,
  Same<GraphMockApplication, Application>,
  Same<GraphMockUser, User>
] = [true, true, true, true]

async function start(t: Test, options: GraphMockOptions = {}): Promise<GraphMock> {
  const mock = await startGraphMock({ logLevel: 'silent', ...options })
  t.teardown(() => mock.close())
  return mock
}

const json = async (answer: Promise<Response>) => (await answer).json() as Promise<Record<string, unknown>>

t.test('state, snapshots and exports of a tenant, as methods', async (t) => {
  t.ok(same.every(Boolean))
  const mock = await start(t)
  const [tenant, other] = [mock.tenant(), mock.tenant()]
  const headers = { authorization: `Bearer ${await tenant.token()}` }
  const status = async () => (await json(mock.fetch(SETTINGS, { headers })))['syncStatus']

  t.equal(tenant.patchState({ windowsAutopilotSettings: { syncStatus: 'failed' } }).profile, 'documented')
  t.equal(await status(), 'failed')
  const taken = tenant.snapshot('failed')
  t.match(taken, { name: 'failed', takenAt: String, clock: { frozen: false }, faults: 0, state: tenant.state() })
  t.strictSame(tenant.snapshots(), [taken])
  tenant.clock.freeze()
  tenant.faults.add({ respond: { status: 503 }, times: 1 })
  t.equal(tenant.setState({ windowsAutopilotSettings: { syncStatus: 'completed' } }).condition, null)
  const document = tenant.export()
  t.match(document, { clock: { freeze: true }, faults: [{ respond: { status: 503 }, times: 1, fired: 0 }] })
  tenant.restore('failed')
  t.equal(await status(), 'failed')
  tenant.import(document)
  t.equal((await mock.fetch(SETTINGS, { headers })).status, 503)
  t.equal(await status(), 'completed')
  tenant.reset()
  t.equal(await status(), 'unknown')
  t.equal(tenant.snapshots().length, 1)
  tenant.dropSnapshot('failed')
  t.strictSame(tenant.snapshots(), [])
  t.strictSame(other.snapshots(), [], 'of a tenant that nobody used')

  other.import(document)
  tenant.import(other.export())
  t.strictSame(tenant.export(), document)
  tenant.snapshot('again')
  tenant.forget()
  t.strictSame(tenant.snapshots(), [])
  t.equal(await status(), 'unknown')
})

t.test('documents are copies: what a caller does with them later changes nothing', async (t) => {
  const tenant = (await start(t)).tenant()
  const given: GraphMockTenantDocument = { sync: { duration: 'PT1S' }, faults: [{ delay: { ms: 1 } }] }
  tenant.import(given)
  Object.assign(given.sync as object, { duration: 'PT2S' })
  Object.assign(tenant.state().sync, { duration: 'PT3S' })
  Object.assign(tenant.export().faults?.[0] as object, { times: 1 })
  Object.assign(tenant.snapshot('a').state.sync, { duration: 'PT4S' })
  t.equal(tenant.state().sync.duration, 'PT1S')
  t.strictSame(tenant.faults.list()[0]?.times, undefined)
  tenant.restore('a')
  t.equal(tenant.state().sync.duration, 'PT1S')
})

t.test('what a tenant refuses in process', async (t) => {
  const tenant = (await start(t)).tenant()
  const before = tenant.export()
  const cyclic: Record<string, unknown> = {}
  cyclic['sync'] = cyclic
  let deep: object = {}
  for (let at = 0; at < 40; at++) deep = { sync: deep }
  const rows: [what: () => unknown, name: string, message: string | RegExp][] = [
    [() => tenant.setState({ nope: 1 } as object), 'TypeError', 'nope is not a known member'],
    [() => tenant.setState(cyclic), 'TypeError', /^the document is not JSON: Converting circular structure/],
    [
      () => tenant.setState(undefined as unknown as object),
      'TypeError',
      'the document is not JSON: "undefined" is not valid JSON'
    ],
    [() => tenant.patchState(deep), 'TypeError', 'the document is nested deeper than 32 levels'],
    [
      () => tenant.patchState({ profile: 'x' } as object),
      'TypeError',
      'profile must be one of "documented", "observed"'
    ],
    [
      () => tenant.patchState({ sync: { running: { startedAt: '2030-01-01T00:00:00Z' } } } as object),
      'TypeError',
      'the patched state would not be valid: sync.running.endsAt is missing'
    ],
    [
      () => {
        tenant.import({ clock: { set: 'soon' } })
      },
      'TypeError',
      'clock.set must be an instant such as 2017-01-01T00:02:49Z'
    ],
    [() => tenant.snapshot('a b'), 'TypeError', /^the name must be 1 to 64 of the characters A-Z/],
    [
      () => {
        tenant.restore('nope')
      },
      'RangeError',
      'The tenant has no snapshot "nope"; it has none'
    ]
  ]
  for (const [what, name, message] of rows) {
    t.throws(what, { name, message }, String(message))
    t.strictSame(tenant.export(), before)
  }
  for (let at = 0; at < MAX_SNAPSHOTS; at++) tenant.snapshot(`s${at}`)
  t.throws(() => tenant.snapshot('more'), { message: 'A tenant has at most 100 snapshots; delete one first' })
})

t.test('several mocks in one process share nothing', async (t) => {
  const [a, b] = [await start(t, { seed: 3 }), await start(t, { seed: 3 })]
  await Promise.all([a.fetch('/beta/x'), a.fetch('/beta/x'), a.tenant().token()])
  const tenants = [a.tenant(), b.tenant(), b.tenant()]
  t.equal(tenants[0]?.id, tenants[2]?.id, 'requests that draw ids do not change which tenants come')
  const [ours, theirs] = [a.tenant(tenants[0]?.id), b.tenant(tenants[0]?.id)]
  ours.patchState({ condition: 'noRole' })
  ours.clock.freeze()
  ours.faults.add({ delay: { ms: 1 } })
  ours.snapshot('a')
  a.faults.add({ respond: { status: 500 } })
  t.match(theirs.export(), { condition: null, clock: { reset: true }, faults: [] })
  t.strictSame([theirs.snapshots(), b.faults.list()], [[], []])
  await a.close()
  t.equal((await b.fetch('/_mock/health')).status, 200)
})

t.test('a fixture may be given as it is', async (t) => {
  const mock = await start(t, {
    fixtures: { defaultTenant: DEFAULT_TENANT, tenantDefaults: { condition: 'noRole' }, tokens: { mine: {} } }
  })
  t.equal((await mock.fetch(SETTINGS, { headers: { authorization: 'Bearer mine' } })).status, 403)
  await t.rejects(startGraphMock({ fixtures: { defaultTenant: 'x' } }), {
    message: /^fixtures: defaultTenant must be a GUID/
  })
})

t.test('fetch: what may be given', async (t) => {
  const mock = await start(t, { publicUrl: 'https://graph.test', tlsName: ['Other.test'] })
  const token = await mock.tenant(mock.tenantId).token()
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  for (const url of [
    SETTINGS,
    new URL(SETTINGS, mock.url),
    new Request(new URL(SETTINGS, mock.url), { headers }),
    `https://graph.microsoft.com${SETTINGS}?$select=id`,
    `https://graph.test${SETTINGS}`,
    `http://other.test:81${SETTINGS}`
  ]) {
    const answer = await mock.fetch(url, url instanceof Request ? undefined : { headers })
    t.equal(answer.status, 200)
    t.equal(answer.statusText, 'OK')
    t.equal(answer.url, new URL(url instanceof Request ? url.url : url, mock.url).href)
    t.notOk(answer.redirected)
    t.match(await answer.json(), { id: PAGE.response.id })
  }
  const text = JSON.stringify(PAGE.request)
  const bytes = new TextEncoder().encode(text)
  const stream = () => new Blob([text]).stream()
  for (const [kind, body] of [
    ['text', text],
    ['typed array', bytes],
    ['buffer', bytes.buffer],
    ['blob', new Blob([text])],
    ['stream', stream()],
    ['node stream', Readable.toWeb(Readable.from([text.slice(0, 9), text.slice(9)].map((part) => Buffer.from(part))))]
  ] as const) {
    const answer = await mock.fetch(SETTINGS, {
      method: 'PATCH',
      headers,
      body: body as string,
      duplex: 'half'
    })
    t.strictSame(await answer.json(), PAGE.response, kind)
  }
  const posted = await mock.fetch(new Request(mock.url + SETTINGS, { method: 'PATCH', headers, body: text }))
  t.equal(posted.status, 200)
  const grant = {
    client_id: 'any',
    client_secret: 'any',
    grant_type: 'client_credentials',
    scope: 'https://graph.microsoft.com/.default'
  }
  const authority = `https://login.microsoftonline.com/${mock.tenantId}/oauth2/v2.0/token`
  t.match(await json(mock.fetch(authority, { method: 'POST', body: new URLSearchParams(grant) })), {
    token_type: 'Bearer'
  })
  const form = new FormData()
  form.set('grant_type', 'client_credentials')
  t.match(await json(mock.fetch(authority, { method: 'POST', body: form })), { error_codes: [900144] })

  const endless = new ReadableStream({
    pull(controller) {
      controller.enqueue(new Uint8Array(64 * 1024))
    }
  })
  const large = await mock.fetch(SETTINGS, { method: 'PATCH', headers, body: endless, duplex: 'half' })
  t.equal(large.status, 413, 'a body without end is read no further than the server would')
  t.equal((await mock.fetch(SETTINGS, { method: 'PATCH', headers })).status, 400, 'no bytes at all')
})

t.test('fetch: what comes', async (t) => {
  const mock = await start(t)
  const headers = { authorization: 'Bearer readwrite' }
  const synced = await mock.fetch(`${SETTINGS}/sync`, { method: 'POST', headers })
  t.strictSame([synced.status, synced.body, await synced.text()], [204, null, ''])
  const head = await mock.fetch(SETTINGS, { method: 'HEAD', headers })
  t.strictSame([head.status, head.body], [200, null])
  t.ok(Number(head.headers.get('content-length')) > 0)
  mock.faults.add({ respond: { status: 302, headers: { 'Set-Cookie': 'a=1' } }, times: 1 })
  t.strictSame(
    (await mock.fetch(SETTINGS, { headers })).headers.getSetCookie(),
    ['a=1'],
    'a 302 without location is an answer'
  )
  const html = await mock.fetch('/', { headers: { accept: 'text/html' } })
  t.match(html.headers.get('content-type'), /^text\/html/)
  const reader = (await mock.fetch(SETTINGS, { headers })).body
  await reader?.cancel()
})

t.test('fetch: redirects', async (t) => {
  const mock = await start(t)
  const query = new URLSearchParams({
    client_id: '99998888-eeee-7777-ffff-666655554444',
    response_type: 'code',
    redirect_uri: `${mock.url}/`,
    scope: 'openid',
    code_challenge: 'x'.repeat(43),
    code_challenge_method: 'S256',
    prompt: 'none',
    login_hint: 'adele.vance@contoso.example'
  })
  const authorize = `https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?${query.toString()}`
  const manual = await mock.fetch(authorize, { redirect: 'manual' })
  t.equal(manual.status, 302)
  t.match(manual.headers.get('location'), /^http:\/\/127.0.0.1:\d+\/\?code=/)
  const followed = await mock.fetch(authorize)
  t.match(followed, { status: 200, redirected: true, url: /^http:\/\/127.0.0.1:\d+\/\?code=/ })
  await t.rejects(mock.fetch(authorize, { redirect: 'error' }), {
    name: 'TypeError',
    message: 'fetch failed',
    cause: { message: 'unexpected redirect' }
  })

  const goto = async (status: number, init: RequestInit, location = `${mock.url}${SETTINGS}`, times = 1) => {
    mock.faults.clear()
    mock.faults.add({ respond: { status, headers: { location } }, times })
    return mock.fetch(`${mock.url}${SETTINGS}`, init)
  }
  const headers = { authorization: 'Bearer readwrite', 'content-type': 'application/json' }
  const patch = { method: 'PATCH', headers, body: JSON.stringify(PAGE.request) }
  t.strictSame(await (await goto(307, patch)).json(), PAGE.response, 'with its body')
  t.equal((await goto(302, patch)).status, 200, 'any but POST stays what it is')
  t.match(await json(goto(303, { method: 'PATCH', headers, body: '{"syncStatus":"failed"}' })), {
    syncStatus: 'inProgress'
  })
  t.equal((await goto(301, { method: 'POST', headers, body: '{' })).status, 200, 'a POST becomes a GET')
  t.equal((await goto(303, { method: 'HEAD', headers })).status, 200)
  t.equal(
    (await goto(307, { headers }, `https://graph.microsoft.com${SETTINGS}`)).status,
    401,
    'another origin gets no token'
  )
  await t.rejects(goto(307, { headers }, `${mock.url}${SETTINGS}`, 99), {
    cause: { message: 'redirect count exceeded' }
  })
  await t.rejects(goto(307, { headers }, 'https://elsewhere.example/'), {
    cause: { code: 'ENOTFOUND', hostname: 'elsewhere.example' }
  })
})

t.test('fetch: what goes nowhere, and what is no request', async (t) => {
  const mock = await start(t)
  for (const url of ['https://example.com/beta', 'http://localhost:1/beta', 'data:text/plain,x']) {
    await t.rejects(mock.fetch(url), { name: 'TypeError', message: 'fetch failed', cause: { code: 'ENOTFOUND' } }, url)
  }
  await t.rejects(mock.fetch('https://example.com'), {
    cause: {
      message: /ENOTFOUND example\.com: mock\.fetch sends nothing elsewhere; it answers for .*graph\.microsoft\.com/
    }
  })
  await t.rejects(mock.fetch(SETTINGS, { body: 'x' }), { name: 'TypeError' }, 'a GET with a body')
  await t.rejects(mock.fetch('http://'), { name: 'TypeError' })
  const broken = new ReadableStream({
    pull() {
      throw new RangeError('broken source')
    }
  })
  await t.rejects(mock.fetch(SETTINGS, { method: 'PATCH', body: broken, duplex: 'half' }), {
    message: 'broken source'
  })
})

t.test('fetch: broken connections and aborts', async (t) => {
  const mock = await start(t)
  const headers = { authorization: 'Bearer readwrite' }
  const get = (init: RequestInit = {}) => mock.fetch(SETTINGS, { headers, ...init })
  const failing = async (connection: 'reset' | 'empty' | 'truncate' | 'hang') => {
    mock.faults.clear()
    mock.faults.add({ connection })
    return get()
  }
  await t.rejects(failing('reset'), { name: 'TypeError', message: 'fetch failed', cause: { code: 'ECONNRESET' } })
  await t.rejects(failing('empty'), { message: 'fetch failed', cause: { name: 'SocketError', code: 'UND_ERR_SOCKET' } })
  const half = await failing('truncate')
  t.equal(half.status, 200)
  await t.rejects(half.json(), { name: 'TypeError', message: 'terminated', cause: { code: 'UND_ERR_SOCKET' } })

  const reason = new RangeError('enough')
  mock.faults.clear()
  await t.rejects(get({ signal: AbortSignal.abort(reason) }), reason)
  mock.faults.add({ connection: 'hang' })
  const controller = new AbortController()
  const hanging = get({ signal: controller.signal })
  setTimeout(20).then(() => {
    controller.abort(reason)
  })
  await t.rejects(hanging, reason)
  await t.rejects(get({ signal: AbortSignal.timeout(20) }), { name: 'TimeoutError' })
  await t.rejects(
    mock.fetch(SETTINGS, {
      method: 'PATCH',
      headers,
      body: new ReadableStream(),
      duplex: 'half',
      signal: AbortSignal.timeout(20)
    }),
    { name: 'TimeoutError' },
    'while the body is read'
  )

  mock.faults.clear()
  const late = new AbortController()
  const answered = await get({ signal: late.signal })
  t.match(await answered.json(), { id: PAGE.response.id })
  late.abort()

  mock.faults.add({ connection: 'hang' })
  const left = t.rejects(
    get(),
    { message: 'fetch failed', cause: { code: 'UND_ERR_SOCKET' } },
    'a hung one ends with the server'
  )
  await setTimeout(20)
  await Promise.all([mock.close(), mock.close()])
  await left
  await t.rejects(get(), { message: 'fetch failed', cause: { code: 'ECONNREFUSED' } })
})

t.test('who hangs up while the body comes gets no more of it', async (t) => {
  const app = fastify()
  const body = new Readable({ read: () => undefined })
  body.push('part')
  app.get('/', (_request, reply) => reply.send(body))
  await app.ready()
  const outgoing = { method: 'GET', url: new URL('http://localhost/'), headers: new Headers(), body: undefined }
  const sent = exchange(app, outgoing, 80)
  const reader = (await sent.answer).body?.getReader()
  t.match(await reader?.read(), { done: false })
  const reason = new RangeError('enough')
  sent.cut(reason)
  await sent.over
  t.equal(await reader?.closed.catch((error: unknown) => error), reason)
})

t.test('close breaks what takes too long', async (t) => {
  const server = await startServer(withDefaults({ port: 0 }), {
    log: createLog('silent', process.stderr),
    requestLevel: 'debug'
  })
  t.teardown(() => server.close())
  const { fetch, close } = inProcessFetch(server, portOf(server), 10)
  const headers = { authorization: 'Bearer readwrite' }
  server.mock.faults.add(undefined, { delay: { ms: 60_000 } })
  const slow = fetch(SETTINGS, { headers })
  await setTimeout(20)
  await close()
  await t.rejects(slow, { name: 'TypeError', message: 'fetch failed', cause: { code: 'ECONNRESET' } })
})

t.test('tokens are asked for by known members', async (t) => {
  const mock = await start(t)
  await t.rejects(mock.tenant().token({ scope: 'a' } as object), {
    name: 'TypeError',
    message: 'scope is not a known member'
  })
})

t.test('a first request after the close, or at the same time', async (t) => {
  const refused = { name: 'TypeError', message: 'fetch failed', cause: { code: 'ECONNREFUSED' } }
  const [closed, closing] = [await start(t), await start(t)]
  await closed.close()
  await t.rejects(closed.fetch('/_mock/health'), refused)
  const atOnce = closing.fetch('/_mock/health')
  await Promise.all([t.rejects(atOnce, refused), closing.close()])
})

t.test('close lets requests in flight end', async (t) => {
  const mock = await start(t)
  mock.faults.add({ delay: { ms: 50 } })
  const answer = mock.fetch(SETTINGS, { headers: { authorization: 'Bearer readwrite' } })
  await mock.fetch('/_mock/health')
  await mock.close()
  t.equal((await answer).status, 200)
})

t.test('as the fetch of the Graph SDK', async (t) => {
  const mock = await start(t)
  const tenant = mock.tenant()
  const sender = {
    async execute(context: Context) {
      // Its type is one of browsers, which Node's types do not have.
      context.response = await mock.fetch(context.request as string, context.options)
    }
  }
  const client = graphClient('https://graph.microsoft.com', await tenant.token(), [], sender)
  const settings = client.api('/deviceManagement/windowsAutopilotSettings')
  t.match(await settings.patch(PAGE.request), PAGE.request)
  t.match(await settings.get(), PAGE.request)
  await settings.patch({ syncStatus: 'never' }).then(
    () => t.fail('it is refused'),
    (error: unknown) => t.match(error, { statusCode: 400, code: 'ModelValidationFailure' })
  )
  tenant.faults.add({ connection: 'reset' })
  await t.rejects(settings.get(), { message: /fetch failed/ })
})
