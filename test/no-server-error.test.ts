// No input of any surface gives a 5xx, unless a fault rule or a condition asks for one. The authority of Entra has its own
// test.
import { METHODS } from 'node:http'
import fc from 'fast-check'
import inject from 'light-my-request'
import t from 'tap'
import { anyCharacter, codeUnits, fuzzing } from './arbitraries.js'
import { arbitraryRequests } from './control/arbitrary-requests.js'
import { DEFAULT_TENANT, SETTINGS, testApp, type TestApp } from './helper.js'
import { ask, say, startTestServer } from './server-helper.js'

const FUZZING = fuzzing(600)
const BATCH = '/beta/$batch'
const TENANTS = [DEFAULT_TENANT, '5f0b1c9e-8a35-4c5f-9a0e-0f0a5e3b7a11']

interface Sent {
  readonly method: string
  /** The request target, character by character. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer | undefined
}

const mostly = <Value>(usual: fc.Arbitrary<Value>, weight: number, seldom: fc.Arbitrary<Value>) =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: seldom })

/** What Node's parser takes for a header value. */
const fieldValue = fc.string({ unit: mostly(codeUnits(0x20, 0x7e), 1, codeUnits(0x80, 0xff)), maxLength: 12 })
const value = (...known: readonly string[]) => mostly(fc.constantFrom(...known), 3, fieldValue)
const bytes = fc.uint8Array({ maxLength: 24 }).map((some) => Buffer.from(some))

const TOKENS = ['Bearer readwrite', 'Bearer read', 'bearer app-only']
const STRANGE_TOKENS = [
  'Bearer personal',
  'Bearer expired',
  'Bearer a.b.c',
  'Bearer eyJhbGciOiJub25lIn0.e30.',
  'Basic Og=='
]
const headers = fc.record(
  {
    authorization: mostly(fc.constantFrom(...TOKENS), 9, value(...STRANGE_TOKENS)),
    host: mostly(fc.constantFrom('localhost', 'graph.microsoft.com', '[::1]:80'), 9, fieldValue),
    'content-type': mostly(
      fc.constant('application/json'),
      3,
      value('application/json; charset=utf-16', 'text/plain', 'x', 'multipart/form-data')
    ),
    'content-encoding': value('gzip', 'identity'),
    'content-length': fc.constantFrom('0', '3'),
    accept: value('application/json;odata.metadata=full', 'application/json;odata.metadata=none', 'text/html'),
    'client-request-id': fieldValue,
    origin: value('https://app.example', 'null', 'http://localhost'),
    'access-control-request-method': value('PATCH'),
    'access-control-request-headers': fieldValue,
    'access-control-request-private-network': value('true'),
    'sec-fetch-site': value('cross-site', 'same-origin'),
    expect: value('100-continue'),
    prefer: fieldValue,
    'if-match': value('*')
  },
  { requiredKeys: ['authorization'] }
)

const method = mostly(
  fc.constantFrom('GET', 'PATCH', 'POST'),
  6,
  fc.constantFrom(...METHODS.filter((name) => name !== 'CONNECT'))
)

const GRAPH_PATHS = ['', '/sync', '/graph.sync', '/microsoft.graph.sync'].map((end) => SETTINGS + end)
const OTHER_PATHS = ['/beta', '/beta/$metadata', BATCH, '/beta/deviceManagement', '/v1.0/me', '/V1.0', '/', '/nowhere']
const CONTROL_PATHS = [
  '/_mock',
  '/_mock/health',
  '/_mock/ca.pem',
  '/_mock/support',
  '/_mock/openapi.json',
  '/_mock/nope'
]
const PIECES = [
  '/',
  '//',
  '?',
  '#',
  '%',
  '%ZZ',
  '%2',
  '%25ZZ',
  '%2F',
  '%24',
  '%00',
  '%E0%A4%A',
  ';',
  '..',
  '*',
  '(',
  "'"
]
const QUERIES = [
  '$select=id',
  '$select=',
  '$expand=a',
  'select=id&$select=id',
  '%24select=%',
  '&',
  '=',
  '$filter=a eq 1'
]
const piece = fc.oneof(
  fc.constantFrom(...PIECES, ...QUERIES),
  fc.string({ unit: codeUnits(0x21, 0x7e), minLength: 1, maxLength: 4 })
)
const pathOf = (...paths: readonly string[]) =>
  fc.tuple(fc.constantFrom(...paths), fc.array(piece, { maxLength: 3 })).map(([path, pieces]) => path + pieces.join(''))
const path = pathOf(...GRAPH_PATHS, ...OTHER_PATHS, ...CONTROL_PATHS)
const ORIGINS = [
  'http://localhost:80',
  'HTTPS://graph.microsoft.com',
  'http://u:p@127.0.0.1',
  'ftp://x',
  'http://',
  'http://[::1'
]
const target = mostly(
  path,
  8,
  fc.oneof(
    fc.tuple(fc.constantFrom(...ORIGINS), fc.oneof(path, fc.constant(''))).map((parts) => parts.join('')),
    fc.constantFrom('*', 'http://localhost?x', 'http://localhost#%ZZ', '/beta/nope#%ZZ', '/beta/%')
  )
)

const INSTANTS = ['0001-01-01T00:00Z', '9999-12-31T23:59:59.9999999-00:00', '2017-01-01T00:02:49.3205976-08:00']
const TYPES = ['#microsoft.graph.windowsAutopilotSettings', '#microsoft.graph.user', '#microsoft.graph.nope']
const settings = fc.record(
  {
    id: fc.string(),
    syncStatus: mostly<unknown>(fc.constantFrom('inProgress', 'completed'), 5, fc.jsonValue()),
    lastSyncDateTime: mostly<unknown>(fc.constantFrom(...INSTANTS), 5, fc.jsonValue()),
    '@odata.type': mostly<unknown>(fc.constantFrom(...TYPES), 5, fc.jsonValue())
  },
  { requiredKeys: [] }
)
const body = fc.oneof(
  fc.constant(undefined),
  settings.map((properties) => JSON.stringify(properties)),
  mostly<string | Buffer>(bytes, 1, fc.json())
)
const graph: fc.Arbitrary<Sent> = fc.record({ method, target, headers, body })

const text = fc.string({ unit: anyCharacter, maxLength: 6 })
const HEADER_NAMES = ['Content-Type', 'client-request-id', 'authorization', 'Host', 'Origin', 'Accept', 'Expect']
const partHeaders = fc.dictionary(
  mostly(fc.constantFrom(...HEADER_NAMES), 9, text),
  mostly(fc.constantFrom('application/json', 'text/plain', 'Bearer read', ''), 9, fc.oneof(text, fc.constant('a\nb'))),
  { maxKeys: 4 }
)
const part = fc.record({
  method: mostly(fc.constantFrom('GET', 'PATCH', 'POST', 'put'), 20, text),
  url: mostly(
    pathOf(...GRAPH_PATHS, ...OTHER_PATHS).map((some) => some.replace(/^\/(?:beta|v1\.0)/i, '') || '/'),
    20,
    fc.string({ unit: anyCharacter, minLength: 1 })
  ),
  headers: partHeaders.map((some) => ({ 'content-type': 'application/json', ...some })),
  body: mostly<unknown>(settings, 3, fc.jsonValue()),
  dependsOn: fc.array(fc.constantFrom('0', '1', '2'), { maxLength: 1 })
})
const batch = mostly<unknown>(
  fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => ({
    requests: parts.map(({ dependsOn, ...one }, at) => ({
      ...one,
      id: String(at),
      dependsOn: dependsOn.filter((id) => Number(id) < at)
    }))
  })),
  9,
  fc.oneof(fc.jsonValue(), fc.record({ requests: fc.array(fc.record({ id: text, method: text, url: text })) }))
)
const sync: Sent = {
  method: 'POST',
  target: `${SETTINGS}/sync`,
  headers: { authorization: 'Bearer readwrite' },
  body: undefined
}
const batches: fc.Arbitrary<Sent> = batch.map((value) => ({
  method: 'POST',
  target: BATCH,
  headers: { authorization: 'Bearer readwrite', 'content-type': 'application/json' },
  body: JSON.stringify(value)
}))

