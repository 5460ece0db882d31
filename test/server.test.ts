import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { mock } from 'node:test'
import t, { type Test } from 'tap'
import { createLog } from '../src/lib/log.js'
import { withDefaults, type Options } from '../src/options.js'
import { startServer } from '../src/server.js'
import { PAGE, SETTINGS } from './helper.js'
import { readAll, say } from './server-helper.js'

async function server(t: Test, options: Partial<Options> = {}) {
  const lines: Record<string, unknown>[] = []
  const log = createLog('debug', { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) })
  const running = await startServer(withDefaults({ port: 0, ...options }), { log, requestLevel: 'debug' })
  t.teardown(() => running.close())
  const { port } = new URL(running.url)
  return { running, lines, port: Number(port), url: running.url }
}

const head = (method: string, extra = '') => `${method} ${SETTINGS} HTTP/1.1\r\nHost: localhost\r\n${extra}\r\n`

t.test('what the HTTP parser refuses gets the envelope of Graph', async (t) => {
  const { port, lines, url } = await server(t)
  const rows = [
    [head('Patch'), 400, 'Request type is not supported.', /methods are in upper case/],
    [head('NONSENSE'), 400, 'Request type is not supported.', /methods are in upper case/],
    [head('GET', `X: ${'x'.repeat(70_000)}\r\n`), 431, 'Request header fields too large.', /64 KiB/],
    [
      'GET / HTTP/9.9\r\n\r\n',
      505,
      'HTTP version not supported.',
      /of another version of HTTP; send HTTP\/1\.1 or HTTP\/1\.0/
    ],
    ['GET / HTTP/1.2\r\n\r\n', 505, 'HTTP version not supported.', /of another version/],
    ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 505, 'HTTP version not supported.', /The request is HTTP\/2\.0/],
    ['GET / HTTP/11.1\r\n\r\n', 400, 'Bad Request.', /HPE_INVALID_VERSION/],
    [head('PATCH', 'Content-Length: x\r\n'), 400, 'Bad Request.', /HPE_/]
  ] as const
  for (const [bytes, status, message, reason] of rows) {
    const answer = await say(port, bytes)
    const [headers = '', body = ''] = answer.split('\r\n\r\n')
    t.match(headers, new RegExp(`^HTTP/1\\.1 ${status} `), JSON.stringify(bytes.slice(0, 20)))
    t.match(headers, /\r\nrequest-id: [0-9a-f-]{36}\r\n/)
    t.match(headers, /\r\nconnection: close/)
    t.match(JSON.parse(body), { error: { code: String, message, innerError: { date: String } } })
    t.match(headers, reason)
  }
  t.equal(lines.filter(({ msg }) => msg === 'refused').length, rows.length)
  t.equal((await fetch(`${url}/_mock/health`)).status, 200, 'the server goes on')
})

t.test('two Authorization headers are one too many', async (t) => {
  const { port } = await server(t)
  const twice = 'Authorization: Bearer readwrite\r\naUTHORIZATION: Bearer read\r\nConnection: close\r\n'
  const answer = await say(port, head('GET', twice))
  t.match(answer, /^HTTP\/1\.1 401 /)
  t.match(answer, /x-mock-reason: There are two Authorization headers/)
})

t.test('versions that the parser knows and nobody serves', async (t) => {
  const { port, running } = await server(t)
  for (const [bytes, version] of [
    [`GET ${SETTINGS} HTTP/2.0\r\nHost: localhost\r\n\r\n`, 'HTTP/2.0'],
    [`GET ${SETTINGS} HTTP/0.9\r\nHost: localhost\r\n\r\n`, 'HTTP/0.9'],
    [`GET /_mock/health\r\n\r\n`, 'HTTP/0.9']
  ] as const) {
    const [headers = '', body = ''] = (await say(port, bytes)).split('\r\n\r\n')
    t.match(headers, /^HTTP\/1\.1 505 .*\r\nConnection: close/is, version)
    t.match(headers, `x-mock-reason: The request is ${version}; send HTTP/1.1 or HTTP/1.0.`)
    t.match(JSON.parse(body), { error: { code: 'HttpVersionNotSupported', message: 'HTTP version not supported.' } })
  }
  t.strictSame(running.mock.journal.list(undefined).requests, [], 'they were no calls')
  t.strictSame(running.mock.journal.totals.refusals, [[505, 3]])
})

