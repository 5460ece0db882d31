import { EventEmitter, once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { connect, createServer as createTcpServer, type Socket } from 'node:net'
import { PassThrough } from 'node:stream'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import t, { type Test } from 'tap'
import { buildApp } from '../../src/app.js'
import { listen } from '../../src/http/listen.js'
import { createLog } from '../../src/lib/log.js'
import { createMock } from '../../src/mock.js'
import { withDefaults } from '../../src/options.js'
import { startServer } from '../../src/server.js'
import { Certificates } from '../../src/tls/certificates.js'
import { startHandshakes } from '../../src/tls/handshakes.js'
import { explainFailure } from '../../src/tls/handshake-failure.js'
import { acceptConnections } from '../../src/tls/one-port.js'
import { answerConnect } from '../../src/tls/proxy.js'
import { refuseName } from '../../src/tls/refuse-name.js'
import { serveTls } from '../../src/tls/serve-tls.js'
import { DEFAULT_TENANT, PAGE, SETTINGS, testApp } from '../helper.js'
import { ask, portOf, startTestServer } from '../server-helper.js'

const READ = `GET ${SETTINGS} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer readwrite\r\n\r\n`
const bearer = { authorization: 'Bearer readwrite' }

/** A TCP connection that is open; closed with the test. */
async function open(t: Test, port: number, allowHalfOpen = false): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen })
  t.teardown(() => socket.destroy())
  await once(socket, 'connect')
  return socket
}

/** A TLS connection whose handshake is done; closed with the test. */
async function openTls(
  t: Test,
  port: number,
  ca: string,
  socket?: Socket,
  servername = 'localhost'
): Promise<TLSSocket> {
  const secure = connectTls({
    ...(socket ? { socket } : { host: '127.0.0.1', port }),
    ca,
    servername,
    ALPNProtocols: ['h2', 'http/1.1']
  })
  t.teardown(() => secure.destroy())
  await once(secure, 'secureConnect')
  return secure
}

/** What arrives until `end` stands in it, or until the other side closes. */
async function readUntil(socket: Socket, end?: string): Promise<string> {
  let text = ''
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    text += String(chunk)
    if (end !== undefined && text.includes(end)) break
  }
  return text
}

t.test('http and https answer on one port, each with URLs of its own', async (t) => {
  const { port, ca, server } = await startTestServer(t)
  t.match(server, {
    url: `http://127.0.0.1:${port}`,
    httpsUrl: `https://127.0.0.1:${port}`,
    authority: `https://127.0.0.1:${port}/${DEFAULT_TENANT}`
  })
  for (const secure of [true, false]) {
    const front = await ask({ port, ca, secure })
    t.match(JSON.parse(front.body), { links: { health: `http${secure ? 's' : ''}://127.0.0.1:${port}/_mock/health` } })
    const body = JSON.stringify(PAGE.request)
    const headers = { ...bearer, 'content-type': 'application/json' }
    const patch = await ask({ port, ca, secure, method: 'PATCH', path: SETTINGS, headers, body })
    t.strictSame([patch.status, JSON.parse(patch.body)], [200, PAGE.response])
    t.equal(patch.headers['strict-transport-security'], 'max-age=0', 'never forces https on a developer machine')
  }
})

t.test('ALPN settles on http/1.1, and a connection serves many requests', async (t) => {
  const { port, ca } = await startTestServer(t)
  const socket = await openTls(t, port, ca)
  t.equal(socket.alpnProtocol, 'http/1.1')
  for (let round = 0; round < 3; round++) {
    socket.write(READ)
    t.match(await readUntil(socket, '"unknown"}'), /^HTTP\/1\.1 200 OK/)
  }
})

