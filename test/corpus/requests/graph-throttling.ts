import { advance, mint, SETTINGS, state, WRITE } from '../common.js'
import { graph, on } from '../step.js'

const get = (name: string, token = 'readwrite') => graph(name, `GET ${SETTINGS}?$select=id`, { token })
const patch = (name: string, token = 'readwrite') => graph(name, `PATCH ${SETTINGS}`, { body: {}, token })

export const sequences = on('documented', [
  [
    state({ throttling: { requestsPerTenant: 2 } }),
    get('requests of a tenant: first'),
    patch('requests of a tenant: second'),
    get('requests of a tenant: one too many'),
    graph('requests of a tenant: HEAD', `HEAD ${SETTINGS}`),
    graph('requests of a tenant: the gateway is free', 'GET /beta'),
    advance('PT19.5S'),
    get('requests of a tenant: a moment before the window'),
    advance('PT0.5S'),
    get('requests of a tenant: the next window')
  ],
  [
    state({ throttling: { writesPerTenant: 1, window: 'PT1H' } }),
    patch('writes of a tenant: first'),
    patch('writes of a tenant: one too many'),
    graph('writes of a tenant: sync', `POST ${SETTINGS}/sync`),
    get('writes of a tenant: a read')
  ],
  [
    state({ throttling: { requestsPerApp: 1, writesPerApp: 1 } }),
    mint({ appId: 'another', scopes: [WRITE] }),
    get('limits of an app: first'),
    get('limits of an app: one too many'),
    patch('limits of an app: of another', '{{token}}'),
    patch('limits of an app: one too many of another', '{{token}}')
  ],
  [
    state({ throttling: { requestsPerTenant: 0, format: 'intune' } }),
    get("Intune's 429"),
    state({ throttling: { retryAfter: true } }),
    get("Intune's 429 with Retry-After"),
    state({ throttling: { format: 'graph', retryAfter: false } }),
    get("Graph's 429 without Retry-After")
  ],
  [
    state({ throttling: { preset: 'intuneEnrollment', writesPerApp: 0 } }),
    patch('a preset, with one limit lower'),
    get('a preset, a read'),
    graph('a batch of what is limited', 'POST /beta/$batch', {
      body: {
        requests: [
          { id: 'read', method: 'GET', url: SETTINGS.slice('/beta'.length) },
          {
            id: 'write',
            method: 'PATCH',
            url: SETTINGS.slice('/beta'.length),
            headers: { 'Content-Type': 'application/json' },
            body: {}
          }
        ]
      }
    }),
    state({ throttling: null }),
    patch('no limits any more')
  ]
])
