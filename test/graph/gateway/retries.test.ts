import { RetryHandler, RetryHandlerOptions, type Context, type Middleware } from '@microsoft/microsoft-graph-client'
import t from 'tap'
import { graphClient } from '../../graph-client.js'
import { testApp, type TestApp } from '../../helper.js'

const SYNC = '/deviceManagement/windowsAutopilotSettings/sync'
const SETTINGS = '/deviceManagement/windowsAutopilotSettings'
const TENANT = '/_mock/tenants/default'

/** Sends the client's requests into the app, and remembers which of them were retries. */
class Sender implements Middleware {
  readonly attempts: (string | null)[] = []
  readonly #call: TestApp['call']

  constructor(call: TestApp['call']) {
    this.#call = call
  }

  async execute(context: Context): Promise<void> {
    const { method = 'GET', headers, body } = context.options ?? {}
    const sent = new Headers(headers)
    this.attempts.push(sent.get('retry-attempt'))
    const url = new URL(context.request as string)
    const answer = await this.#call(method, url.pathname, {
      token: null,
      body: body ?? undefined,
      headers: Object.fromEntries(sent)
    })
    const isEmpty = answer.statusCode === 204
    context.response = new Response(isEmpty ? null : answer.body, {
      status: answer.statusCode,
      headers: answer.headers as Record<string, string>
    })
  }
}

/**
 * An app with a frozen clock and a client with the SDK's own retry handler, whose waits pass on the tenant's clock and
 * not in this process.
 *
 * @param during runs at each wait
 */
async function retrying(
  t: Parameters<typeof testApp>[0],
  state: object,
  during: (app: TestApp) => Promise<unknown> | undefined = () => undefined
) {
  const app = await testApp(t)
  await app.call('POST', `${TENANT}/clock`, { body: { freeze: true } })
  await app.call('PATCH', `${TENANT}/state`, { body: state })
  const waits: number[] = []
  const { setTimeout: real } = globalThis
  t.teardown(() => {
    globalThis.setTimeout = real
  })
  const fake = (done: () => void, milliseconds: number) => {
    waits.push(milliseconds)
    void app
      .call('POST', `${TENANT}/clock`, { body: { advance: `PT${milliseconds / 1000}S` } })
      .then(() => during(app))
      .then(done)
  }
  globalThis.setTimeout = fake as unknown as typeof setTimeout
  const sender = new Sender(app.call)
  const client = graphClient('https://localhost', 'readwrite', [new RetryHandler(new RetryHandlerOptions())], sender)
  return { ...app, client, waits, attempts: sender.attempts }
}

t.test('429 of a sync with Retry-After: the client waits that long and succeeds', async (t) => {
  const { call, client, waits, attempts } = await retrying(t, { sync: { minimumInterval: 'PT2M', retryAfter: 'PT2M' } })
  await client.api(SYNC).post({})
  await call('POST', `${TENANT}/clock`, { body: { advance: 'PT0.5S' } })
  t.equal(await client.api(SYNC).post({}), undefined)
  t.strictSame(waits, [120_000])
  t.strictSame(attempts, [null, null, '1'])
})

t.test('429 of a sync without Retry-After: three retries in vain', async (t) => {
  const { call, client, waits, attempts } = await retrying(t, {})
  await call('POST', `/beta${SYNC}`)
  await call('POST', `${TENANT}/clock`, { body: { advance: 'PT0.5S' } })
  await t.rejects(client.api(SYNC).post({}), { statusCode: 429, code: 'TooManyRequests', message: /"_version": 3/ })
  t.strictSame(attempts, [null, '1', '2', '3'], 'what an SDK does before its user sees the error')
  t.equal(waits.length, 3)
  t.ok(waits.every((wait) => wait >= 3000 && wait <= 180_000))
})

t.test('429 of a limit: the window opens while the client waits', async (t) => {
  const { client, waits } = await retrying(t, { throttling: { preset: 'intuneEnrollment', writesPerApp: 1 } })
  await client.api(SETTINGS).patch({})
  t.match(await client.api(SETTINGS).patch({ syncStatus: 'failed' }), { syncStatus: 'failed' })
  t.strictSame(waits, [20_000])
})

t.test('503 as HTML: the outage ends while the client waits', async (t) => {
  const end = ({ call }: TestApp) => call('PATCH', `${TENANT}/state`, { body: { condition: null } })
  const { client, attempts } = await retrying(t, { condition: 'unavailable' }, end)
  t.match(await client.api(SETTINGS).patch({ syncStatus: 'failed' }), { syncStatus: 'failed' })
  t.strictSame(attempts, [null, '1'])
})

t.test('503 as HTML that does not end', async (t) => {
  const { client, attempts } = await retrying(t, { condition: 'unavailable' })
  const outcome: unknown = await client
    .api(SETTINGS)
    .get()
    .catch((error: unknown) => error)
  t.match(outcome, { statusCode: 503 })
  t.strictSame(attempts, [null, '1', '2', '3'])
})
