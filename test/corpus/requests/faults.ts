import { advance, mint, OTHER_TENANT, SETTINGS, state, stateNow, TENANT } from '../common.js'
import { ask, before, graph, on, raw, type Step } from '../step.js'

const RULES = '/_mock/tenants/default/faults'
const GET = `GET ${SETTINGS}`
const rule = (body: object, scope = RULES) => before(`POST ${scope}`, body)
const answered = (name: string, respond: object, line = GET): Step[] => [
  rule({ times: 1, respond }),
  graph(name, line, line.startsWith('PATCH') ? { body: { syncStatus: 'failed' } } : {})
]
const broken = (name: string, connection: string, head = `GET ${SETTINGS} HTTP/1.1`, patience = 5000): Step[] => [
  rule({ times: 1, connection }),
  raw(name, [head, 'Host: localhost', 'Authorization: Bearer readwrite', 'Connection: close', '', ''], patience),
  ask(`${name}: the rule`, `GET ${RULES}`)
]

export const sequences = [
  ...on('documented', [
    ...[200, 202, 204, 301, 400, 401, 403, 404, 409, 412, 418, 429, 500, 502, 503, 504, 599].map((status) =>
      answered(`status ${status}`, { status })
    ),
    answered('a code and a message', { status: 500, code: 'UnknownError', message: '' }),
    answered('Retry-After of seconds', { status: 503, retryAfter: 7 }),
    answered('Retry-After of a duration', { status: 503, retryAfter: 'PT1.2S' }),
    ...[403, 409, 429, 500].map((status) =>
      answered(`in Intune's format, ${status}`, { status, format: 'intune', code: 'Mine' })
    ),
    answered("in Intune's format, elsewhere", { status: 500, format: 'intune' }, 'GET /beta/users'),
    ...[500, 502, 503].map((status) => answered(`as a page, ${status}`, { status, format: 'html' })),
    answered('a body of JSON', { status: 200, body: { value: [] }, headers: { 'X-Own': '1' } }),
    answered('a body of text', { status: 502, body: 'no JSON' }),
    answered('a body of text under a type of its own', {
      status: 502,
      body: '<p>',
      headers: { 'Content-Type': 'text/html' }
    }),
    answered('a body of null', { status: 500, body: null }),
    answered('headers over those of the answer', {
      status: 429,
      headers: { 'request-id': 'mine', Vary: '*', 'x-mock-reason': 'mine' }
    }),
    answered('of a HEAD', { status: 503 }, `HEAD ${SETTINGS}`),
    answered('of a PATCH', { status: 204 }, `PATCH ${SETTINGS}`),
    answered('of v1.0', { status: 503 }, 'GET /v1.0/me'),
    [
      rule({ match: { method: 'patch' }, respond: { status: 500 } }),
      rule({ match: { path: '*/SYNC' }, respond: { status: 501 } }),
      rule({ match: { operation: 'windowsAutopilotSettings.get' }, respond: { status: 502 } }),
      rule({ match: { path: '*device*nothing*' }, respond: { status: 505 } }),
      rule({ match: { path: '/beta//users?x=1' }, respond: { status: 503 } }),
      graph('matched by method', `PATCH ${SETTINGS}`, { body: {} }),
      graph('matched by path', `POST ${SETTINGS}/sync`),
      graph('matched by operation', GET),
      graph('matched by the canonical path', 'GET /beta/USERS/'),
      graph('matched by none', 'GET /beta/devices'),
      ask('what they matched', `GET ${RULES}`),
      ask('those that fired', `GET ${RULES}?fired=true`),
      ask('those that never fired', `GET ${RULES}?fired=false`)
    ],
    [
      rule({ after: 1, times: 2, respond: { status: 503 } }),
      ...[1, 2, 3, 4].map((at) => graph(`after one, twice: ${at}`, GET)),
      ask('after one, twice: the rule', `GET ${RULES}`)
    ],
    [
      rule({ probability: 0.5, respond: { status: 503 } }),
      ...[1, 2, 3, 4, 5, 6].map((at) => graph(`a chance of a half: ${at}`, `${GET}?$select=id`))
    ],
    [rule({ probability: 0, respond: { status: 503 } }), graph('no chance', GET)],
    [
      rule({ delay: { ms: 1 } }),
      rule({ delay: { min: 1, max: 2 } }),
      rule({ delay: { ms: 1 }, respond: { status: 504 } }),
      graph('delays, then an answer', GET),
      ask('delays: the rules', `GET ${RULES}`)
    ],
    [
      rule({ after: 1, times: 2, respond: { status: 500, code: 'OfAll' } }, '/_mock/faults'),
      rule({ times: 1, respond: { status: 502, code: 'OfTenant' } }, `/_mock/tenants/${TENANT}/faults`),
      mint({ tenantId: TENANT, faults: [{ times: 1, respond: { status: 503, code: 'OfToken' } }] }),
      mint({ tenantId: OTHER_TENANT }, 'other'),
      graph('rules of all come before the token: they pass', GET, { token: null }),
      graph('rules of all come before the token', GET, { token: null }),
      graph('rules of all, another path', 'GET /v1.0/x', { token: null }),
      graph('then those of the tenant', GET, { token: '{{token}}' }),
      graph('then those of the token', GET, { token: '{{token}}' }),
      graph('then none', GET, { token: '{{token}}' }),
      graph('another tenant', GET, { token: '{{other}}' }),
      ask('rules of all', 'GET /_mock/faults')
    ],
    [
      rule({ respond: { status: 503 } }, '/_mock/faults'),
      graph('metadata', 'GET /beta/$metadata', { token: null }),
      graph('a preflight comes first', `OPTIONS ${SETTINGS}`, {
        token: null,
        headers: { Origin: 'https://a.example', 'Access-Control-Request-Method': 'GET' }
      }),
      ask('the authority is free of them', 'GET /common/v2.0/.well-known/openid-configuration'),
      ask('no version is free of them', 'GET /nothing'),
      ask('the control surface is free of them', 'GET /_mock/health')
    ],
    [
      rule({ times: 2, match: { operation: '*.get' }, respond: { status: 429, retryAfter: 3 } }),
      graph('parts of a batch', 'POST /beta/$batch', { body: batchOf('a', 'b', 'c') }),
      rule({ times: 1, match: { operation: 'batch' }, respond: { status: 503 } }),
      graph('a batch that a rule names', 'POST /beta/$batch', { body: batchOf('a') }),
      rule({ connection: 'reset', match: { path: SETTINGS } }),
      graph('no part breaks a connection', 'POST /beta/$batch', { body: batchOf('a') }),
      before(`DELETE ${RULES}`),
      rule({
        respond: { status: 503, body: 'not json{', headers: { 'content-type': 'application/json' } },
        match: { operation: '*.get' }
      }),
      graph('a part that only calls itself JSON', 'POST /beta/$batch', { body: batchOf('a') })
    ],
    broken('reset', 'reset'),
    broken('empty', 'empty'),
    broken('truncate', 'truncate'),
    broken('truncate of a page', 'truncate', 'GET /beta/users HTTP/1.1'),
    [
      ...broken('truncate of a PATCH', 'truncate', `PATCH ${SETTINGS} HTTP/1.1`),
      rule({ connection: 'truncate', times: 1 }, '/_mock/faults'),
      rule({ respond: { status: 503 }, times: 1 }),
      raw('truncate, and no other rule', [
        `GET ${SETTINGS} HTTP/1.1`,
        'Host: localhost',
        'Authorization: Bearer readwrite',
        '',
        ''
      ])
    ],
    broken('hang', 'hang', undefined, 200),
    [
      state({ condition: 'noIntune' }),
      rule({ times: 1, respond: { status: 503 } }),
      graph('faults come before conditions', GET),
      stateNow('which stay'),
      advance('PT1H'),
      graph('the condition', GET)
    ]
  ]),
  ...on('registered', [
    [
      graph('a token of the fixture that carries rules', GET, { token: 'faulty' }),
      graph('a token of the fixture whose rule is used up', GET, { token: 'faulty' })
    ]
  ]),
  ...on('observed', [answered("in Intune's format", { status: 409, format: 'intune' })])
]

function batchOf(...ids: string[]): object {
  return { requests: ids.map((id) => ({ id, method: 'GET', url: SETTINGS.slice('/beta'.length) })) }
}
