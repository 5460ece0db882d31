// Every way into the server, every fault that breaks a connection, with and without a delay, on real sockets.
import { once } from 'node:events'
import { connect, Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import t, { type Test } from 'tap'
import { SuspendedRequests, MAX_SUSPENDED } from '../../src/faults/suspended-requests.js'
import { connectionFaults, type ConnectionFault, type FaultRule } from '../../src/faults/rule.js'
import { startGraphMock } from '../../src/index.js'
import { PAGE, SETTINGS, until } from '../helper.js'
import { ask, startTestServer, type StartedServer } from '../server-helper.js'

const TUNNEL = 'CONNECT graph.microsoft.com:443 HTTP/1.1\r\nHost: graph.microsoft.com:443\r\n\r\n'
const ESTABLISHED = 'HTTP/1.1 200 Connection Established\r\n\r\n'

/** What a client sees of a connection that it has sent a request over. */
interface Seen {
  readonly bytes: string
  /** `open` while the server has not ended it. */
  readonly end: 'reset' | 'closed' | 'open'
}

async function plain(t: Test, { port }: StartedServer): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  t.teardown(() => socket.destroy())
  await once(socket, 'connect')
  return socket
}

async function secured(t: Test, ca: string, socket: Socket, servername: string): Promise<TLSSocket> {
  const secure = connectTls({ socket, ca, servername })
  t.teardown(() => secure.destroy())
  await once(secure, 'secureConnect')
  return secure
}

async function tunnelled(socket: Socket): Promise<Socket> {
  socket.write(TUNNEL)
  const [answer] = (await once(socket, 'data')) as [Buffer]
  if (answer.toString() !== ESTABLISHED) throw new Error(`the proxy answered ${answer.toString()}`)
  return socket
}

const ways: Readonly<Record<string, (t: Test, server: StartedServer) => Promise<Socket>>> = {
  http: plain,
  https: async (t, server) => secured(t, server.ca, await plain(t, server), 'localhost'),
  'CONNECT, then http': async (t, server) => tunnelled(await plain(t, server)),
  'CONNECT, then https': async (t, server) =>
    secured(t, server.ca, await tunnelled(await plain(t, server)), 'graph.microsoft.com'),
  'CONNECT to an https proxy, then http': async (t, server) =>
    tunnelled(await secured(t, server.ca, await plain(t, server), 'localhost')),
  'CONNECT to an https proxy, then https': async (t, server) => {
    const outer = await secured(t, server.ca, await plain(t, server), 'localhost')
    return secured(t, server.ca, await tunnelled(outer), 'graph.microsoft.com')
  }
}

/**
 * Has a first request answered, so that nothing is left to be read: Node tells a reset that comes together with data, such
 * as the tickets of TLS, as an end.
 */
async function used(socket: Socket): Promise<Socket> {
  socket.write('GET /_mock/health HTTP/1.1\r\nHost: localhost\r\n\r\n')
  let answer = ''
  const read = (chunk: Buffer) => (answer += chunk.toString())
  socket.on('data', read)
  while (!answer.endsWith('}')) await once(socket, 'data')
  socket.off('data', read)
  return socket
}

function send(socket: Socket, method: string, body = '', token = 'readwrite'): void {
  const length = body === '' ? '' : `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`
  socket.write(
    `${method} ${SETTINGS} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n${length}\r\n${body}`
  )
}

const target = ({ port }: StartedServer) => ({
  port,
  secure: false,
  path: SETTINGS,
  headers: { authorization: 'Bearer readwrite' }
})

/** What comes until the server ends the connection; `asLongAs` ends it sooner. */
async function seenOf(socket: Socket, asLongAs?: Promise<unknown>): Promise<Seen> {
  let bytes = ''
  let end: Seen['end'] = 'open'
  socket.on('data', (chunk: Buffer) => (bytes += chunk.toString()))
  const over = new Promise<void>((resolve) => {
    socket
      .on('end', () => {
        if (end === 'open') end = 'closed'
      })
      .on('error', ({ code }: NodeJS.ErrnoException) => {
        end = code === 'ECONNRESET' ? 'reset' : end
      })
      .on('close', resolve)
  })
  await (asLongAs ? Promise.race([over, asLongAs]) : over)
  return { bytes, end }
}

