import { IncomingMessage } from 'node:http'
import { connect, Socket } from 'node:net'
import t from 'tap'
import { withCanonicalVersion } from '../../src/graph/gateway/versions.js'
import { pathOf, takeTarget, targetOriginOf } from '../../src/http/request-path.js'
import { DEFAULT_TENANT, SETTINGS, testApp } from '../helper.js'
import { readAll, say, startTestServer } from '../server-helper.js'

t.test('a target, its path as sent and as routed, and the origin that it names', (t) => {
  const rows: [target: string, sent: string, routed: string, origin?: [string, string]][] = [
    ['/beta/x?a=b', '/beta/x?a=b', '/beta/x?a=b'],
    ['/BETA/X', '/BETA/X', '/beta/X'],
    ['/Beta', '/Beta', '/beta'],
    ['/betatron', '/betatron', '/betatron'],
    ['/V1.0/x?%24select=id', '/V1.0/x?%24select=id', '/v1.0/x?$select=id'],
    ['/_MOCK/health', '/_MOCK/health', '/_mock/health'],
    ['/beta/x#%ZZ', '/beta/x', '/beta/x'],
    ['/beta/x?a#b?c', '/beta/x?a', '/beta/x?a'],
    ['//host/beta/x', '//host/beta/x', '//host/beta/x'],
    ['*', '*', '*'],
    ['http://host/Beta/x?y', '/Beta/x?y', '/beta/x?y', ['http', 'host']],
    ['HTTPS://Host:80/beta', '/beta', '/beta', ['https', 'Host:80']],
    ['http://host', '/', '/', ['http', 'host']],
    ['http://host?a=/b', '/?a=/b', '/?a=/b', ['http', 'host']],
    ['http://host#/beta', '/', '/', ['http', 'host']],
    ['http://user:geheim@host/beta', '/beta', '/beta', ['http', 'host']],
    ['http://a@b@host:1/@beta', '/@beta', '/@beta', ['http', 'host:1']],
    ['http:///beta', '/beta', '/beta', ['http', '']],
    ['ftp://u@host/x', '/x', '/x', ['ftp', 'host']]
  ]
  for (const [url, sent, routed, origin] of rows) {
    const raw = Object.assign(new IncomingMessage(new Socket()), { url, originalUrl: url })
    raw.headers = { host: 'sent' }
    t.equal(withCanonicalVersion(takeTarget(raw)), routed, url)
    t.equal(raw.originalUrl, sent, `${url} as sent`)
    const [scheme, authority] = origin ?? []
    t.strictSame(targetOriginOf({ raw }), origin && { scheme, authority }, `${url}: origin`)
    t.equal(raw.headers.host, authority ?? 'sent', `${url}: Host`)
  }
  t.end()
})

