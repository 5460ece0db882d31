// 200 tenants, each with a client of its own on sockets, all at once: what each sees is what it did itself.
import { Agent, request } from 'node:http'
import fc from 'fast-check'
import t from 'tap'
import { SETTINGS } from '../helper.js'
import { startTestServer } from '../server-helper.js'

const TENANTS = 200
const STEPS = 6
const SYNC_MS = 500
const LOCK_MS = 600_000

interface Model {
  status: string
  lastSync: number | undefined
  lastAction: number | undefined
  endsAt: number | undefined
  condition: string | null
  /** The clock stands still, so that the model knows the time. */
  now: number
  /** How often a PATCH is still to fail. */
  failures: number
}

/** What a tenant ought to be: written apart from the product, and the other way round: time is applied when it passes. */
class Expected {
  readonly #base: number
  #at: Model
  #snapshot: Model | undefined
  requests = 0

  constructor(base: number) {
    this.#base = base
    this.#at = this.#fresh()
  }

  get seen(): { syncStatus: string; lastSyncDateTime: string } {
    const { status, lastSync } = this.#at
    return { syncStatus: status, lastSyncDateTime: lastSync === undefined ? '0001-01-01T00:00:00Z' : instant(lastSync) }
  }

  get now(): string {
    return new Date(this.#at.now).toISOString()
  }

  get condition(): string | null {
    return this.#at.condition
  }

  set condition(condition: string | null) {
    this.#at.condition = condition
  }

  get failures(): number {
    return this.#at.failures
  }

  get hasSnapshot(): boolean {
    return this.#snapshot !== undefined
  }

  advance(ms: number): void {
    this.#at.now += ms
    const { endsAt } = this.#at
    if (endsAt !== undefined && this.#at.now >= endsAt) {
      Object.assign(this.#at, { status: 'completed', lastSync: endsAt, endsAt: undefined })
    }
  }

  patch(status: string): number {
    if (this.#at.failures > 0) {
      this.#at.failures--
      return 502
    }
    if (this.#refusal !== undefined) return this.#refusal
    Object.assign(this.#at, { status, endsAt: undefined })
    return 200
  }

  sync(): number {
    const { endsAt, lastAction, now } = this.#at
    if (this.#refusal !== undefined) return this.#refusal
    if (endsAt !== undefined) return 409
    if (lastAction !== undefined && now < lastAction + LOCK_MS) return 429
    Object.assign(this.#at, { status: 'inProgress', lastAction: now, endsAt: now + SYNC_MS })
    return 204
  }

  fail(): void {
    this.#at.failures++
  }

  snapshot(): void {
    this.#snapshot = { ...this.#at }
  }

  restore(): void {
    if (this.#snapshot) this.#at = { ...this.#snapshot }
  }

  reset(): void {
    this.#at = this.#fresh()
    this.requests = 0
  }

  forget(): void {
    this.reset()
    this.#snapshot = undefined
  }

  get #refusal(): number | undefined {
    return { readOnly: 503, noRole: 403 }[this.#at.condition ?? '']
  }

  #fresh(): Model {
    return {
      status: 'unknown',
      lastSync: undefined,
      lastAction: undefined,
      endsAt: undefined,
      condition: null,
      now: this.#base,
      failures: 0
    }
  }
}

/** As Intune writes dates. */
function instant(ms: number): string {
  return new Date(ms).toISOString().replace(/\.?0+Z$/, 'Z')
}

interface Client {
  readonly graph: (method: string, path: string, body?: object) => Promise<Seen>
  readonly control: (method: string, path: string, body?: object) => Promise<Seen>
}

interface Seen {
  readonly status: number
  readonly body: Record<string, unknown>
}

type Step = (client: Client, expected: Expected) => Promise<[what: string, seen: unknown, wanted: unknown]>

const status = fc.constantFrom('unknown', 'inProgress', 'completed', 'failed')

/** What a client may do, each with what it must see then. Another part of a tenant is one more entry. */
const steps: fc.Arbitrary<Step>[] = [
  status.map((value): Step => async ({ graph }, expected) => {
    const wanted = expected.patch(value)
    return ['PATCH', (await graph('PATCH', '', { syncStatus: value })).status, wanted]
  }),
  fc.constant<Step>(async ({ graph }, expected) => {
    const { syncStatus, lastSyncDateTime, error } = (await graph('GET', '')).body
    if (expected.condition === 'noRole') return ['GET refused', (error as { code: string }).code, 'Forbidden']
    return ['GET', { syncStatus, lastSyncDateTime }, expected.seen]
  }),
  fc.constant<Step>(async ({ graph }, expected) => {
    const wanted = expected.sync()
    return ['sync', (await graph('POST', '/sync')).status, wanted]
  }),
  fc.constantFrom(200, 60_000, LOCK_MS).map((ms): Step => async ({ control }, expected) => {
    expected.advance(ms)
    const { now } = (await control('POST', '/clock', { advance: `PT${ms / 1000}S` })).body
    return ['clock', now, expected.now]
  }),
  fc.constantFrom(null, 'readOnly', 'noRole').map((condition): Step => async ({ control }, expected) => {
    expected.condition = condition
    return ['condition', (await control('PATCH', '/state', { condition })).body['condition'], condition]
  }),
  fc.constant<Step>(async ({ control }, expected) => {
    const wanted = expected.hasSnapshot ? 200 : 201
    expected.snapshot()
    return ['snapshot', (await control('PUT', '/snapshots/s')).status, wanted]
  }),
  fc.constant<Step>(async ({ control }, expected) => {
    expected.restore()
    return ['restore', (await control('POST', '/snapshots/s/restore')).status, expected.hasSnapshot ? 204 : 404]
  }),
  fc.constantFrom('reset' as const, 'forget' as const).map((kind): Step => async (client, expected) => {
    expected[kind]()
    await (kind === 'reset' ? client.control('POST', '/reset') : client.control('DELETE', ''))
    return [kind, (await freeze(client, expected)).body['now'], expected.now]
  }),
  fc.constant<Step>(async ({ control }, expected) => {
    expected.fail()
    const rule = { match: { method: 'PATCH' }, times: 1, respond: { status: 502 } }
    return ['fault', (await control('POST', '/faults', rule)).status, 201]
  }),
  fc.constant<Step>(async ({ control }, expected) => {
    return ['journal', (await control('GET', '/requests/count')).body['count'], expected.requests]
  })
]

function freeze({ control }: Client, expected: Expected): Promise<Seen> {
  return control('POST', '/clock', { freeze: true, set: expected.now })
}

t.test(`${TENANTS} tenants at once never see each other`, async (t) => {
  const { server, port } = await startTestServer(t)
  const { mock } = server
  const agent = new Agent({ keepAlive: true, maxSockets: 100 })
  t.teardown(() => {
    agent.destroy()
  })

  function send(method: string, path: string, token?: string, body?: object): Promise<Seen> {
    return new Promise((resolve, reject) => {
      const headers = {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' })
      }
      const outgoing = request({ host: '127.0.0.1', port, method, path, headers, agent }, (incoming) => {
        let text = ''
        incoming.setEncoding('utf8').on('data', (part: string) => (text += part))
        incoming.on('end', () => {
          const isJson = incoming.headers['content-type']?.includes('json')
          const value = isJson ? (JSON.parse(text) as Record<string, unknown>) : {}
          resolve({ status: incoming.statusCode ?? 0, body: value })
        })
      })
      outgoing.on('error', reject).end(body && JSON.stringify(body))
    })
  }

  /** Does the steps of one tenant; gives what it saw that it should not have seen. */
  async function live(at: number, own: readonly Step[]): Promise<string[]> {
    const id = mock.random.uuid()
    const { access_token: token } = await mock.mintToken({ tenantId: id })
    // Tokens of now are good for an hour, and steps put a clock forward by an hour at most.
    const expected = new Expected(Math.floor(Date.now() / 1000) * 1000 + at)
    const client: Client = {
      graph: (method, path, body) => {
        expected.requests++
        return send(method, SETTINGS + path, token, body)
      },
      control: (method, path, body) => send(method, `/_mock/tenants/${id}${path}`, undefined, body)
    }
    const done: string[] = []
    const wrong: string[] = []
    await freeze(client, expected)
    for (const step of own) {
      const [what, seen, wanted] = await step(client, expected)
      done.push(what)
      if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
        wrong.push(`${done.join(', ')}: ${JSON.stringify({ seen, wanted })}`)
      }
    }
    accounts.add((mock.tenants.stateOf(id)['windowsAutopilotSettings'] as { id: string }).id)
    return wrong
  }

  const accounts = new Set<string>()
  const lives = fc.array(fc.array(fc.oneof(...steps), { minLength: STEPS, maxLength: STEPS }), {
    minLength: TENANTS,
    maxLength: TENANTS
  })
  // Nothing is shrunk: which tenant meets which is another matter at the next run.
  const [all = []] = fc.sample(lives, 1)
  const wrong = await Promise.all(all.map((own, at) => live(at, own)))
  t.strictSame(wrong.flat(), [])
  t.equal(mock.tenants.list().length, TENANTS)
  t.equal(accounts.size, TENANTS, 'each has an Autopilot account of its own')
})