t.test('bytes come as they like', async (t) => {
  const { port, ca } = await startTestServer(t)
  const plain = await open(t, port)
  plain.setNoDelay(true)
  for (const byte of READ) await new Promise((resolve) => plain.write(byte, resolve))
  t.match(await readUntil(plain, '"unknown"}'), /^HTTP\/1\.1 200/, 'one by one')

  const pipelined = await open(t, port)
  pipelined.write(READ + READ.replace('GET', 'HEAD') + READ.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'))
  t.equal((await readUntil(pipelined)).match(/HTTP\/1\.1 200 OK/g)?.length, 3, 'several requests at once')

  const halfClosed = await open(t, port, true)
  halfClosed.end(READ)
  t.match(await readUntil(halfClosed), /^HTTP\/1\.1 200/, 'with an end right behind')

  const large = await open(t, port)
  const filler = `{"x":"${'x'.repeat(300_000)}"}`
  const head = READ.replace('GET', 'PATCH').replace('\r\n\r\n', '\r\nContent-Type: application/json\r\n')
  large.write(`${head}Content-Length: ${filler.length}\r\n\r\n${filler}`)
  t.match(await readUntil(large, '}}'), /^HTTP\/1\.1 400/, 'more than a buffer holds')

  const secure = await openTls(t, port, ca)
  secure.write('nonsense\r\n\r\n')
  const refused = await readUntil(secure)
  t.match(refused, /^HTTP\/1\.1 400/)
  t.match(refused, /"message":"Request type is not supported\."/, 'the same Graph error as over plain http')
})

t.test('names that get no certificate get the alert unrecognized_name and leave a line', async (t) => {
  const { port, ca, lines } = await startTestServer(t)
  for (const servername of ['example.com', 'graph.microsoft.com.evil.test', 'login.microsoft.com']) {
    await t.rejects(ask({ port, ca, servername }), { message: /tlsv1 unrecognized name/ }, servername)
    t.match(lines.pop(), {
      name: servername,
      reason: `There is no certificate for ${servername}; start with --tls-name ${servername} to get one.`,
      msg: 'TLS connection refused'
    })
  }
  t.strictSame(lines, [])
  refuseName(undefined, (error) => t.equal(error.message, 'unrecognized name', 'a connection that is gone already'))
})

t.test('a client that does not trust the certificate leaves a line; one that just goes does not', async (t) => {
  const { port, lines } = await startTestServer(t)
  const gone = await open(t, port)
  gone.end(Buffer.from([0x16, 3, 1]))
  await once(gone.resume(), 'close')
  t.strictSame(lines, [])
  const broken = await open(t, port)
  broken.write(Buffer.from([0x16, 3, 1, 0, 4, 9, 9, 9, 9]))
  await once(broken.resume(), 'close')
  t.match(lines, [{ reason: /\(ERR_SSL_\w+\)$/, msg: 'TLS connection failed' }])

  const failures: [string, boolean, string | undefined][] = [
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', true, 'what GET /_mock/ca.pem answers'],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN', true, 'what GET /_mock/ca.pem answers'],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', false, 'the authority of the certificate of --tls-cert'],
    ['ECONNRESET', true, undefined]
  ]
  for (const [code, issuing, trust] of failures) {
    const expected = trust && `The client does not trust the certificate; it has to trust ${trust}.`
    t.equal(explainFailure(Object.assign(new Error('x'), { code }), issuing), expected, code)
  }
  t.equal(explainFailure(new Error('x'), true), undefined)
})

t.test('a close waits for requests only', async (t) => {
  const { port, ca, server } = await startTestServer(t)
  const silent = await open(t, port)
  const begun = await open(t, port)
  begun.write(Buffer.from([0x16, 3, 1, 2]))
  const handshaken = await openTls(t, port, ca)
  const idle = await openTls(t, port, ca)
  idle.write(READ)
  await readUntil(idle, '"unknown"}')
  const closes = [silent, begun, handshaken, idle].map((socket) =>
    once(socket.on('error', () => undefined).resume(), 'close')
  )
  const busy = await openTls(t, port, ca)
  busy.write(
    `PATCH ${READ.slice(4).replace('\r\n\r\n', '\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{')}`
  )
  // The server has read it once it answers what was sent after it.
  await ask({ port, ca })
  const closed = server.close()
  await Promise.all(closes)
  t.pass('idle connections are gone at once')
  busy.write('}')
  t.match(await readUntil(busy), /^HTTP\/1\.1 200/, 'the request in flight is answered')
  await closed
})

