// The journal: what it tells of requests, and waiting for them.
import { DEFAULT_TENANT, mint, PAGE, SETTINGS, state, TENANT } from '../common.js'
import { ask, before, graph, on, raw, type Step } from '../step.js'

const ALL = '/_mock/requests'
const OF_DEFAULT = '/_mock/tenants/default/requests'
const wait = (name: string, body: object | undefined, path = OF_DEFAULT) => ask(name, `POST ${path}/wait`, { body })
const told = (step: Step): Step[] => [step, ask(`${step.name}: told`, `GET ${ALL}`)]
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' }
const text = (name: string, body: string | Buffer): Step[] =>
  told(graph(`body: ${name}`, `PATCH ${SETTINGS}`, { body, headers: { 'Content-Type': 'application/json' } }))

const entries: Step[][] = [
  told(
    graph('a call', `GET ${SETTINGS}?$select=id&a=1&a=2`, {
      headers: { 'X-Mine': 'x', Cookie: 'secret', 'Api-Key': 'secret' }
    })
  ),
  told(graph('a PATCH', `PATCH ${SETTINGS}`, { body: PAGE })),
  told(graph('no token', `GET ${SETTINGS}`, { token: null })),
  told(graph('no readable token', `GET ${SETTINGS}`, { token: 'a.b.c' })),
  told(graph('no permission', `GET ${SETTINGS}`, { token: 'no-scopes' })),
  told(graph('a gap', 'GET /beta/users?code=secret&$filter=x')),
  told(graph('v1.0', 'GET /v1.0/me')),
  told(graph('no version', 'POST /gamma?a=b', { body: {} })),
  told(graph('a malformed URL', 'GET /beta/%E0%A4%A')),
  told(graph('a whole URL', `GET http://user:secret@a.example${SETTINGS}`)),
  told(
    graph('a preflight', `OPTIONS ${SETTINGS}`, {
      token: null,
      headers: { Origin: 'http://a.example', 'Access-Control-Request-Method': 'PATCH' }
    })
  ),
  told(graph('$metadata', 'GET /beta/$metadata', { token: null })),
  told(
    graph('a batch', 'POST /beta/$batch', {
      body: { requests: [{ id: 'a', method: 'GET', url: SETTINGS.slice('/beta'.length) }] }
    })
  ),
  told(ask('the authority', `GET /${TENANT}/v2.0/.well-known/openid-configuration`)),
  told(
    ask('a grant', 'POST /contoso.example/oauth2/v2.0/token?code=secret', {
      body: 'grant_type=password&password=secret&strange=x&scope=a&redirect_uri=http://localhost/?secret',
      headers: FORM
    })
  ),
  told(ask('JSON at the authority', 'POST /common/oauth2/token', { body: { a: 1 } })),
  told(ask('a page of the authority', 'GET /devicelogin')),
  told(ask('the control surface', 'GET /_mock/health')),
  told(raw('a request that is none', ['nonsense', '', ''])),
  text('JSON', '{"a":[1,null]}'),
  text('no JSON', '{"a":'),
  text('no JSON that speaks of secrets', '{"password":"secret'),
  text('a secret', '{"clientSecret":{"a":"secret"},"b":[{"api_key":"secret"}],"c":"Bearer abc"}'),
  text('a name in escapes', '{"p\\u0061ssword":"secret","b":1}'),
  text('JSON within JSON', '{"message":"{\\"password\\":\\"secret\\"}","b":"https://a.example/?token=x&y=z"}'),
  text('no UTF-8', Buffer.from([0xff, 0xfe])),
  text('a deep one', `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`),
  text('none', ''),
  [
    before('POST /_mock/tenants/default/faults', { delay: { ms: 1 }, respond: { status: 503 }, times: 1 }),
    ...told(graph('a fault', `GET ${SETTINGS}`))
  ],
  [
    before('POST /_mock/tenants/default/faults', { connection: 'hang', times: 1 }),
    ...told(
      raw(
        'a request that hangs',
        [`GET ${SETTINGS} HTTP/1.1`, 'Host: localhost', 'Authorization: Bearer readwrite', '', ''],
        200
      )
    )
  ],
  [state({ condition: 'unavailable' }), ...told(graph('an outage', `GET ${SETTINGS}`))],
  [
    before('POST /_mock/tenants/default/clock', { freeze: true, set: '2030-01-01T00:00:00Z' }),
    ...told(graph('on a clock of its own', `GET ${SETTINGS}`))
  ]
]