t.test('no Host, two, or one that is none: 400 in the shape of the surface', async (t) => {
  const { port, running } = await server(t)
  const hosts = [
    ['1.1', '', 'There is no Host header, which HTTP/1.1 demands'],
    ['1.1', 'Host: a\r\nhOST: a\r\n', 'There are 2 Host headers, not one'],
    ['1.0', 'Host: a\r\nHost: b\r\n', 'There are 2 Host headers, not one'],
    ...['a b', 'a"b', 'a/b', 'a@b', 'a:b', '[::1', '[zz]', '[::1]x', '%zz', '\xe4'].map((host) => [
      '1.1',
      `Host: ${host}\r\n`,
      'The Host header is no host with an optional port'
    ])
  ] as const
  const graph = (reason: string) => ({
    type: 'application/json',
    body: {
      error: { code: 'BadRequest', message: 'Bad Request - Invalid Hostname.', innerError: { 'request-id': String } }
    },
    reason: `${reason}.`
  })
  const surfaces = [
    [SETTINGS, graph],
    ['/v1.0/me', graph],
    ['/beta/$metadata', graph],
    ['/', graph],
    ['/nowhere', graph],
    [
      '/common/oauth2/v2.0/token',
      (reason: string) => ({
        type: 'application/json; charset=utf-8',
        body: { error: 'invalid_request', error_codes: [9002313] },
        reason: `The request could not be read: ${reason}.`
      })
    ],
    [
      '/_mock/health',
      (detail: string) => ({
        type: 'application/problem+json',
        body: { type: 'about:blank', title: 'Bad Request', status: 400, detail: `${detail}.` },
        reason: undefined
      })
    ]
  ] as const
  for (const [version, host, reason] of hosts) {
    for (const [path, shape] of surfaces) {
      const bytes = `GET ${path} HTTP/${version}\r\n${host}Authorization: Bearer readwrite\r\nConnection: close\r\n\r\n`
      const [headers = '', body = ''] = (await say(port, Buffer.from(bytes, 'latin1'))).split('\r\n\r\n')
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(headers)?.[1]?.trim()
      const given = field('x-mock-reason')
      t.match(
        { status: headers.slice(9, 12), type: field('content-type'), body: JSON.parse(body) as object },
        { status: '400', type: shape(reason).type, body: shape(reason).body },
        `${path} ${host}`
      )
      t.equal(given && decodeURIComponent(given), shape(reason).reason)
    }
  }
  t.strictSame(running.mock.journal.list(undefined).requests, [], 'they were no calls')
  t.strictSame(running.mock.journal.totals.refusals, [[400, hosts.length * surfaces.length]])
})

t.test('Hosts that are served', async (t) => {
  const { port } = await server(t)
  for (const [version, host] of [
    ['1.0', ''],
    ['1.1', 'Host:\r\n'],
    ...['localhost', 'LOCALHOST:8365', '127.0.0.1:', '[::1]:80', '[fe80::1%25eth0]', "a_b.c~d!$&'()*+,;=%41"].map(
      (name) => ['1.1', `Host: ${name}\r\n`]
    )
  ] as const) {
    const bytes = `GET ${SETTINGS} HTTP/${version}\r\n${host}Authorization: Bearer readwrite\r\nConnection: close\r\n\r\n`
    t.match(await say(port, bytes), /^HTTP\/1\.1 200 /, host)
  }
})

t.test('an expectation that nobody knows is passed over', async (t) => {
  const { port } = await server(t)
  const extra = 'Authorization: Bearer readwrite\r\nExpect: wonders\r\nConnection: close\r\n'
  t.match(await say(port, head('GET', extra)), /^HTTP\/1\.1 200 /)
})