const expected: Readonly<Record<Exclude<ConnectionFault, 'hang'>, object>> = {
  reset: { bytes: '', end: 'reset' },
  empty: { bytes: '', end: 'closed' },
  truncate: { bytes: /^HTTP\/1\.1 200 OK\r\n.*\r\n\r\n\{"@odata\.type"/s, end: 'closed' }
}

for (const [way, open] of Object.entries(ways)) {
  t.test(way, async (t) => {
    const server = await startTestServer(t)
    const { mock } = server.server
    const { faults, tenants, journal } = mock
    const answers = async () => {
      const socket = await plain(t, server)
      send(socket, 'GET')
      const [answer] = (await once(socket, 'data')) as [Buffer]
      t.match(answer.toString(), /^HTTP\/1\.1 200 /, 'the server goes on')
    }
    /** Each gives the token that meets the rule. */
    const scopes: Readonly<Record<string, (rule: FaultRule) => Promise<string> | string>> = {
      'of all tenants': (rule) => {
        faults.add(undefined, rule)
        return 'readwrite'
      },
      'of the tenant': (rule) => {
        faults.add(tenants.defaultId, rule)
        return 'readwrite'
      },
      'of the tenant, after a delay for all': (rule) => {
        faults.add(undefined, { times: 1, delay: { ms: 5 } })
        faults.add(tenants.defaultId, rule)
        return 'readwrite'
      },
      'that the token carries': async (rule) => (await mock.mintToken({ faults: [rule] })).access_token
    }
    for (const [scope, add] of Object.entries(scopes)) {
      for (const delay of [{}, { delay: { ms: 5 } }]) {
        for (const connection of connectionFaults) {
          const rule: FaultRule = { times: 1, connection, ...delay }
          await t.test(`${JSON.stringify(rule)} ${scope}`, async (t) => {
            const token = await add(rule)
            const socket = await used(await open(t, server))
            send(socket, 'PATCH', JSON.stringify(PAGE.request), token)
            if (connection === 'hang') {
              await until(() => journal.list(undefined).requests.at(-1)?.fault?.effect === 'hang')
              t.strictSame(await seenOf(socket, answers()), { bytes: '', end: 'open' })
              socket.destroy()
            } else {
              const seen = await seenOf(socket)
              t.match(seen, expected[connection])
              const [, body = ''] = seen.bytes.split('\r\n\r\n')
              if (connection === 'truncate') t.ok(body.length < Number(/content-length: (\d+)/.exec(seen.bytes)?.[1]))
              await answers()
            }
          })
        }
      }
    }
    await t.test('a server that closes ends what hangs', async (t) => {
      faults.add(undefined, { connection: 'hang' })
      const socket = await open(t, server)
      send(socket, 'GET')
      const seen = seenOf(socket)
      await until(() => faults.list(undefined).at(-1)?.fired === 1)
      await server.server.close()
      t.match(await seen, { bytes: '' })
    })
  })
}

t.test('answers to requests that were sent before go first', async (t) => {
  const server = await startTestServer(t)
  const { faults } = server.server.mock
  for (const connection of connectionFaults) {
    await t.test(connection, async (t) => {
      faults.clear(undefined)
      // The one delays the first request, so that the others are through before it; the other is about the second.
      faults.add(undefined, { times: 1, delay: { ms: 30 } })
      faults.add(undefined, { times: 1, after: 1, connection })
      const socket = await plain(t, server)
      for (let count = 0; count < 3; count++) send(socket, 'GET')
      const first = once(socket, 'data')
      const { bytes } = await seenOf(
        socket,
        connection === 'hang' ? first.then(() => new Promise(setImmediate)) : undefined
      )
      const answers = bytes.match(/HTTP\/1\.1 200 /g)?.length
      t.equal(answers, connection === 'truncate' ? 2 : 1)
    })
  }
})

t.test('a request waits at once with 999 others, not with more', async (t) => {
  const server = await startTestServer(t)
  const { mock } = server.server
  const fired = () => mock.faults.list(undefined).reduce((sum, record) => sum + record.fired, 0)
  mock.faults.add(undefined, { match: { method: 'GET' }, connection: 'hang' })
  mock.faults.add(undefined, { match: { method: 'HEAD' }, delay: { ms: 1 } })
  mock.faults.add(undefined, { match: { method: 'POST' }, connection: 'reset' })
  const waiting = await plain(t, server)
  for (let count = 0; count < MAX_SUSPENDED; count++) send(waiting, 'GET')
  await until(() => fired() >= MAX_SUSPENDED)
  for (const method of ['GET', 'HEAD']) {
    const { status, headers, body } = await ask({ ...target(server), method })
    t.equal(status, 429, method)
    t.match(headers['x-mock-reason'], /suspend 1000 requests already/)
    if (method === 'GET') {
      t.match(JSON.parse(body), { error: { code: 'TooManyRequests', message: 'Too many requests.' } })
    }
  }
  await t.rejects(ask({ ...target(server), method: 'POST' }), { code: 'ECONNRESET' }, 'what does not wait is done')
  const gone = mock.journal.list(undefined).requests.length
  t.ok(gone > 0)
  waiting.destroy()
  await until(() => !mock.journal.list(undefined).requests.some(({ outcome }) => outcome === 'pending'))
  t.equal((await ask({ ...target(server), method: 'HEAD' })).status, 200, 'those that left make room')
})

t.test('what waits', async (t) => {
  const held = new SuspendedRequests()
  const calls: string[] = []
  const left = new Socket().destroy()
  held.hang(left)
  held.delay(left, 0, () => calls.push('of one that had left'))
  t.equal(held.count, 0, 'a client that has left already is not waited for')
  const socket = new Socket()
  held.delay(socket, 2 ** 40, () => calls.push('sooner than asked for'))
  t.equal(held.count, 1)
  await new Promise<void>((resolve) => {
    held.delay(socket, 2, resolve)
  })
  t.strictSame([held.count, calls], [1, []])
  socket.emit('close')
  t.equal(held.count, 0)
})

t.test('in process', async (t) => {
  const reasons = {
    reset: { message: 'fetch failed', cause: { code: 'ECONNRESET' } },
    empty: { message: 'fetch failed', cause: { code: 'UND_ERR_SOCKET' } },
    truncate: { message: 'terminated', cause: { code: 'UND_ERR_SOCKET' } }
  }
  await using mock = await startGraphMock({ logLevel: 'silent' })
  const tenant = mock.tenant()
  const authorization = `Bearer ${await tenant.token()}`
  const get = async (signal?: AbortSignal) => {
    const answer = await mock.fetch(SETTINGS, { headers: { authorization }, ...(signal && { signal }) })
    return answer.text()
  }
  for (const delay of [{}, { delay: { ms: 5 } }]) {
    for (const connection of connectionFaults) {
      const rule: FaultRule = { times: 1, connection, ...delay }
      tenant.faults.add(rule)
      if (connection === 'hang') {
        const abort = new AbortController()
        const hanging = get(abort.signal)
        await until(() => tenant.faults.list().at(-1)?.fired === 1)
        abort.abort()
        await t.rejects(hanging, { name: 'AbortError' }, JSON.stringify(rule))
      } else await t.rejects(get(), reasons[connection], JSON.stringify(rule))
      t.match(await get(), /"syncStatus"/, 'the mock goes on')
    }
  }
})