const calls: Step[] = [
  graph('a GET', `GET ${SETTINGS}`),
  graph('a PATCH of the page', `PATCH ${SETTINGS}`, { body: PAGE }),
  mint({ tenantId: TENANT }),
  graph('a GET of another tenant', `GET ${SETTINGS.replace('beta/', 'beta//')}`, { token: '{{token}}' }),
  graph('a GET of a gap', 'GET /beta/users')
]
const QUERIES = [
  '',
  '?method=get',
  `?path=${SETTINGS.toUpperCase()}`,
  '?path=*/users',
  '?status=400',
  '?method=GET&limit=1',
  '?limit=0',
  '?limit=x',
  '?status=ok',
  '?status=99',
  '?method=G%20T',
  '?path='
]

export const sequences = [
  ...on('documented', entries),
  ...on('documented', [
    [
      ...calls,
      ...[ALL, OF_DEFAULT, `/_mock/tenants/${TENANT}/requests`].flatMap((path) => [
        ask(`GET ${path}`, `GET ${path}`),
        ask(`GET ${path}/count`, `GET ${path}/count`),
        ask(`GET ${path}/unmatched`, `GET ${path}/unmatched`)
      ]),
      ...QUERIES.slice(1).map((query) => ask(`count${query}`, `GET ${ALL}/count${query}`)),
      ...QUERIES.slice(1, 6).map((query) => ask(`list${query}`, `GET ${ALL}${query}`)),
      wait('wait for what has been', { method: 'patch', body: { syncStatus: 'inProgress' } }),
      wait('wait for two', { path: '/beta/*', status: 200, count: 2 }),
      wait('wait in all tenants', { count: 3, timeout: 'PT0S', method: 'GET' }, ALL),
      wait('wait in vain', { method: 'PATCH', body: { syncStatus: 'failed' }, status: 200, timeout: 'PT0.01S' }),
      wait('wait in vain for a path', { path: '/beta/x', timeout: 'PT0S' }),
      wait('wait in vain for a body', { body: { a: [1, { b: null }] }, timeout: 'PT0S' }),
      wait('wait in vain for more', { count: 9, timeout: 'PT0S' }),
      ask('one tenant is cleared', `DELETE /_mock/tenants/${TENANT}/requests`),
      ask('what is left', `GET ${ALL}/count`),
      ask('all are cleared', `DELETE ${ALL}`),
      ask('nothing is left', `GET ${ALL}`),
      wait('wait in vain, and nothing came', { timeout: 'PT0S' })
    ],
    ...[
      { count: 0 },
      { timeout: '5s' },
      { timeout: 'PT1H' },
      { status: 99 },
      { verb: 'GET' },
      { path: '' },
      { method: 'G T' },
      { count: 1.5 }
    ].map((body) => wait(`what cannot be waited for: ${JSON.stringify(body)}`, body)),
    [
      ...Array.from({ length: 6 }, (_, at) => graph(`misses: ${at}`, `GET ${SETTINGS}?$select=id&n=${at}`)),
      wait('the nearest misses', { path: '/beta/nothing', timeout: 'PT0S' })
    ],
    [ask('of an unknown tenant', 'GET /_mock/tenants/11111111-2222-3333-4444-555555555555/requests')],
    ask('of a tenant that is none', 'GET /_mock/tenants/nobody/requests')
  ]),
  ...on('small journal', [
    [
      ...Array.from({ length: 4 }, (_, at) => graph(`call ${at}`, `GET ${SETTINGS}?$select=id&n=${at}`)),
      ask('what is left', `GET ${ALL}`),
      ask('how many were dropped', `GET ${OF_DEFAULT}/count`),
      wait('wait in vain', { path: '/x', timeout: 'PT0S' })
    ]
  ]),
  ...on('journal off', [
    ...['GET ', 'GET /count', 'GET /unmatched', 'POST /wait'].map((line) => {
      const [verb = '', rest = ''] = line.split(' ')
      return ask(`${verb} ${ALL}${rest}`, `${verb} ${ALL}${rest}`)
    }),
    ask('DELETE', `DELETE ${ALL}`),
    graph('a call', `GET ${SETTINGS}`),
    graph('a call that is refused', `PATCH ${SETTINGS}`, { body: '{' }),
    ask('the authority', `GET /${DEFAULT_TENANT}/discovery/keys`)
  ])
]
