import { fileURLToPath } from 'node:url'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import { buildApp } from '../src/app.js'
import { createLog } from '../src/lib/log.js'
import type { TokenRequest } from '../src/identity/token-request.js'
import type { LogLevel } from '../src/lib/log-levels.js'
import { createMock, type Mock } from '../src/mock.js'
import { withDefaults, type Options } from '../src/options.js'
import { holdToSchemas } from './control/answers.js'

/** What Graph demands of a new group. */
export const GROUP = { displayName: 'Pilots', mailEnabled: false, mailNickname: 'pilots', securityEnabled: true }
export const SETTINGS = '/beta/deviceManagement/windowsAutopilotSettings'
export const DEFAULT_TENANT = 'aaaabbbb-0000-cccc-1111-dddd2222eeee'

/** Signs in every app whose test is not about keys: making one takes longer than most tests. */
export const SIGNING_KEY = fileURLToPath(new URL('signing-key.pem', import.meta.url))

/** The request and the response of the API page. */
export const PAGE = {
  request: {
    lastSyncDateTime: '2017-01-01T00:02:49.3205976-08:00',
    lastManualSyncTriggerDateTime: '2016-12-31T23:57:54.7364636-08:00',
    syncStatus: 'inProgress'
  },
  response: {
    '@odata.type': '#microsoft.graph.windowsAutopilotSettings',
    id: '08c16770-6770-08c1-7067-c1087067c108',
    lastSyncDateTime: '2017-01-01T00:02:49.3205976-08:00',
    lastManualSyncTriggerDateTime: '2016-12-31T23:57:54.7364636-08:00',
    syncStatus: 'inProgress'
  }
}

export interface Caller {
  /** A request with a bearer token, of the default fixture unless another is given. */
  readonly call: (method: string, url: string, options?: CallOptions) => Promise<LightMyRequestResponse>
}

export interface TestApp extends Caller {
  readonly app: FastifyInstance
  readonly mock: Mock
  /** Log lines so far, parsed. */
  readonly lines: Record<string, unknown>[]
}

export interface CallOptions {
  /** `null` sends no Authorization header. */
  readonly token?: string | null
  /** An object is sent as JSON, a string or a buffer as it is. */
  readonly body?: unknown
  /** `null` takes back what is sent otherwise. */
  readonly headers?: Record<string, string | null>
}

/** `signingKey: undefined` has the app make its own. */
export type TestOptions = Omit<Partial<Options>, 'signingKey'> & { readonly signingKey?: string | undefined }

export function testOptions(options: TestOptions): Options {
  return withDefaults({ signingKey: SIGNING_KEY, ...options } as Partial<Options>)
}

/** A fresh app for one test, closed with it: the wiring that ships, without sockets. `parts` are those of `createMock`. */
export async function testApp(
  t: Test,
  options: TestOptions = {},
  now: () => number = Date.now,
  level: LogLevel = 'debug',
  parts: Parameters<typeof createMock>[3] = {}
): Promise<TestApp> {
  const lines: Record<string, unknown>[] = []
  const log = createLog(level, { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) })
  const mock = await createMock(testOptions(options), now, undefined, parts)
  const app = buildApp(mock, { log, requestLevel: 'debug' })
  holdToSchemas(app, t)
  t.teardown(() => app.close())
  await app.ready()
  return { app, mock, lines, call: callerOf(app) }
}

export interface FreshTenant extends Caller {
  readonly id: string
  readonly token: string
}

/** A tenant that nobody has used, with a token of its own: what a row needs of an app that it shares with other rows. */
export async function freshTenant(
  { mock, call }: Pick<TestApp, 'mock' | 'call'>,
  request: TokenRequest = {}
): Promise<FreshTenant> {
  const id = mock.random.uuid()
  const { access_token: token } = await mock.mintToken({ tenantId: id, ...request })
  return { id, token, call: (method, url, options) => call(method, url, { token, ...options }) }
}

/** Sends requests without sockets. */
function callerOf(app: FastifyInstance): Caller['call'] {
  return (method: string, url: string, { token = 'readwrite', body, headers = {} }: CallOptions = {}) => {
    const sent = Object.entries<string | null>({
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers
    }).filter(([, value]) => value !== null)
    return app.inject({
      method: method as 'GET',
      url,
      headers: Object.fromEntries(sent) as Record<string, string>,
      ...(body !== undefined && { payload: asPayload(body) })
    })
  }
}

function asPayload(body: unknown): string | Buffer {
  return typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)
}

/** Resolves once something holds that other turns of the event loop bring about. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(setImmediate)
}
