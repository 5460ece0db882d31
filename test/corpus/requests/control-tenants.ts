// State, clock, snapshots, export, lists of tenants.
import { advance, DEFAULT_TENANT, mint, PAGE, SETTINGS, stateNow, TENANT } from '../common.js'
import { ask, before, graph, on, type Step } from '../step.js'

const OF_DEFAULT = '/_mock/tenants/default'
const STATE = `${OF_DEFAULT}/state`
const CLOCK = `${OF_DEFAULT}/clock`
const EXPORT = `${OF_DEFAULT}/export`
const SNAPSHOTS = `${OF_DEFAULT}/snapshots`
const settings = (value: object) => ({ windowsAutopilotSettings: value })
const json = (value: unknown) => JSON.stringify(value)
const put = (body: object) => ask(`PUT state ${json(body)}`, `PUT ${STATE}`, { body })
const patch = (body: object) => ask(`PATCH state ${json(body)}`, `PATCH ${STATE}`, { body })
const clock = (body: object) => ask(`clock ${json(body)}`, `POST ${CLOCK}`, { body })
const imported = (body: unknown) => ask(`PUT export ${json(body)}`, `PUT ${EXPORT}`, { body: body as object })

const states: (Step | Step[])[] = [
  ask('GET state', `GET ${STATE}`),
  ask('HEAD state', `HEAD ${STATE}`),
  ask('GET state by its GUID', `GET /_mock/tenants/${DEFAULT_TENANT.toUpperCase()}/state`),
  ask('GET state of a tenant that nobody used', `GET /_mock/tenants/${TENANT}/state`),
  put({}),
  put({ profile: 'observed' }),
  put(settings(PAGE)),
  put(settings({ id: 'mine', ...PAGE })),
  put({ condition: 'unlicensed', throttling: { preset: 'intuneEnrollment', writesPerApp: 1 } }),
  put({ sync: { duration: 'PT1S', outcome: 'failed', minimumInterval: 'PT0S', retryAfter: 'PT1M' } }),
  put({ profile: 'both' }),
  put(settings({ syncStatus: 'never' })),
  put(settings({ lastSyncDateTime: 'never' })),
  put(settings({ 'a/b~c': 1 })),
  put({ windowsAutopilotSettings: 7 }),
  put({ throttling: { preset: 'none' } }),
  put({ throttling: { writesPerApp: -1 } }),
  put({ throttling: { window: '20s' } }),
  put({ clock: { freeze: true } }),
  patch({}),
  patch(settings({ syncStatus: 'failed' })),
  patch(settings({ syncStatus: null })),
  patch({ profile: null }),
  patch({ condition: 'noRole' }),
  patch({ condition: null }),
  patch({ condition: 'ill' }),
  patch({ throttling: null }),
  patch({ throttling: {} }),
  patch({ sync: { nope: null } }),
  patch({ sync: { retryAfter: true } }),
  patch({ sync: { retryAfter: -1 } }),
  patch({ sync: { running: { outcome: 'failed' } } }),
  patch({ sync: { lastAction: '2026-01-01T00:00:00Z' } }),
  patch({ nope: 1 }),
  patch({ throttle: null }),
  [
    ask('PATCH state: a running sync by hand', `PATCH ${STATE}`, {
      body: {
        windowsAutopilotSettings: { syncStatus: 'inProgress' },
        sync: { running: { startedAt: '2026-03-04T05:00:00Z', endsAt: '2026-03-04T06:00:00Z', outcome: 'failed' } }
      }
    }),
    advance('PT1H'),
    stateNow('PATCH state: it has ended')
  ],
  ask('PUT state: a running sync that does not show', `PUT ${STATE}`, {
    body: {
      sync: { running: { startedAt: '2026-03-04T05:00:00Z', endsAt: '2026-03-04T06:00:00Z', outcome: 'failed' } }
    }
  })
]

const clocks: (Step | Step[])[] = [
  ask('GET clock', `GET ${CLOCK}`),
  ask('HEAD clock', `HEAD ${CLOCK}`),
  ...[
    { advance: 'PT10M' },
    { advance: 'P1DT0.5S' },
    { set: '2030-01-01T00:00:00Z' },
    { set: '2031-05-05T05:05:05.555+02:00' },
    { freeze: true },
    { freeze: false },
    { reset: true },
    { reset: true, freeze: true, set: '2030-01-01T00:00:00Z', advance: 'PT1S' },
    {},
    { reset: false },
    { freeze: 'yes' },
    { set: 'soon' },
    { set: '2030-02-30T00:00:00Z' },
    { advance: '5s' },
    { advance: '-PT1S' },
    { advance: 'P1M' },
    { advance: 'P3000000D' },
    { skip: 'PT1S' }
  ].map(clock),
  ask('clock, no body', `POST ${CLOCK}`),
  [
    before(`POST ${CLOCK}`, { freeze: true, set: '2030-01-01T00:00:00.123Z' }),
    before(`POST ${CLOCK}`, { advance: 'PT1S' }),
    ask('a frozen clock', `GET ${CLOCK}`),
    graph('an answer on a frozen clock', `GET ${SETTINGS}`),
    graph('a refusal on a frozen clock', `GET ${SETTINGS}?$select=x`),
    ask('a token of a frozen clock', 'POST /_mock/tokens'),
    before(`POST ${CLOCK}`, { freeze: false }),
    ask('a clock that runs on', `GET ${CLOCK}`)
  ]
]