/** Sends a request the whole way through the app; light-my-request itself would put its URL right. */
async function send({ app }: TestApp, { method, target, headers, body }: Sent) {
  return inject(
    (request, response) => {
      Object.assign(request, { url: target })
      app.routing(request, response)
    },
    { method: method as 'GET', url: '/', headers, validate: false, ...(body !== undefined && { payload: body }) }
  )
}

/** Whether a status is a client's doing, or somebody asked for it. */
function isWanted(status: number, reason: unknown): boolean {
  return status < 500 || /^(?:Fault rule \d+ |The condition of this tenant is )/.test(String(reason))
}

t.test('without sockets', async (t) => {
  const app = await testApp(t)
  const document = (await app.call('GET', '/_mock/openapi.json')).json<object>()
  const control = arbitraryRequests(document, ['default', ...TENANTS])
  const request = fc.oneof(
    { weight: 3, arbitrary: graph },
    { weight: 2, arbitrary: batches },
    { weight: 5, arbitrary: control },
    { weight: 1, arbitrary: fc.constant(sync) }
  )
  const seen = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(request, async (sent) => {
      app.lines.length = 0
      const answer = await send(app, sent)
      const parts =
        sent.target === BATCH && answer.statusCode === 200
          ? answer.json<{ responses: { status: number; headers: Record<string, string> }[] }>().responses
          : []
      for (const { status, headers } of [{ status: answer.statusCode, headers: answer.headers }, ...parts]) {
        if (!isWanted(status, headers['x-mock-reason'])) throw new Error(`${status} ${answer.payload}`)
        seen.set(`${status}`, (seen.get(`${status}`) ?? 0) + 1)
      }
      const bug = app.lines.find(({ level }) => Number(level) >= 50)
      if (bug) throw new Error(JSON.stringify(bug))
    }),
    FUZZING
  )
  const ok = [...seen].filter(([status]) => status.startsWith('2')).reduce((sum, [, count]) => sum + count, 0)
  t.ok(ok > FUZZING.numRuns / 5, `and many of these requests are sound: ${JSON.stringify(Object.fromEntries(seen))}`)
  for (const id of TENANTS) {
    const url = `/_mock/tenants/${id}/export`
    const exported = (await app.call('GET', url)).json<object>()
    t.equal((await app.call('PUT', url, { body: exported })).statusCode, 200, 'whatever came of them can be imported')
  }
})

