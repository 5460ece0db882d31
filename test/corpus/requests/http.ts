// What HTTP itself brings: bytes that are no request, targets of every form, connections.
import { SETTINGS } from '../common.js'
import { ask, graph, on, raw, type Step } from '../step.js'

const AUTHORIZED = 'Authorization: Bearer readwrite'
/** Lines of a request that is the last of its connection. */
const last = (line: string, ...headers: string[]) => [line, ...headers, 'Connection: close', '', '']

const broken: Step[] = [
  raw('a method in lower case', [`Patch ${SETTINGS} HTTP/1.1`, 'Host: localhost', '', '']),
  raw('a method that is none', [`NONSENSE ${SETTINGS} HTTP/1.1`, 'Host: localhost', '', '']),
  raw('a version that there is not', ['GET / HTTP/9.9', '', '']),
  raw('no request', ['hello', '', '']),
  raw('a header block over 64 KiB', [
    `GET ${SETTINGS} HTTP/1.1`,
    'Host: localhost',
    `X: ${'x'.repeat(70_000)}`,
    '',
    ''
  ]),
  raw('a length that is none', [`PATCH ${SETTINGS} HTTP/1.1`, 'Host: localhost', 'Content-Length: x', '', '']),
  raw('two lengths', [
    `PATCH ${SETTINGS} HTTP/1.1`,
    'Host: localhost',
    'Content-Length: 1',
    'Content-Length: 2',
    '',
    ''
  ]),
  raw('a length and chunks', [
    `PATCH ${SETTINGS} HTTP/1.1`,
    'Host: localhost',
    'Content-Length: 1',
    'Transfer-Encoding: chunked',
    '',
    ''
  ]),
  raw('a chunk that is none', [
    `PATCH ${SETTINGS} HTTP/1.1`,
    'Host: localhost',
    AUTHORIZED,
    'Content-Type: application/json',
    'Transfer-Encoding: chunked',
    '',
    'zz',
    ''
  ]),
  raw('a header without a colon', [`GET ${SETTINGS} HTTP/1.1`, 'Host localhost', '', '']),
  raw('a broken request behind a good one', [
    'GET /beta HTTP/1.1',
    'Host: localhost',
    '',
    'nonsense',
    'more nonsense',
    '',
    ''
  ])
]

const requests: Step[] = [
  raw('no Host', last(`GET ${SETTINGS} HTTP/1.1`, AUTHORIZED, 'Accept: application/json;odata.metadata=minimal')),
  raw('HTTP/1.0', [`GET ${SETTINGS} HTTP/1.0`, AUTHORIZED, '', '']),
  raw('two Hosts', last(`GET ${SETTINGS} HTTP/1.1`, 'Host: a.example', 'Host: b.example', AUTHORIZED)),
  raw('a target in absolute form', last(`GET http://graph.example${SETTINGS} HTTP/1.1`, 'Host: localhost', AUTHORIZED)),
  raw('a target with a fragment', last(`GET ${SETTINGS}#x HTTP/1.1`, 'Host: localhost', AUTHORIZED)),
  raw('an expectation', [
    `PATCH ${SETTINGS} HTTP/1.1`,
    'Host: localhost',
    AUTHORIZED,
    'Content-Type: application/json',
    'Content-Length: 2',
    'Expect: 100-continue',
    'Connection: close',
    '',
    '{}'
  ]),
  raw(
    'an expectation that nobody knows',
    last(`GET ${SETTINGS} HTTP/1.1`, 'Host: localhost', AUTHORIZED, 'Expect: miracles')
  ),
  raw('an upgrade', [
    `GET ${SETTINGS} HTTP/1.1`,
    'Host: localhost',
    AUTHORIZED,
    'Upgrade: websocket',
    'Connection: Upgrade, close',
    '',
    ''
  ]),
  raw('chunks and a trailer', [
    `PATCH ${SETTINGS} HTTP/1.1`,
    'Host: localhost',
    AUTHORIZED,
    'Content-Type: application/json',
    'Transfer-Encoding: chunked',
    'Connection: close',
    '',
    '2',
    '{}',
    '0',
    'X-Trailer: 1',
    '',
    ''
  ]),
  raw('two requests at once', [
    `GET ${SETTINGS} HTTP/1.1`,
    'Host: localhost',
    AUTHORIZED,
    '',
    ...last('GET /beta HTTP/1.1', 'Host: localhost')
  ]),
  raw('a body over 1 MiB, told by its length', [
    `PATCH ${SETTINGS} HTTP/1.1`,
    'Host: localhost',
    AUTHORIZED,
    'Content-Type: application/json',
    'Content-Length: 1048577',
    '',
    ''
  ]),
  raw('a body over 1 MiB, to the control surface', [
    'POST /_mock/tokens HTTP/1.1',
    'Host: localhost',
    'Content-Type: application/json',
    'Content-Length: 1048577',
    '',
    ''
  ]),
  raw('a body over 1 MiB, to the authority', [
    'POST /common/oauth2/v2.0/token HTTP/1.1',
    'Host: localhost',
    'Content-Type: application/x-www-form-urlencoded',
    'Content-Length: 1048577',
    '',
    ''
  ]),
  raw('HEAD', last(`HEAD ${SETTINGS} HTTP/1.1`, 'Host: localhost', AUTHORIZED)),
  raw(
    'headers of many forms',
    last(`GET ${SETTINGS} HTTP/1.1`, 'hOST: localhost', 'authorization:Bearer readwrite  ', 'CLIENT-REQUEST-ID: a, b')
  ),
  raw(
    'client-request-id twice',
    last(`GET ${SETTINGS} HTTP/1.1`, 'Host: localhost', AUTHORIZED, 'client-request-id: a', 'client-request-id: b')
  )
]

const tunnels: Step[] = [
  'graph.microsoft.com:443',
  'LOGIN.microsoftonline.com:443',
  'example.com:443',
  'graph.microsoft.com:80',
  'graph.microsoft.com'
].map((target) =>
  raw(`CONNECT ${target}`, [
    `CONNECT ${target} HTTP/1.1`,
    `Host: ${target}`,
    '',
    ...last('GET /beta HTTP/1.1', 'Host: graph.microsoft.com')
  ])
)

export const sequences = [
  ...on('documented', broken),
  ...on('documented', requests),
  ...on('documented', tunnels),
  ...on('tls off', [
    ...tunnels.slice(0, 1),
    ask('GET', 'GET /'),
    raw('a TLS handshake', ['\u0016\u0003\u0001', '', ''])
  ]),
  ...on('public url', [graph('URLs of refusals', `GET ${SETTINGS}`, { token: null }), ...requests.slice(0, 1)])
]
