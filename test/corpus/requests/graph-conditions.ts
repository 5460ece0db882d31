import { CLIENT_ID, mint, SETTINGS, state, stateNow } from '../common.js'
import { graph, on, type Step } from '../step.js'

const CONDITIONS = [
  'unlicensed',
  'noIntune',
  'noRole',
  'unavailable',
  'readOnly',
  'patchNoRoute',
  'patchNoContent',
  'claimsChallenge'
]
const REQUESTS: [string, string, object?][] = [
  ['GET', `GET ${SETTINGS}`],
  ['PATCH', `PATCH ${SETTINGS}`, { syncStatus: 'failed' }],
  ['sync', `POST ${SETTINGS}/sync`],
  ['HEAD', `HEAD ${SETTINGS}`],
  ['$batch', 'POST /beta/$batch', { requests: [{ id: '1', method: 'GET', url: SETTINGS.slice('/beta'.length) }] }],
  ['$metadata', 'GET /beta/$metadata'],
  ['an unknown segment', 'GET /beta/users']
]

const each = (condition: string): Step[][] =>
  REQUESTS.map(([name, line, body]) => [
    state({ condition }),
    graph(`${condition}, ${name}`, line, { body, headers: { 'client-request-id': CLIENT_ID } })
  ])

export const sequences = [
  ...on('documented', CONDITIONS.flatMap(each)),
  ...on('documented', [
    [
      state({ condition: 'claimsChallenge' }),
      graph('a challenge comes once', `GET ${SETTINGS}`),
      graph('then all is well', `GET ${SETTINGS}`),
      stateNow('the state then')
    ],
    [
      state({ condition: 'noIntune' }),
      graph('the token comes first', `GET ${SETTINGS}`, { token: null }),
      graph('permissions come before it', `PATCH ${SETTINGS}`, { token: 'read', body: '{' }),
      graph('it comes before the body', `PATCH ${SETTINGS}`, { body: '{' }),
      graph('a verb without a route comes first', `DELETE ${SETTINGS}`)
    ],
    [
      state({ condition: 'patchNoContent' }),
      graph('a PATCH that is wrong', `PATCH ${SETTINGS}`, { body: { nope: 1 } }),
      graph('a PATCH that is right', `PATCH ${SETTINGS}`, { body: { syncStatus: 'failed' } }),
      graph('it was done', `GET ${SETTINGS}`)
    ],
    [
      state({ condition: 'noIntune', throttling: { requestsPerTenant: 0 } }),
      graph('a condition comes before the limits', `GET ${SETTINGS}`)
    ]
  ]),
  ...on('observed', [
    [
      state({ condition: 'noRole' }),
      mint({ kind: 'application' }),
      graph('an application needs no role', `GET ${SETTINGS}`, { token: '{{token}}' })
    ],
    [state({ condition: 'claimsChallenge' }), graph('a challenge to https', `GET ${SETTINGS}`, { isSecure: true })]
  ])
]