const snapshots: Step[][] = [
  [
    ask('snapshots: none', `GET ${SNAPSHOTS}`),
    ask('snapshots: the first', `PUT ${SNAPSHOTS}/first`),
    graph('snapshots: a change', `PATCH ${SETTINGS}`, { body: PAGE }),
    before(`POST ${CLOCK}`, { freeze: true, set: '2030-01-01T00:00:00Z' }),
    before(`POST ${OF_DEFAULT}/faults`, { respond: { status: 503 }, match: { path: '*/nothing' } }),
    ask('snapshots: the second', `PUT ${SNAPSHOTS}/second`),
    ask('snapshots: listed', `GET ${SNAPSHOTS}`),
    ask('snapshots: the first is restored', `POST ${SNAPSHOTS}/first/restore`),
    stateNow('snapshots: the state of the first'),
    ask('snapshots: the clock of the first', `GET ${CLOCK}`),
    ask('snapshots: the first again', `PUT ${SNAPSHOTS}/first`),
    before(`POST ${OF_DEFAULT}/reset`),
    ask('snapshots: kept over a reset', `GET ${SNAPSHOTS}`),
    ask('snapshots: the second is restored', `POST ${SNAPSHOTS}/second/restore`),
    ask('snapshots: the faults of the second', `GET ${OF_DEFAULT}/faults`),
    ask('snapshots: dropped', `DELETE ${SNAPSHOTS}/first`),
    ask('snapshots: dropped again', `DELETE ${SNAPSHOTS}/first`),
    ask('snapshots: restored and gone', `POST ${SNAPSHOTS}/first/restore`)
  ],
  [
    ask('snapshots: nothing to restore', `POST /_mock/tenants/${TENANT}/snapshots/a/restore`),
    ask('snapshots: no tenant was made', 'GET /_mock/tenants')
  ],
  ...['a%20b', 'a%2Fb', '%00', '%C3%A4', 'x'.repeat(65), 'A-Z.0_9~'].map((name) => [
    ask(`a snapshot named ${name}`, `PUT ${SNAPSHOTS}/${name}`)
  ]),
  [
    ...Array.from({ length: 100 }, (_, at) => before(`PUT ${SNAPSHOTS}/s${at}`)),
    ask('snapshots: one too many', `PUT ${SNAPSHOTS}/more`),
    ask('snapshots: one more of the same name', `PUT ${SNAPSHOTS}/s99`)
  ]
]

const exports: (Step | Step[])[] = [
  ask('GET export', `GET ${EXPORT}`),
  [
    before(`POST ${CLOCK}`, { advance: 'PT1H' }),
    ask('GET export, a clock ahead', `GET ${EXPORT}`),
    before(`POST ${CLOCK}`, { freeze: true }),
    graph('GET export: a sync', `POST ${SETTINGS}/sync`),
    before(`POST ${OF_DEFAULT}/faults`, { connection: 'reset', match: { operation: '*.sync' }, after: 3 }),
    before(`PATCH ${STATE}`, { throttling: { preset: 'intuneEnrollment' } }),
    ask('GET export, everything', `GET ${EXPORT}`)
  ],
  imported({}),
  imported({ sync: { duration: 'PT1S' } }),
  imported({
    condition: 'readOnly',
    clock: { freeze: true, set: '2030-01-01T00:00:00Z' },
    faults: [{ delay: { ms: 1 }, fired: 2, matched: 3 }]
  }),
  imported({ nope: 1 }),
  imported({ condition: 'ill' }),
  imported({ clock: {} }),
  imported({ clock: { set: 'soon' } }),
  imported({ condition: 'unlicensed', clock: { advance: 'P3000000D' } }),
  imported({ faults: [{ respond: { status: 99 } }] }),
  imported({ faults: [{ delay: { ms: 1 } }, {}] }),
  imported({ faults: [{ delay: { ms: 1 }, match: { operation: 'nope' } }] }),
  imported([])
]

const lists: (Step | Step[])[] = [
  [
    ask('tenants: none', 'GET /_mock/tenants'),
    graph('tenants: a call', `GET ${SETTINGS}`),
    mint({ tenantId: TENANT }),
    graph('tenants: of another', `PATCH ${SETTINGS}`, { token: '{{token}}', body: PAGE }),
    ask('tenants: listed', 'GET /_mock/tenants'),
    ask('tenants: one is reset', `POST /_mock/tenants/${TENANT}/reset`),
    stateNow('tenants: its state', TENANT),
    ask('tenants: one is forgotten', `DELETE /_mock/tenants/${TENANT}`),
    ask('tenants: forgotten again', `DELETE /_mock/tenants/${TENANT}`),
    ask('tenants: what is left', 'GET /_mock/tenants'),
    ask('tenants: all are reset', 'POST /_mock/reset'),
    ask('tenants: reset of one that nobody used', 'POST /_mock/tenants/11111111-2222-3333-4444-555555555555/reset'),
    ask('tenants: reset of one that is none', 'POST /_mock/tenants/nobody/reset')
  ]
]

export const sequences = [
  ...on('documented', [...states, ...clocks, ...snapshots, ...exports, ...lists]),
  ...on('observed', [states[0], exports[0]].flat() as Step[]),
  ...on('registered', [
    ask('GET state', `GET ${STATE}`),
    ask('GET state of another tenant', `GET /_mock/tenants/${TENANT}/state`),
    put({}),
    ask('GET export', `GET ${EXPORT}`),
    imported({ sync: { duration: 'PT1S' } }),
    ask('GET clock', `GET ${CLOCK}`),
    ask('faults of the fixture', `GET ${OF_DEFAULT}/faults`),
    [advance('PT1H'), before(`POST ${OF_DEFAULT}/reset`), ask('GET clock after a reset', `GET ${CLOCK}`)]
  ])
]
