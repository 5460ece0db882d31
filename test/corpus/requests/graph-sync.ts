import { advance, SETTINGS, state, stateNow } from '../common.js'
import { graph, on, type Step } from '../step.js'

const SYNC = `POST ${SETTINGS}/sync`
const sync = (name: string, options: Parameters<typeof graph>[2] = {}) => graph(name, SYNC, options)

const runs: (Step | Step[])[] = [
  [
    sync('a sync'),
    graph('a sync runs', `GET ${SETTINGS}`),
    stateNow('a sync runs: the state'),
    sync('a second sync while it runs: 409'),
    advance('PT0.4S'),
    sync('still running: 409'),
    advance('PT0.1S'),
    graph('it has completed', `GET ${SETTINGS}`),
    sync('within ten minutes: 429'),
    advance('PT9M59.5S'),
    sync('ten minutes later')
  ],
  [
    state({ sync: { duration: 'PT1H', outcome: 'failed', minimumInterval: 'PT2H', retryAfter: 'PT90S' } }),
    sync('a long sync'),
    sync('a long sync runs: 409'),
    advance('PT1H'),
    graph('it has failed', `GET ${SETTINGS}`),
    sync('429 with Retry-After of a duration'),
    state({ sync: { retryAfter: 7 } }),
    sync('429 with Retry-After of a number'),
    state({ sync: { lastAction: null } }),
    sync('the lock-out is lifted')
  ],
  [
    sync('a sync that a PATCH ends'),
    graph('the PATCH', `PATCH ${SETTINGS}`, { body: { syncStatus: 'inProgress' } }),
    stateNow('what the PATCH left'),
    sync('the lock-out has stayed')
  ],
  [
    sync('a sync that a PATCH of a date leaves'),
    graph('the PATCH of a date', `PATCH ${SETTINGS}`, { body: { lastSyncDateTime: '2020-01-01T00:00:00Z' } }),
    stateNow('it runs on')
  ],
  [sync('a sync on a clock that is put back'), advance('PT0S'), stateNow('its state')],
  graph('by its qualified name', `POST ${SETTINGS}/microsoft.graph.sync`),
  graph('by its qualified name in another case', `POST ${SETTINGS}/Microsoft.Graph.Sync/`),
  sync('an empty object', { body: {} }),
  sync('an object of annotations', { body: { '@odata.type': 'x', 'a@b.c': 1 } }),
  ...['application/json', 'text/plain', 'nonsense', 'application/json;charset=latin1'].map((type) =>
    sync(`no bytes under ${type}`, { headers: { 'Content-Type': type } })
  ),
  sync('a parameter', { body: { force: true } }),
  sync('a parameter behind an annotation', { body: { '@odata.type': 'x', force: true, more: 1 } }),
  ...['[]', 'null', '7', '{'].map((text) =>
    sync(`a body of ${text}`, { body: text, headers: { 'Content-Type': 'application/json' } })
  ),
  sync('a body of another type', { body: '{}', headers: { 'Content-Type': 'text/plain' } }),
  sync('a malformed content type', { body: '{}', headers: { 'Content-Type': 'json' } }),
  sync('a content encoding', { body: {}, headers: { 'Content-Encoding': 'br' } })
]

export const sequences = [
  ...on('documented', runs),
  ...on('observed', runs.slice(0, 2)),
  ...on('registered', [[sync('a fault of the fixture'), sync('then a sync that takes an hour'), sync('then 409')]])
]
