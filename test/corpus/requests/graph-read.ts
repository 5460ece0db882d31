import { CLIENT_ID, PAGE, SETTINGS, state } from '../common.js'
import { graph, on, type Step } from '../step.js'

const accept = (value: string) => ({ headers: { Accept: value } })

/** What the profile decides. */
const entities: (Step | Step[])[] = [
  graph('GET', `GET ${SETTINGS}`),
  graph('HEAD', `HEAD ${SETTINGS}`),
  [state({ windowsAutopilotSettings: PAGE }), graph('GET, dates with offsets', `GET ${SETTINGS}`)],
  ...['none', 'minimal', 'full'].map((level) =>
    graph(`odata.metadata=${level}`, `GET ${SETTINGS}`, accept(`application/json;odata.metadata=${level}`))
  ),
  graph(
    'a level among other media types',
    `GET ${SETTINGS}`,
    accept('text/plain, application/json; odata.metadata="FULL";q=1')
  ),
  graph('a level that there is not', `GET ${SETTINGS}`, accept('application/json;odata.metadata=maximal')),
  graph('$select', `GET ${SETTINGS}?$select=syncStatus,id`),
  ...['none', 'minimal', 'full'].map((level) =>
    graph(
      `$select and odata.metadata=${level}`,
      `GET ${SETTINGS}?$select=lastSyncDateTime,syncStatus`,
      accept(`application/json;odata.metadata=${level}`)
    )
  )
]

const reads: Step[] = [
  graph('any media type', `GET ${SETTINGS}`, accept('text/html')),
  graph('$select without the dollar', `GET ${SETTINGS}?SELECT=id`),
  graph('$select of all', `GET ${SETTINGS}?$select=id,*`),
  graph('$select of nothing', `GET ${SETTINGS}?$select=`),
  graph('$select, encoded and with blanks', `GET ${SETTINGS}?%24select=id%2C%20syncStatus%20`),
  graph('$select of one twice', `GET ${SETTINGS}?$select=id,id`),
  graph('options that are passed over', `GET ${SETTINGS}?$filter=a%20eq%201&$orderby=x&$top=5&$count=true&nonsense`),
  ...[
    ['nope', '$select=nope'],
    ['__proto__', '$select=__proto__'],
    ['toString', '$select=id,toString'],
    ['SyncStatus', 'select=SyncStatus']
  ].map(([name = '', query = '']) => graph(`$select of an unknown property: ${name}`, `GET ${SETTINGS}?${query}`)),
  graph('$expand', `GET ${SETTINGS}?$expand=assignments($select=id)`),
  graph('$expand of nothing', `GET ${SETTINGS}?expand=`),
  graph('an empty name in $select', `GET ${SETTINGS}?$select=id,,syncStatus`),
  graph('no name in $select', `GET ${SETTINGS}?$select=id(`),
  graph('$select twice', `GET ${SETTINGS}?$select=id&select=id`),
  graph('$expand before $select', `GET ${SETTINGS}?$select=nope&$expand=also`),
  graph('client-request-id', `GET ${SETTINGS}`, { headers: { 'client-request-id': CLIENT_ID } }),
  graph('client-request-id of any form', `GET ${SETTINGS}`, { headers: { 'Client-Request-Id': 'mine' } }),
  graph('an empty client-request-id', `GET ${SETTINGS}`, { headers: { 'client-request-id': '' } }),
  graph('a body that nobody reads', `GET ${SETTINGS}`, { body: '{' }),
  graph('If-None-Match and Prefer', `GET ${SETTINGS}`, {
    headers: { 'If-None-Match': 'W/"1"', Prefer: 'return=minimal', 'Accept-Encoding': 'gzip' }
  })
]

export const sequences = [
  ...on('documented', [...entities, ...reads]),
  ...on('observed', entities),
  ...on('documented', [
    graph('by another Host', `GET ${SETTINGS}`, {
      headers: { Host: 'graph.example:8443', ...accept('application/json;odata.metadata=full').headers }
    }),
    graph('by a Host that is none', `GET ${SETTINGS}`, {
      headers: { Host: 'a b/"', ...accept('application/json;odata.metadata=minimal').headers }
    }),
    ...['127.0.0.1', '[::1]:80', 'app.localhost', 'graph.microsoft.com'].map((host) =>
      graph(`Strict-Transport-Security for ${host}`, `GET ${SETTINGS}?$select=id`, { headers: { Host: host } })
    ),
    graph('by https', `GET ${SETTINGS}`, { isSecure: true, ...accept('application/json;odata.metadata=full') })
  ]),
  ...on('public url', [graph('GET', `GET ${SETTINGS}`, accept('application/json;odata.metadata=full'))]),
  ...on('registered', [
    graph('GET on a clock that stands still', `GET ${SETTINGS}`),
    graph('a refusal on a clock that stands still', `GET ${SETTINGS}?$select=x`)
  ])
]
