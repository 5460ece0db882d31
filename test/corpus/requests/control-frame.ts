// What holds for all of /_mock: who may call, which methods there are, bodies, queries, tokens of its own.
import { CONTROL_TOKEN } from '../fixture.js'
import { ask, on, raw, type Step } from '../step.js'

const HEALTH = 'GET /_mock/health'
const TOKENS = 'POST /_mock/tokens'
const HOSTS = [
  'localhost:1',
  'LocalHost',
  'localhost.',
  '192.168.1.7:80',
  '[::1]:8365',
  '[fe80::1%25eth0]:80',
  'mock_1:8365',
  'a.localhost.:1',
  'b.local',
  'C.INTERNAL.',
  '',
  'Evil.Example:8365',
  '127.0.0.1.nip.io',
  'ai.',
  '0x7f.1',
  '[evil]',
  'a b.local',
  'mock.example'
]
const by = (headers: Record<string, string | null>) =>
  ask(`GET health with ${JSON.stringify(headers)}`, HEALTH, { headers })
const authorized = { headers: { Authorization: `Bearer ${CONTROL_TOKEN}` } }

const guarded: Step[] = [
  ...HOSTS.map((host) => by({ Host: host })),
  ...[
    'http://localhost:8365',
    'https://localhost:8365',
    'null',
    '',
    'https://evil.example',
    'http://localhost:3000'
  ].map((Origin) => by({ Origin })),
  ...['none', 'same-origin', 'same-site', 'cross-site'].map((site) => by({ 'Sec-Fetch-Site': site })),
  ask('a preflight', 'OPTIONS /_mock/tokens', {
    headers: { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' }
  }),
  raw('a target in absolute form', [
    'GET http://evil.example/_mock/health HTTP/1.1',
    'Host: localhost',
    'Connection: close',
    '',
    ''
  ]),
  raw('no Host', ['GET /_mock/health HTTP/1.0', '', ''])
]

const methods: Step[] = [
  ...['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'].map((verb) =>
    ask(`${verb} health`, `${verb} /_mock/health`)
  ),
  ...[
    'GET /_mock/tokens?x=1',
    'HEAD /_mock/reset',
    'DELETE /_MOCK//tenants/default/State/',
    'GET /_mock/tenants/default/reset',
    'PUT /_mock/tenants/default/clock',
    'POST /_mock/tenants',
    'GET /_mock/tenants/default',
    'POST /_mock/tenants/default/export',
    'PATCH /_mock/faults',
    'GET /_mock/faults/1',
    'PUT /_mock/requests',
    'GET /_mock/requests/wait',
    'GET /_mock/tenants/default/snapshots/a',
    'GET /_mock/tenants/default/devicecodes/x',
    'POST /_mock/openapi.json',
    'POST /_mock/support',
    'POST /_mock/connect/js',
    'GET /_mock',
    'GET /_mock/',
    'GET /_MOCK/nope',
    'GET /_mock/caxpem',
    'GET /_mock/tenants/a/b/clock',
    'POST /_mock/nope',
    'GET /_mocked',
    'GET /_mock%2Fhealth'
  ].map((line) => ask(line, line)),
  ask('a body is not looked at', 'PATCH /_mock/reset?x=1', { body: '{', headers: { 'Content-Type': 'text/plain' } })
]

const bodies: Step[] = [
  ask('no bytes under a form', TOKENS, { headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }),
  ask('merge-patch+json', 'PATCH /_mock/tenants/default/state', {
    body: '{}',
    headers: { 'Content-Type': 'application/merge-patch+json; charset=utf-8' }
  }),
  ...(
    [
      ['null', 'null', 'application/json'],
      ['a list', '[]', 'application/json'],
      ['no JSON', '{', 'application/json'],
      ['an unexpected end', '{"scopes":["a"', 'application/json'],
      ['a trailing comma', '{"a":1,}', 'application/json'],
      ['nested deeper than 32 levels', `{"claims":{"a":${'['.repeat(40)}${']'.repeat(40)}}}`, 'application/json'],
      ['text', '{}', 'text/plain'],
      ['JSON lines', '{}', 'application/json-seq'],
      ['a malformed type', '{}', 'nonsense']
    ] as const
  ).map(([name, body, type]) => ask(`a body: ${name}`, TOKENS, { body, headers: { 'Content-Type': type } })),
  ask('a body: no content type', TOKENS, { body: '{}' }),
  ask('a body: no UTF-8', TOKENS, {
    body: Buffer.from([0x7b, 0xff, 0x7d]),
    headers: { 'Content-Type': 'application/json' }
  }),
  ask('a body: a byte order mark', TOKENS, { body: '\ufeff{}', headers: { 'Content-Type': 'application/json' } }),
  ask('a body that is missing', 'PATCH /_mock/tenants/default/state'),
  ask('a body of a GET', HEALTH, { body: '{', headers: { 'Content-Type': 'application/json' } }),
  ask('an unknown member of the body', 'POST /_mock/reset', { body: { tenant: 'default' } }),
  ask('an unknown query parameter', 'POST /_mock/reset?tenant=default'),
  ask('an unknown query parameter where there are some', 'GET /_mock/requests?verb=GET'),
  ask('a query parameter twice', 'GET /_mock/requests?limit=1&limit=2'),
  ask('a path parameter that is wrong', 'GET /_mock/tenants/contoso/state'),
  ask('a path parameter that is long', `GET /_mock/tenants/${'a'.repeat(5000)}/clock`),
  ask('a malformed path', 'GET /_mock/tenants/%zz/state')
]

export const sequences = [
  ...on('documented', guarded),
  ...on('documented', methods),
  ...on('documented', bodies),
  ...on('public url', [
    ...['graph.example', 'GRAPH.example.:443', 'other.example', 'third.example'].map((host) => by({ Host: host })),
    by({ Origin: 'https://graph.example:8443' })
  ]),
  ...on('control token', [
    ...[
      null,
      '',
      CONTROL_TOKEN,
      `Basic ${CONTROL_TOKEN}`,
      'Bearer',
      'Bearer wrong',
      `Bearer ${CONTROL_TOKEN} x`,
      `bearer   ${CONTROL_TOKEN} `
    ].map((authorization) =>
      ask(`Authorization ${JSON.stringify(authorization)}`, 'GET /_mock/tenants', {
        headers: authorization === null ? {} : { Authorization: authorization }
      })
    ),
    ask('health', HEALTH),
    ask('HEAD health', 'HEAD /_mock/health'),
    ask('POST health', 'POST /_mock/health'),
    ask('an unknown path', 'GET /_mock/nope'),
    ask('an unknown path with the token', 'GET /_mock/nope', authorized),
    ask('another origin', HEALTH, { headers: { Origin: 'https://evil.example' } }),
    ask('a recipe', 'GET /_mock/connect/curl', authorized)
  ]),
  ...on('control off', [
    ask('health', HEALTH),
    ask('POST health', 'POST /_mock/health'),
    ask('another Host', HEALTH, { headers: { Host: 'evil.example' } }),
    ...['tokens', 'reset', 'openapi.json', 'ca.pem', 'tenants/default/state', 'nope', '%74okens'].map((path) =>
      ask(`POST ${path}`, `POST /_mock/${path}`)
    )
  ])
]