t.test('connections that never speak', async (t) => {
  const http = createServer({ headersTimeout: 20, connectionsCheckingInterval: 1_000_000 })
  const onePort = acceptConnections(http, undefined)
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  t.teardown(() => http.close())
  const { port } = http.address() as { port: number }
  const slow = await open(t, port)
  await once(slow.resume(), 'close')
  t.pass('are cut when headers would be overdue')
  const ended = await open(t, port)
  ended.end()
  await once(ended.resume(), 'close')
  t.pass('are cut when the client ends them')
  onePort.close()
  const late = await open(t, port)
  await once(late.on('error', () => undefined).resume(), 'close')
  t.pass('are cut when they come while the server closes')
})

t.test('certificates that cannot be made', async (t) => {
  let issued = 0
  class Failing extends Certificates {
    override issue(names: readonly string[]) {
      return issued++ === limit ? Promise.reject(new Error('no entropy')) : super.issue(names)
    }
  }
  let limit = 0
  for (limit of [0, 1]) {
    issued = 0
    const lines: string[] = []
    const log = createLog('info', { write: (line) => void lines.push(line) })
    const options = withDefaults({})
    const mock = { ...(await createMock(options)), certificates: new Failing(options) }
    const app = buildApp(mock, { log, requestLevel: 'debug' })
    t.teardown(() => app.close())
    serveTls(app.server, mock.certificates, log)
    await app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = app.server.address() as { port: number }
    await t.rejects(ask({ port, servername: 'localhost' }), { code: 'ECONNRESET' }, 'the client is not left waiting')
    t.match(lines, [/no entropy.*no certificate can be made/])
    const ca = await mock.certificates.trusted()
    t.equal(
      (await ask({ port, ca, servername: 'localhost', path: '/_mock/health' })).status,
      200,
      'the next one is made'
    )
    t.equal((await ask({ port, secure: false, path: '/_mock/health' })).status, 200, 'http goes on')
  }
})

t.test('a client that goes while keys are made', async (t) => {
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  class Slow extends Certificates {
    override own() {
      return held.then(() => super.own())
    }
  }
  const options = withDefaults({})
  const appLog = { log: createLog('silent', process.stderr), requestLevel: 'debug' as const }
  const mock = { ...(await createMock(options)), certificates: new Slow(options) }
  const app = buildApp(mock, appLog)
  t.teardown(() => app.close())
  serveTls(app.server, mock.certificates, appLog.log)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as { port: number }
  const waiting = once(app.server, 'connection') as Promise<[Socket]>
  const client = await open(t, port)
  const [onServer] = await waiting
  client.write(Buffer.from([0x16, 3, 1]))
  await once(onServer, 'pause')
  client.resetAndDestroy()
  onServer.destroy()
  release()
  await once(onServer, 'close')
  t.equal((await ask({ port, secure: false, path: '/_mock/health' })).status, 200)
})

t.test('a client that goes as soon as the handshake is done', async (t) => {
  const certificates = new Certificates(withDefaults({}))
  const handshake = await startHandshakes(certificates, createLog('silent', process.stderr), 1000)
  let secured = 0
  const tcp = createTcpServer((socket) => {
    // Stands for an address that is gone when it is looked up again.
    Object.defineProperty(socket, 'remotePort', { value: 0 })
    void handshake(
      socket.on('error', () => undefined),
      () => secured++
    )
  })
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve))
  t.teardown(() => tcp.close())
  const { port } = tcp.address() as { port: number }
  const client = connectTls({ port, host: '127.0.0.1', ca: await certificates.trusted() }).on('error', () => undefined)
  await once(client.resume(), 'close')
  t.equal(secured, 0, 'it is let go')
})