t.test('over sockets, byte by byte', async (t) => {
  const { server, port, lines } = await startTestServer(t, { journalSize: 100 })
  const requestLine = fc
    .tuple(
      method,
      target,
      mostly(fc.constant('HTTP/1.1'), 9, fc.constantFrom('HTTP/1.0', 'HTTP/2.0', 'HTTP/9.9', 'HTTP/1'))
    )
    .map((words) => words.join(' '))
  const headerLine = mostly(
    fc.constantFrom('Host: localhost', 'Content-Length: 2', 'Transfer-Encoding: chunked', 'Upgrade: x', 'Expect: x'),
    1,
    fc
      .tuple(fc.constantFrom('Host', 'X', 'Content-Type', 'client-request-id', 'Origin'), fieldValue)
      .map((pair) => pair.join(': '))
  )
  const message = fc
    .tuple(requestLine, fc.array(headerLine, { maxLength: 4 }), fc.constantFrom('', '{}', '2\r\n{}\r\n0\r\n\r\n'))
    .map(([line, more, body]) => {
      const head = [line, 'Host: localhost', 'Authorization: Bearer readwrite', ...more].join('\r\n')
      return Buffer.from(`${head}\r\n\r\n${body}`, 'latin1')
    })
  const damage = fc.tuple(fc.nat(), fc.uint8Array({ maxLength: 3 }), fc.nat(3))
  const damaged = fc.tuple(message, fc.array(damage, { maxLength: 2 })).map(([whole, wounds]) =>
    wounds.reduce((rest, [at, put, cut]) => {
      const place = at % rest.length
      return Buffer.concat([rest.subarray(0, place), put, rest.subarray(place + cut)])
    }, whole)
  )
  await fc.assert(
    fc.asyncProperty(fc.array(damaged, { minLength: 1, maxLength: 2 }), async (messages) => {
      const said = await say(port, Buffer.concat(messages))
      const statuses = [...said.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status))
      // 505 is the one answer of the 5xx that tells of a client's mistake.
      const bad = statuses.find((status) => status >= 500 && status !== 505)
      if (bad !== undefined) throw new Error(said)
      const bug = lines.find(({ level }) => Number(level) >= 50)
      if (bug) throw new Error(JSON.stringify(bug))
    }),
    { ...FUZZING, numRuns: Math.ceil(FUZZING.numRuns / 4) }
  )
  server.mock.reset()
  const headers = { authorization: 'Bearer readwrite', 'content-type': 'application/json' }
  const answer = await ask({ secure: false, port, path: SETTINGS, method: 'PATCH', headers, body: '{}' })
  t.equal(answer.status, 200, 'and the server answers as before')
})
