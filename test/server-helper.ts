import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { request as httpsRequest, type RequestOptions } from 'node:https'
import { once } from 'node:events'
import { connect, type AddressInfo, type Socket } from 'node:net'
import type { Test } from 'tap'
import { GRACE } from '../src/http/grace.js'
import { createLog } from '../src/lib/log.js'
import type { LogLevel } from '../src/lib/log-levels.js'
import { startServer, type Server } from '../src/server.js'
import { testOptions, type TestOptions } from './helper.js'

export interface StartedServer {
  readonly server: Server
  readonly port: number
  readonly url: string
  /** The certificate to trust. */
  readonly ca: string
  /** Log lines so far, parsed. */
  readonly lines: Record<string, unknown>[]
}

/** A fresh server on a free port, for tests that are about sockets. */
export async function startTestServer(
  t: Test,
  options: TestOptions = {},
  level: LogLevel = 'info'
): Promise<StartedServer> {
  const lines: Record<string, unknown>[] = []
  const log = createLog(level, { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) })
  const server = await startServer(testOptions({ port: 0, ...options }), { log, requestLevel: 'debug' })
  t.teardown(() => server.close())
  const { certificates } = server.mock
  return {
    server,
    port: portOf(server),
    url: server.url,
    ca: certificates.enabled ? await certificates.trusted() : '',
    lines
  }
}

export function portOf({ app }: Server): number {
  return (app.server.address() as AddressInfo).port
}

/** Closes a server whose deadline for what is in flight never comes, so that nothing but its own doing ends what lasts. */
export async function closeWithoutDeadline(close: () => Promise<unknown>): Promise<void> {
  const { setTimeout } = globalThis
  const patient = (run: () => void, ms?: number) => setTimeout(run, ms === GRACE ? 2 ** 31 - 1 : ms)
  globalThis.setTimeout = patient as typeof setTimeout
  try {
    await close()
  } finally {
    globalThis.setTimeout = setTimeout
  }
}

/** What a server answers to bytes, until it closes the connection. */
export async function say(port: number, bytes: string | Uint8Array): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.end(bytes)
  return readAll(socket)
}

/** All that still comes over a connection. */
export async function readAll(socket: Socket): Promise<string> {
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  await once(socket, 'close')
  return text
}

export interface TestAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** One request by Node's own client; `secure` chooses https. Rejects with the client's error. */
export function ask(
  options: RequestOptions & { readonly secure?: boolean; readonly body?: string }
): Promise<TestAnswer> {
  return new Promise((resolve, reject) => {
    const { secure = true, body, ...request } = options
    const send = secure ? httpsRequest : httpRequest
    const outgoing = send({ host: '127.0.0.1', agent: false, ...request }, (incoming) => {
      let text = ''
      incoming.setEncoding('utf8').on('data', (part: string) => (text += part))
      incoming.on('error', reject).on('end', () => {
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text })
      })
    })
    outgoing.on('error', reject).end(body)
  })
}