t.test('as a proxy', async (t) => {
  const { port, ca, lines } = await startTestServer(t)
  const connectTo = (target: string) => `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`

  for (const target of ['graph.microsoft.com:443', 'LOGIN.microsoftonline.com:443']) {
    await t.test(`it stands for ${target}`, async (t) => {
      const tunnel = await open(t, port)
      tunnel.write(connectTo(target))
      t.equal(await readUntil(tunnel, '\r\n\r\n'), 'HTTP/1.1 200 Connection Established\r\n\r\n')
      const [host = ''] = target.toLowerCase().split(':')
      const secure = await openTls(t, port, ca, tunnel, host)
      secure.write(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
      t.match(await readUntil(secure), `"health":"https://${host}/_mock/health"`, 'URLs in answers are of that host')
    })
  }

  await t.test('TLS may come right behind CONNECT, and within TLS', async (t) => {
    const outer = await openTls(t, port, ca)
    outer.write(connectTo('graph.microsoft.com:443'))
    await readUntil(outer, '\r\n\r\n')
    const inner = await openTls(t, port, ca, outer, 'graph.microsoft.com')
    inner.write(READ)
    t.match(await readUntil(inner, '"unknown"}'), /^HTTP\/1\.1 200/)

    const eager = await open(t, port)
    eager.write(connectTo('graph.microsoft.com:443') + READ)
    t.match(await readUntil(eager, '"unknown"}'), /^HTTP\/1\.1 200 Connection Established\r\n\r\nHTTP\/1\.1 200 OK/)
  })

  await t.test('layers do not add up: each takes stack, so many would end the process', async (t) => {
    const outer = await openTls(t, port, ca)
    outer.write(Buffer.from([0x16, 3, 1, 0, 1]))
    t.match(await readUntil(outer), /^HTTP\/1\.1 400 /, 'TLS right within TLS is no HTTP')

    const proxy = await openTls(t, port, ca)
    proxy.write(connectTo('graph.microsoft.com:443'))
    await readUntil(proxy, '\r\n\r\n')
    const inner = await openTls(t, port, ca, proxy, 'graph.microsoft.com')
    inner.write(connectTo('graph.microsoft.com:443'))
    t.match(
      await readUntil(inner),
      /^HTTP\/1\.1 403 Forbidden\r\nx-mock-reason: This connection is a tunnel already\.\r\n/
    )
    t.match(lines.at(-1), { method: 'CONNECT', status: 403, reason: 'This connection is a tunnel already.' })
  })

  for (const target of ['example.com:443', 'graph.microsoft.com:80', 'graph.microsoft.com', 'elsewhere.example:443']) {
    await t.test(`it refuses ${target}`, async (t) => {
      const socket = await open(t, port)
      socket.write(connectTo(target))
      const answer = await readUntil(socket)
      const reason = `As a proxy this server stands for graph.microsoft.com:443 and login.microsoftonline.com:443 only, not for ${target}.`
      t.match(answer, /^HTTP\/1\.1 403 Forbidden\r\n/)
      t.match(answer, `x-mock-reason: ${reason}\r\n`)
      t.match(answer, new RegExp(`\\r\\n\\r\\n${reason}\\n$`))
      t.match(lines.pop(), { method: 'CONNECT', path: target, status: 403, reason, msg: 'refused' })
    })
  }

  t.test('a client that goes before it is refused', (t) => {
    const [proxy, socket] = [new EventEmitter(), new PassThrough()]
    answerConnect(proxy as unknown as Server, undefined, createLog('silent', process.stderr))
    proxy.emit('connect', { url: 'example.com:443' }, socket, Buffer.alloc(0))
    socket.emit('error', new Error('read ECONNRESET'))
    t.ok(socket.destroyed)
    t.end()
  })

  await t.test('it needs TLS', async (t) => {
    const { port, server } = await startTestServer(t, { tls: 'off' })
    t.match(server, { httpsUrl: null, authority: null })
    const socket = await open(t, port)
    socket.write(connectTo('graph.microsoft.com:443'))
    t.match(await readUntil(socket), /^HTTP\/1\.1 403.*TLS is off \(--tls off\)/s)
    await t.rejects(ask({ port }), { code: 'EPROTO' })
  })
})

t.test('GET /_mock/ca.pem', async (t) => {
  const { call, mock } = await testApp(t)
  const answer = await call('GET', '/_mock/ca.pem', { token: null })
  t.match(answer, { statusCode: 200, headers: { 'content-type': 'application/x-pem-file' } })
  t.equal(answer.body, await mock.certificates.trusted())
  const off = await testApp(t, { tls: 'off' })
  t.match((await off.call('GET', '/_mock/ca.pem')).json(), {
    status: 404,
    detail: 'There is no certificate authority: TLS is off (--tls off).'
  })
  await t.rejects(off.mock.certificates.trusted(), {
    message: 'there is nothing to trust for https: TLS is off (--tls off)',
    exitCode: 2
  })
})

t.test('addresses', async (t) => {
  const cases: [string, string | null, Parameters<typeof startTestServer>[1]][] = [
    ['http://mock.test:8080', 'https://mock.test:8080', { publicUrl: 'http://mock.test:8080/' }],
    ['https://mock.test', 'https://mock.test', { publicUrl: 'https://mock.test' }],
    ['https://mock.test', 'https://mock.test', { publicUrl: 'https://mock.test', tls: 'off' }],
    ['http://mock.test', null, { publicUrl: 'http://mock.test', tls: 'off' }]
  ]
  for (const [url, httpsUrl, options] of cases) {
    const { server } = await startTestServer(t, options)
    t.match(server, { url, httpsUrl, authority: httpsUrl && `${httpsUrl}/${DEFAULT_TENANT}` })
  }
  const any = await startTestServer(t, { host: '0.0.0.0' })
  t.equal(any.server.url, `http://localhost:${any.port}`)

  await t.test('localhost is both loopback addresses', async (t) => {
    const { port, ca, server } = await startTestServer(t, { host: 'localhost' })
    t.equal(server.url, `http://localhost:${port}`)
    t.equal((await ask({ port, ca, host: '127.0.0.1' })).status, 200)
    try {
      t.equal((await ask({ port, ca, host: '::1' })).status, 200)
      t.equal((await ask({ port, host: '::1', secure: false })).status, 200)
    } catch (error) {
      t.match(error, { code: /^(EADDRNOTAVAIL|ECONNREFUSED|EAFNOSUPPORT)$/ })
      t.comment('skipped: this machine has no IPv6')
    }
    await server.close()
    await t.rejects(ask({ port, host: '::1', secure: false }), 'both are given back')
  })

  await t.test('localhost without a second address', async (t) => {
    const { port: taken, server } = await startTestServer(t, { host: '::1' })
    t.equal(server.url, `http://[::1]:${taken}`)
    const first = await startTestServer(t, { host: 'localhost', port: taken })
    t.equal((await ask({ port: taken, secure: false, path: '/_mock/health' })).status, 200)
    t.equal(first.port, taken)
  })

  await t.test('an address that cannot be had', async (t) => {
    const { server } = await startTestServer(t)
    const port = portOf(server)
    const options = withDefaults({ port })
    const appLog = { log: createLog('silent', process.stderr), requestLevel: 'debug' as const }
    const message = `port ${port} of 127.0.0.1 is in use; choose another with --port, 0 for any free one`
    await t.rejects(startServer(options, appLog), { name: 'UserError', message })
    const refusing = (code: string, syscall?: string) => ({
      listen: () => Promise.reject(Object.assign(new Error(`not ${code}`), { code, syscall }))
    })
    await t.rejects(listen(refusing('EACCES', 'listen') as never, { host: '::', port: 80 }), {
      message: 'no permission to listen on :::80; ports below 1024 need privileges'
    })
    await t.rejects(listen(refusing('EADDRNOTAVAIL', 'listen') as never, { host: '10.9.9.9', port: 80 }), {
      message: 'cannot listen on 10.9.9.9:80: not EADDRNOTAVAIL'
    })
    await t.rejects(
      listen(refusing('FST_ERR_DUPLICATED_ROUTE') as never, { host: '::', port: 80 }),
      { name: 'Error', message: 'not FST_ERR_DUPLICATED_ROUTE' },
      'an error of the app is not one of the address'
    )
  })
})