t.test('the absolute form means the same as the origin form, to all that look at a path', async (t) => {
  const { server, port, lines } = await startTestServer(t, { profile: 'observed', journalSize: 100 })
  const { faults, journal } = server.mock
  const bearer = 'Authorization: Bearer readwrite\r\n'
  const ask = async (method: string, target: string, headers = bearer, body = '') => {
    const socket = connect(port, '127.0.0.1')
    socket.write(`${method} ${target} HTTP/1.1\r\nHost: wrong.example\r\nConnection: close\r\n${headers}\r\n${body}`)
    const answer = await readAll(socket)
    const [head = '', payload = ''] = answer.split('\r\n\r\n')
    const reason = /^x-mock-reason: (.*?)\r?$/m.exec(head)?.[1]
    const read = () => JSON.parse(payload) as Record<string, unknown> & { error: { code: string; message: string } }
    return { status: Number(head.slice(9, 12)), headers: head, payload, reason, read }
  }
  const origin = `http://user:geheim@localhost:${port}`

  const read = await ask('GET', `${origin}${SETTINGS}?$select=id`)
  t.equal(read.status, 200)
  t.equal(
    read.read()['@odata.context'],
    `http://localhost:${port}/beta/$metadata#deviceManagement/windowsAutopilotSettings(id)/$entity`,
    'the host of the target, not the Host header'
  )
  t.match(read.headers, /strict-transport-security: max-age=0/i)
  const proxied = await ask('GET', `https://graph.microsoft.com${SETTINGS}`)
  t.match(proxied.read()['@odata.context'], /^https:\/\/graph\.microsoft\.com\/beta\//, 'its scheme likewise')

  const put = await ask('PUT', `${origin}${SETTINGS}`)
  t.match(put.read().error, { code: 'No method match route template', message: /with http verb PUT/ })
  const unknown = await ask('GET', `${origin}/beta/deviceManagement/nope`)
  t.match(unknown.reason, /published types have no \/beta\/deviceManagement\/nope;/)
  const gateway = await ask('DELETE', `${origin}/beta/$metadata`)
  t.match({ status: gateway.status, reason: gateway.reason }, { status: 405, reason: '/beta/$metadata answers GET' })
  const nowhere = await ask('GET', `${origin}/nowhere`)
  t.equal(nowhere.reason, "/nowhere begins with no version. Graph's paths begin with /beta or /v1.0.")
  const challenge = await ask('GET', `http://localhost${SETTINGS}`, 'Authorization: Bearer x\r\n')
  t.match(challenge.headers, 'authorization_uri="http://localhost/common/oauth2/authorize"')

  const form = 'grant_type=client_credentials&client_id=99999999-bbbb-3333-cccc-4444dddd5555&client_secret=x&scope='
  const body = `${form}${encodeURIComponent('https://graph.microsoft.com/.default')}`
  const formed = `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n`
  for (const path of ['/oauth2/v2.0/token', '//oauth2//v2.0/token', '/oauth2%2Fv2.0/token']) {
    const token = await ask('POST', `${origin}/${DEFAULT_TENANT}${path}`, formed, body)
    t.type(token.read()['expires_in'], 'number', `${path} answers in the shape of v2`)
  }

  t.match((await ask('GET', `${origin}/_mock/health`)).read(), { status: 'ok' })
  const guarded = await ask('GET', 'http://graph.microsoft.com/_mock/health')
  t.match(guarded.read(), { status: 403, detail: /^The Host "graph\.microsoft\.com" is not known/ })

  faults.add(DEFAULT_TENANT, { match: { path: '/beta/*' }, times: 1, respond: { status: 503 } })
  t.equal((await ask('GET', `${origin}${SETTINGS}#fragment`)).status, 503, 'a fault rule for its path fires')

  const part = { id: '1', method: 'GET', url: '/deviceManagement/windowsAutopilotSettings' }
  const batch = JSON.stringify({ requests: [part] })
  const typed = `${bearer}Content-Type: application/json\r\nContent-Length: ${batch.length}\r\n`
  const parts = await ask('POST', 'https://graph.microsoft.com/beta/$batch', typed, batch)
  t.match(parts.read(), { responses: [{ body: { '@odata.context': /^https:\/\/graph\.microsoft\.com\/beta/ } }] })

  const { requests } = journal.list(undefined)
  t.strictSame(
    requests.map(({ method, path, unmatched }) => [method, path, unmatched]).slice(0, 5),
    [
      ['GET', SETTINGS, false],
      ['GET', SETTINGS, false],
      ['PUT', SETTINGS, false],
      ['GET', '/beta/deviceManagement/nope', true],
      ['DELETE', '/beta/$metadata', false]
    ],
    'the journal has paths'
  )
  const said = JSON.stringify([lines, requests]) + read.headers + put.payload
  t.notMatch(said, /geheim|user:/, 'user information goes nowhere')
  t.notMatch(
    lines.map(({ path }) => path).filter((path) => path !== undefined && !(path as string).startsWith('/')),
    [String],
    'and the log has paths'
  )
})

t.test('a target that names another server is refused as CONNECT to it is', async (t) => {
  const { server, port, lines } = await startTestServer(t, {
    allowedHost: ['Mock.Example'],
    tlsName: ['graph.example']
  })
  const status = async (target: string) => {
    const answer = await say(
      port,
      `GET ${target} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer readwrite\r\nConnection: close\r\n\r\n`
    )
    return [answer.slice(9, 12), answer]
  }
  for (const origin of [
    `http://localhost:${port}`,
    'http://127.0.0.1:9000',
    'http://[::1]',
    'http://mock',
    'http://mock.example:1',
    'http://GRAPH.example',
    'http://graph.microsoft.com',
    'https://graph.microsoft.com:443'
  ]) {
    t.match(await status(`${origin}${SETTINGS}`), ['200'], origin)
  }
  const stands = 'As a proxy this server stands for graph.microsoft.com and login.microsoftonline.com only, not for'
  const hint = 'If that is a name of this server, start with --allowed-host'
  for (const [target, reason] of [
    [`http://evil.example${SETTINGS}`, `${stands} evil.example. ${hint} evil.example.`],
    ['http://EVIL.example:81/_mock/health', `${stands} EVIL.example:81. ${hint} evil.example.`],
    ['https://192.0.2.1/common/oauth2/v2.0/token', `${stands} 192.0.2.1. ${hint} 192.0.2.1.`],
    ['http://graph.microsoft.com:99999/', `${stands} graph.microsoft.com:99999. ${hint} graph.microsoft.com:99999.`],
    ['ftp://localhost/', 'This server speaks http and https, not ftp.']
  ] as const) {
    lines.length = 0
    const [code, answer = ''] = await status(target)
    t.equal(code, '403', target)
    t.match(answer, `x-mock-reason: ${reason}\r\n`)
    t.match(answer, 'content-type: text/plain; charset=utf-8\r\n')
    t.equal(answer.split('\r\n\r\n')[1], `${reason}\n`)
    t.match(lines, [{ msg: 'refused', method: 'GET', status: 403, reason }])
  }
  t.equal(server.mock.journal.list(undefined).requests.length, 8, 'it is no call of Graph')
  for (const target of ['http:///beta', 'http://a:b:c/beta']) {
    const [code, answer = ''] = await status(target)
    const reason = 'x-mock-reason: The authority of the request target is no host with an optional port.'
    t.match([code, answer], ['400', reason], target)
  }
})

t.test('a malformed percent-encoding, also for a verb that no route has', async (t) => {
  const { call } = await testApp(t)
  for (const method of ['GET', 'PROPFIND']) {
    const answer = await call(method, '/beta/%ZZ')
    t.match(
      { status: answer.statusCode, ...answer.json<object>() },
      { status: 400, error: { code: 'BadRequest', message: 'Bad Request - Invalid URL.' } },
      method
    )
  }
})

t.test('the path of a URL is without origin and query', async (t) => {
  for (const [url, path] of [
    ['/a?b', '/a'],
    ['/a', '/a'],
    ['http://user:secret@host/a?b', '/a'],
    ['*', '*'],
    ['', '']
  ] as const) {
    t.equal(pathOf({ url }), path, url)
  }
})