t.test('a token of 32 KiB fits', async (t) => {
  const { url } = await server(t)
  const answer = await fetch(url + SETTINGS, { headers: { authorization: `Bearer ${'x'.repeat(40_000)}` } })
  t.equal(answer.status, 401)
})

t.test('without a usable Host, URLs have the address that the connection came in at', async (t) => {
  const { port } = await server(t, { profile: 'observed' })
  for (const host of ['', 'Host:\r\n', "Host: a'b\r\n"]) {
    const bytes = `GET ${SETTINGS} HTTP/1.0\r\n${host}Authorization: Bearer readwrite\r\n\r\n`
    t.match(await say(port, bytes), new RegExp(`"@odata.context":"http://127.0.0.1:${port}/beta/`), host)
  }
})

t.test('the same for the parts of a batch', async (t) => {
  const { port } = await server(t, { profile: 'observed' })
  const body = '{"requests":[{"id":"1","method":"GET","url":"/deviceManagement/windowsAutopilotSettings"}]}'
  const head = `Authorization: Bearer readwrite\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n`
  const socket = connect(port, '127.0.0.1')
  socket.write(`POST /beta/$batch HTTP/1.0\r\n${head}\r\n${body}`)
  t.match(await readAll(socket), `"@odata.context":"http://127.0.0.1:${port}/beta/`)
})

t.test('the same over IPv6', async (t) => {
  const { port } = await server(t, { profile: 'observed', host: '::1' })
  const socket = connect(port, '::1')
  socket.end(`GET ${SETTINGS} HTTP/1.0\r\nAuthorization: Bearer readwrite\r\n\r\n`)
  t.match(await readAll(socket), `"@odata.context":"http://[::1]:${port}/beta/`)
})

t.test('a broken request behind good ones waits for their answers', async (t) => {
  const { port } = await server(t)
  const good = head('GET', 'Authorization: Bearer readwrite\r\n')
  const chunked = 'Authorization: Bearer readwrite\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n'
  const rows = [
    ['a broken head', good + good + head('Get'), ['200', '200', '400']],
    ['a broken body', good + head('PATCH', chunked) + 'z\r\n', ['200', '400']],
    ['half a head', good + good.slice(0, 30), ['200', '400']]
  ] as const
  for (const [name, bytes, statuses] of rows) {
    const answer = await say(port, bytes)
    t.strictSame(
      [...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status),
      statuses,
      name
    )
  }
})

t.test('connections that broke, or came to nothing', async (t) => {
  const { running, lines } = await server(t)
  const fail = (code: string, state: { writable: boolean; _httpMessage?: object }) => {
    const said: string[] = []
    let destroyed = false
    const socket = {
      ...state,
      once: () => undefined,
      end: (text: string) => said.push(text),
      destroy: () => (destroyed = true)
    }
    running.app.server.emit('clientError', Object.assign(new Error(code), { code }), socket)
    return { said: said.join(''), destroyed }
  }
  t.strictSame(fail('ECONNRESET', { writable: true }), { said: '', destroyed: true })
  t.strictSame(fail('HPE_INVALID_METHOD', { writable: false }), { said: '', destroyed: true })
  const begun = { req: { complete: false }, headersSent: true }
  t.strictSame(
    fail('HPE_INVALID_CHUNK_SIZE', { writable: true, _httpMessage: begun }),
    { said: '', destroyed: true },
    'nothing is written into an answer that has begun'
  )
  t.equal(lines.filter(({ msg }) => msg === 'refused').length, 0)
})

