import { connect } from 'node:net'
import { once } from 'node:events'
import { Type, type TSchema } from '@sinclair/typebox'
import t from 'tap'
import { mergePatchSchema } from '../../src/lib/merge-patch.js'
import { convertQuery } from '../../src/control/query.js'
import { RouteTable } from '../../src/control/route-table.js'
import { controlValidator } from '../../src/control/validation.js'
import { isJsonMediaType } from '../../src/lib/json.js'
import { demandValid, Options, withDefaults } from '../../src/options.js'
import { testApp } from '../helper.js'
import { startTestServer } from '../server-helper.js'

const TOKENS = '/_mock/tokens'

t.test('who may call it', async (t) => {
  const { call } = await testApp(t, { publicUrl: 'https://mock.example', allowedHost: ['Other.Example'] })
  const statusFor = async (headers: Record<string, string | null>) =>
    (await call('GET', '/_mock/health', { token: null, headers })).statusCode

  t.test('by which names', async (t) => {
    const known = ['localhost:1', 'LocalHost:8365', 'localhost.', '127.0.0.1', '192.168.1.7:80', '[::1]:8365', '[::1]']
    const local = ['[fe80::1%25eth0]:80', '[::ffff:127.0.0.1]', 'mock', 'mock_1:8365', 'a.localhost', 'a.localhost.:1']
    const named = ['b.local', 'c.internal', 'C.INTERNAL.', 'mock.example', 'MOCK.example.:443', 'other.example', '']
    for (const host of [...known, ...local, ...named]) t.equal(await statusFor({ host }), 200, host)
    const rebound = [
      'evil.example',
      'evil.example:8365',
      '127.0.0.1.nip.io',
      'localhost.evil.example',
      'ai.',
      '0x7f.1',
      '127.evil.example'
    ]
    const close = ['mock.example.evil', 'notmock.example', 'evil.localhost.example']
    const broken = [
      '127.0.0.1:8365.evil.example',
      '[::1',
      '::1',
      '[evil]',
      '[evil.example]:80',
      'localhost@evil.example',
      'x/.localhost',
      'a b.local',
      '[evil].internal'
    ]
    for (const host of [...rebound, ...close]) t.equal(await statusFor({ host }), 403, host)
    for (const host of broken) t.equal(await statusFor({ host }), 400, host)
    const answer = await call('GET', '/_mock/health', { headers: { host: 'Evil.Example:8365' } })
    t.match(answer.json(), {
      detail: 'The Host "evil.example" is not known; start with --allowed-host evil.example to allow it.'
    })
  })

  t.test('from which pages', async (t) => {
    const host = 'localhost:8365'
    const own = [
      { origin: 'http://localhost:8365', 'sec-fetch-site': 'same-origin' },
      { origin: 'http://localhost:8365', host: 'LOCALHOST:8365' },
      { origin: 'https://mock.example' },
      { 'sec-fetch-site': 'none' }
    ]
    for (const headers of own) t.equal(await statusFor({ host, ...headers }), 200, JSON.stringify(headers))
    const foreign = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: '' },
      { origin: 'http://localhost:3000' },
      { origin: 'https://localhost:8365' },
      { origin: 'http://localhost:8365.evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'Cross-Site' },
      { origin: 'http://localhost:8365', 'sec-fetch-site': 'cross-site' }
    ]
    for (const headers of foreign) t.equal(await statusFor({ host, ...headers }), 403, JSON.stringify(headers))
    const answer = await call('POST', '/_mock/reset', { headers: { origin: 'null' } })
    t.match(answer.json(), { status: 403, detail: 'Requests from web pages of other origins are refused.' })
    t.notOk(answer.headers['access-control-allow-origin'])
    const preflight = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
    t.equal((await call('OPTIONS', TOKENS, { headers: preflight })).statusCode, 403, 'no preflight passes')
  })

  t.test('a page by a private name, which the network may lead here', async (t) => {
    const pages = (host: string) => [
      { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' },
      { host, origin: `http://${host}` },
      { host, 'sec-fetch-site': 'same-origin' },
      { host, 'sec-fetch-site': 'none' }
    ]
    for (const host of ['evil.local:8365', 'evil.internal:8365', 'evil:8365', 'evil.localhost.local']) {
      for (const headers of pages(host)) t.equal(await statusFor(headers), 403, JSON.stringify(headers))
      t.equal(await statusFor({ host }), 200, `${host}, no browser`)
    }
    for (const host of ['localhost:8365', 'a.localhost', '127.0.0.1:1', '127.9.9.9', '[::1]:8365', '192.168.1.7:80']) {
      for (const headers of pages(host)) t.equal(await statusFor(headers), 200, JSON.stringify(headers))
    }
    for (const headers of pages('other.example')) t.equal(await statusFor(headers), 200, 'a name that is allowed')
    const answer = await call('GET', '/_mock/health', { headers: { host: 'evil.local', 'sec-fetch-site': 'none' } })
    t.match(answer.json(), {
      status: 403,
      detail: 'The Host "evil.local" is not known; start with --allowed-host evil.local to allow it.'
    })
  })

  t.test('a target in absolute form is the name, whatever Host says (RFC 9112, 3.2.2)', async (t) => {
    const { port } = await startTestServer(t, { tls: 'off' })
    for (const [target, host, status] of [
      [`http://localhost:${port}/_mock/health`, 'localhost', 200],
      ['http://evil.example/_mock/health', 'localhost', 403],
      ['HTTP://Evil.Example./_mock/health', 'localhost', 403],
      ['http://localhost/_mock/health', 'evil.example', 200],
      ['http://graph.microsoft.com/_mock/health', 'localhost', 403]
    ] as const) {
      t.match(await raw(port, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n`), `HTTP/1.1 ${status} `, target)
    }
    t.match(await raw(port, 'GET /_mock/health HTTP/1.0\r\n'), 'HTTP/1.1 200 ', 'no browser leaves Host out')
  })
})

t.test('a known path with another method, and an unknown path', async (t) => {
  const { call } = await testApp(t)
  const rows: [method: string, url: string, status: number, allow: string | undefined][] = [
    ['POST', '/_mock/health', 405, 'GET, HEAD'],
    ['OPTIONS', '/_mock/health', 405, 'GET, HEAD'],
    ['TRACE', '/_mock/health', 405, 'GET, HEAD'],
    ['PROPFIND', '/_mock/health', 405, 'GET, HEAD'],
    ['GET', '/_mock/tokens?x=1', 405, 'POST'],
    ['HEAD', '/_mock/reset', 405, 'POST'],
    ['DELETE', '/_MOCK//tenants/default/State/', 405, 'GET, HEAD, PUT, PATCH'],
    ['GET', '/_mock/tenants/default/reset', 405, 'POST'],
    ['GET', '/_mock', 404, undefined],
    ['GET', '/_MOCK/nope', 404, undefined],
    ['GET', '/_mock/caxpem', 404, undefined],
    ['GET', '/_mock/tenants/a/b/clock', 404, undefined]
  ]
  for (const [method, url, status, allow] of rows) {
    const answer = await call(method, url)
    t.match({ status: answer.statusCode, allow: answer.headers.allow }, { status, allow }, `${method} ${url}`)
    t.equal(answer.headers['content-type'], 'application/problem+json')
  }
  const path = '/_mock/tenants/default/clock'
  t.match((await call('PUT', path)).json(), { detail: `${path} takes GET, HEAD, POST, not PUT.` })
  const [head, get] = [await call('HEAD', path), await call('GET', path)]
  t.match([head.statusCode, head.payload, get.statusCode], [200, '', 200])
})

t.test('--control off', async (t) => {
  const { call } = await testApp(t, { control: 'off', controlToken: 'unused' })
  t.equal((await call('GET', '/_mock/health', { token: null })).statusCode, 200)
  t.equal((await call('POST', '/_mock/health', { token: null })).statusCode, 405)
  for (const path of ['tokens', 'reset', 'openapi.json', 'ca.pem', 'tenants/default/state', 'nope', '%74okens']) {
    const answer = await call('POST', `/_mock/${path}`, { token: null })
    t.match(answer.json(), {
      status: 404,
      detail: `There is no POST /_mock/${path}. The control surface is off (--control off); only GET /_mock/health answers.`
    })
  }
  t.strictSame((await call('GET', '/')).json<{ links: object }>().links, { health: 'http://localhost:80/_mock/health' })
  t.equal((await call('GET', '/_mock/health', { headers: { host: 'evil.example' } })).statusCode, 403)
})

t.test('--control-token', async (t) => {
  const controlToken = 'a+B/c~1.2_3-=='
  const { call, lines } = await testApp(t, { controlToken }, undefined, 'trace')
  const ask = (authorization: string | null, url = TOKENS, headers: Record<string, string> = {}) =>
    call('POST', url, { token: null, headers: { authorization, ...headers } })
  const missing = 'This server was started with --control-token; send that token as Authorization: Bearer TOKEN.'
  const wrong = 'The bearer token is not that of --control-token.'
  for (const [authorization, detail] of [
    [null, missing],
    ['', missing],
    [controlToken, missing],
    [`Basic ${controlToken}`, missing],
    ['Bearer', missing],
    ['Bearer wrong', wrong],
    [`Bearer ${controlToken}x`, wrong],
    [`Bearer ${controlToken} x`, missing],
    ['Bearer readwrite', wrong]
  ] as const) {
    const answer = await ask(authorization)
    t.match(answer.json(), { status: 401, detail }, String(authorization))
    t.equal(answer.headers['www-authenticate'], 'Bearer')
  }
  for (const authorization of [`Bearer ${controlToken}`, `bearer   ${controlToken} `]) {
    t.equal((await ask(authorization)).statusCode, 201, authorization)
  }
  t.equal((await ask(null, '/_mock/nope')).statusCode, 401, 'nothing is told of what there is')
  t.equal((await ask(null, '/_mock/health')).statusCode, 401)
  t.equal((await ask(null, TOKENS, { origin: 'https://evil.example' })).statusCode, 403, 'Host and Origin come first')
  t.equal((await call('GET', '/_mock/health', { token: null })).statusCode, 200)
  t.equal((await call('HEAD', '/_mock/health', { token: null })).statusCode, 200)
  t.equal((await call('GET', '/beta/deviceManagement/windowsAutopilotSettings')).statusCode, 200, 'Graph has its own')
  const front = await call('GET', '/', { token: null })
  t.strictSame(front.json<{ links: object }>().links, { health: 'http://localhost:80/_mock/health' })
  const recipe = await call('GET', '/_mock/connect/curl', { token: controlToken })
  t.match(recipe.json(), {
    shell: [/^curl -fsS -H "Authorization: Bearer \$MSGRAPH_MOCK_CONTROL_TOKEN" http:\/\/localhost:80\/_mock\/ca\.pem/]
  })
  t.notMatch(JSON.stringify(lines) + front.payload + recipe.payload, controlToken, 'the token is told nowhere')

  for (const bad of ['', 'two words', 'ümlaut']) {
    const demand = () => {
      demandValid(withDefaults({ controlToken: bad }), Options, (name) => name)
    }
    t.throws(demand, { message: 'controlToken must be one or more visible ASCII characters' })
  }
})

t.test('queries are read as their schemas want them', (t) => {
  const integer = Type.Integer({ minimum: 1 })
  const schema = Type.Object(
    {
      limit: Type.Optional(integer),
      share: Type.Optional(Type.Number()),
      deep: Type.Optional(Type.Boolean()),
      name: Type.Optional(Type.String()),
      status: Type.Optional(Type.Union([Type.Integer(), Type.Literal('4xx')])),
      ids: Type.Optional(Type.Array(integer))
    },
    { additionalProperties: false }
  )
  const validate = controlValidator({ schema, method: 'GET', url: '/', httpPart: 'querystring' }) as (
    query: unknown
  ) => { value?: unknown; error?: Error }
  for (const [query, value] of [
    [{}, {}],
    [{ limit: '5' }, { limit: 5 }],
    [
      { share: '-0.5', deep: 'true' },
      { share: -0.5, deep: true }
    ],
    [
      { deep: 'false', name: '5' },
      { deep: false, name: '5' }
    ],
    [{ status: '404' }, { status: 404 }],
    [{ status: '4xx' }, { status: '4xx' }],
    [{ ids: '1' }, { ids: [1] }],
    [{ ids: ['1', '2'] }, { ids: [1, 2] }]
  ] as const) {
    t.strictSame(validate(query), { value }, JSON.stringify(query))
  }
  for (const [query, message] of [
    [{ limit: '0' }, 'query parameter limit must be at least 1.'],
    [{ limit: '1.5' }, 'query parameter limit must be an integer.'],
    [{ limit: '' }, 'query parameter limit must be an integer.'],
    [{ limit: ['1', '2'] }, 'query parameter limit may be given only once.'],
    [{ deep: 'yes' }, 'query parameter deep must be true or false.'],
    [{ share: '1e3' }, 'query parameter share must be a number.'],
    [{ status: '5xx' }, 'query parameter status must be an integer or "4xx".'],
    [{ ids: ['1', 'x'] }, 'query parameter ids.1 must be an integer.'],
    [{ limt: '1' }, 'query parameter limt is not known; there are limit, share, deep, name, status, ids.'],
    [{ constructor: '1' }, /^query parameter constructor is not known/]
  ] as const) {
    t.match(validate(query).error, { status: 400, message }, JSON.stringify(query))
  }
  t.throws(() => convertQuery({ a: '1' }, Type.Object({})), {
    message: 'query parameter a is not known; there are none here.'
  })
  t.end()
})

t.test('a route that does not describe itself stops the boot', (t) => {
  const handler = () => undefined
  const add = (schema?: object) => () => {
    new RouteTable().add({ method: 'GET', url: '/_mock/a/:b', handler, ...(schema && { schema }) })
  }
  const described = { summary: 'Do', response: { 200: Type.Null() } }
  t.throws(add(), { message: 'route GET /_mock/a/:b must declare schema.summary' })
  t.throws(add({ summary: 'Do' }), { message: 'route GET /_mock/a/:b must declare schema.response' })
  t.throws(add(described), { message: 'route GET /_mock/a/:b must declare schema.params for b' })
  t.doesNotThrow(add({ ...described, params: Type.Object({ b: Type.String() }) }))
  t.end()
})

t.test('what may patch a document', (t) => {
  const nullable = Type.Union([Type.Null(), Type.String()])
  const schema = Type.Object({ a: Type.String(), b: Type.Optional(Type.String()), c: Type.Optional(nullable) })
  const patch = mergePatchSchema(schema) as TSchema & { properties: Record<string, TSchema> }
  t.strictSame(JSON.parse(JSON.stringify(patch)), {
    type: 'object',
    additionalProperties: false,
    properties: {
      a: { type: 'string' },
      b: { anyOf: [{ type: 'null' }, { type: 'string' }] },
      c: { anyOf: [{ type: 'null' }, { type: 'string' }] }
    }
  })
  t.end()
})

t.test('media types that say JSON', (t) => {
  const json = ['application/json', 'Application/JSON; charset=utf-8', ' application/merge-patch+json;q=1']
  for (const type of json) t.ok(isJsonMediaType(type), type)
  for (const type of ['', 'text/json', 'application/jsonp', 'application/json-seq', 'x/application/json']) {
    t.notOk(isJsonMediaType(type), type)
  }
  t.end()
})

/** One request, its head written by hand; gives the answer as text. */
async function raw(port: number, head: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.setEncoding('latin1').on('data', (part: string) => (answer += part))
  socket.write(`${head}Connection: close\r\n\r\n`)
  await once(socket, 'close')
  return answer
}