t.test('clients that keep the server waiting', async (t) => {
  await t.test('half a header block gets 408', async (t) => {
    const { running, port } = await server(t)
    running.app.server.headersTimeout = 200
    const socket = connect(port, '127.0.0.1')
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n')
    t.match(await readAll(socket), /^HTTP\/1\.1 408 Request Timeout.*"message":"Request timeout\."/s)
  })

  await t.test('half a handshake ends the connection', async (t) => {
    const { running, port } = await server(t)
    running.app.server.headersTimeout = 200
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => undefined)
    const asked = once(running.app.server, 'connection')
    socket.write(Buffer.from([0x16, 3, 1, 2, 0, 1]))
    const [accepted] = (await asked) as [Socket]
    await once(accepted, 'close')
    socket.destroy()
  })

  await t.test('who is refused and stays is cut off', async (t) => {
    const { running, port } = await server(t)
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => undefined)
    const asked = once(running.app.server, 'connection')
    await once(socket, 'connect')
    mock.timers.enable({ apis: ['setTimeout'] })
    socket.write(head('Get'))
    t.match(String(await once(socket, 'data')), /^HTTP\/1\.1 400 /)
    const [accepted] = (await asked) as [Socket]
    const cut = once(accepted, 'close')
    socket.write(head('Get'))
    while (accepted.bytesRead < 2 * head('Get').length) await new Promise(setImmediate)
    mock.timers.tick(2000)
    mock.timers.reset()
    await cut
    socket.destroy()
  })
})

t.test('a body that is too large closes the connection', async (t) => {
  const { url } = await server(t)
  const answer = await fetch(url + SETTINGS, {
    method: 'PATCH',
    headers: { authorization: 'Bearer readwrite', 'content-type': 'application/json' },
    body: 'x'.repeat(1024 * 1024 + 1)
  })
  t.equal(answer.status, 413)
  t.equal(answer.headers.get('connection'), 'close')
  const bad = await fetch(url + SETTINGS, {
    method: 'PATCH',
    headers: { authorization: 'Bearer readwrite', 'content-type': 'application/json' },
    body: '{'
  })
  t.equal(bad.headers.get('connection'), 'keep-alive', 'a refused body does not')
})

t.test('closing', async (t) => {
  await t.test('is quick while connections idle, and may be asked for twice', async (t) => {
    const { running, port, url } = await server(t)
    const silent = connect(port, '127.0.0.1')
    await once(silent, 'connect')
    await fetch(url + SETTINGS)
    const begun = performance.now()
    const closed = once(silent, 'close')
    await Promise.all([running.close(), running.close(), closed])
    t.ok(performance.now() - begun < 1000)
    await t.rejects(fetch(url))
  })

  await t.test('lets a request in flight end', async (t) => {
    const { running, port } = await server(t)
    const socket = connect(port, '127.0.0.1')
    const body = JSON.stringify(PAGE.request)
    const extra = `Authorization: Bearer readwrite\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n`
    const asked = once(running.app.server, 'request')
    socket.write(head('PATCH', extra))
    await asked
    const closing = running.close()
    socket.end(body)
    t.match(await readAll(socket), /^HTTP\/1\.1 200 .*"syncStatus":"inProgress"/s)
    await closing
  })

  await t.test('does not wait for ever', async (t) => {
    const { running, port } = await server(t)
    const socket = connect(port, '127.0.0.1')
    const asked = once(running.app.server, 'request')
    socket.write(
      head('PATCH', 'Authorization: Bearer readwrite\r\nContent-Type: application/json\r\nContent-Length: 9\r\n')
    )
    await asked
    mock.timers.enable({ apis: ['setTimeout'] })
    const closing = running.close()
    mock.timers.tick(5000)
    mock.timers.reset()
    await Promise.all([closing, once(socket, 'close')])
  })
})

t.test('addresses', async (t) => {
  const rows = [
    [{ host: '::1' }, /^http:\/\/\[::1\]:\d+$/],
    [{ host: '0.0.0.0' }, /^http:\/\/localhost:\d+$/],
    [{ host: 'localhost' }, /^http:\/\/localhost:\d+$/]
  ] as const
  for (const [options, url] of rows) {
    const { running } = await server(t, options)
    t.match(running.url, url)
  }
})
