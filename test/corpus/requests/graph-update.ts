import { CLIENT_ID, PAGE, SETTINGS, state, stateNow } from '../common.js'
import { graph, on, type Step } from '../step.js'

const PATCH = `PATCH ${SETTINGS}`
const patch = (name: string, body: unknown, headers: Record<string, string | null> = {}) =>
  graph(name, PATCH, { body: body as object, headers })
/** Sent as it is. */
const text = (name: string, body: string | Buffer, contentType: string | null = 'application/json') =>
  graph(name, PATCH, { body, headers: contentType === null ? {} : { 'Content-Type': contentType } })

const DATES = [
  '2020-02-29T00:00Z',
  '2020-01-01T00:00:00.123456789012+14:00',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.9999999Z',
  '1999-12-31T23:59:59.10-00:30'
]

const updates: (Step | Step[])[] = [
  [patch('the request of the API page', PAGE), graph('and what is there then', `GET ${SETTINGS}`)],
  [patch('one property', { syncStatus: 'failed' }), stateNow('one property: the state')],
  patch('nothing', {}),
  [patch('the key is passed over', { id: 'another' }), graph('the key has stayed', `GET ${SETTINGS}`)],
  patch('annotations are passed over', {
    '@odata.type': '#microsoft.graph.windowsAutopilotSettings',
    '@odata.context': 'x',
    'syncStatus@odata.type': '#microsoft.graph.windowsAutopilotSyncStatus',
    '@microsoft.graph.tips': 'x',
    syncStatus: 'completed'
  }),
  patch('@odata.type without #', { '@odata.type': 'microsoft.graph.windowsAutopilotSettings' }),
  patch("Intune's own name of the type", {
    '@odata.type': '#microsoft.management.services.api.windowsAutopilotSettings'
  }),
  text('a name twice', '{"syncStatus":"failed","syncStatus":"completed"}'),
  text('blanks and a byte order mark', '\ufeff {"syncStatus" : "failed"}\n'),
  ...['none', 'minimal', 'full'].map((level) =>
    patch(`odata.metadata=${level}`, { syncStatus: 'failed' }, { Accept: `application/json;odata.metadata=${level}` })
  ),
  graph('$select is passed over', `${PATCH}?$select=nope`, { body: { syncStatus: 'failed' } }),
  patch('Prefer: return=minimal is passed over', { syncStatus: 'failed' }, { Prefer: 'return=minimal' }),
  patch('If-Match is passed over', {}, { 'If-Match': 'W/"old"' }),
  ...[
    'application/json; charset=utf-8',
    'Application/JSON;odata.metadata=minimal;charset="UTF-8"',
    'application/merge-patch+json'
  ].map((type) => text(`Content-Type: ${type}`, '{}', type)),
  ...DATES.map((date) => patch(`the date ${date}`, { lastSyncDateTime: date }))
]

const refusals: Step[] = [
  text('bad JSON', '{"a":'),
  text('JSON with a comment', '{/**/}'),
  text('a JSON content type missing', '{}', 'text/plain'),
  text('a form', 'a=b', 'application/x-www-form-urlencoded'),
  text('a malformed content type', '{}', 'json'),
  text('no content type', '{}', null),
  text('another charset', '{}', 'application/json; charset=utf-16'),
  text('invalid UTF-8', Buffer.from([0x7b, 0xff, 0x7d])),
  graph('no body', PATCH),
  graph('no bytes of JSON', PATCH, { headers: { 'Content-Type': 'application/json' } }),
  patch('a content encoding', {}, { 'Content-Encoding': 'gzip' }),
  patch('the content encoding identity', {}, { 'Content-Encoding': 'Identity' }),
  ...[1, {}, ['inProgress'], true].map((value) =>
    patch(`syncStatus is ${JSON.stringify(value)}`, { syncStatus: value })
  ),
  patch('lastSyncDateTime is a number', { lastSyncDateTime: 1483257769 }),
  patch('lastManualSyncTriggerDateTime is true', { lastManualSyncTriggerDateTime: true }),
  patch('id is a number', { id: 7 }),
  patch('@odata.type is a number', { '@odata.type': 7 }),
  patch('the first mismatch of types wins', { wifiBlocked: true, syncStatus: 'never', lastSyncDateTime: 0 }),
  patch('@odata.type that Graph lacks', { '@odata.type': '#microsoft.graph.noSuchType' }),
  patch('@odata.type without a namespace', { '@odata.type': 'user' }),
  patch('@odata.type of another resource', { '@odata.type': '#microsoft.graph.iosGeneralDeviceConfiguration' }),
  ...['wifiBlocked', 'SyncStatus', '__proto__', 'constructor', 'a/b~c', '@foo', ''].map((name) =>
    text(`unknown property ${JSON.stringify(name)}`, `{${JSON.stringify(name)}:{"x":1}}`)
  ),
  ...['never', 'InProgress', '1', 'inProgress,completed', '', '  ', 'ünknown'].map((member) =>
    patch(`syncStatus is ${JSON.stringify(member)}`, { syncStatus: member })
  ),
  ...[
    '14.04.2021 14:11:27 +02:00',
    '2017-02-29T00:00:00Z',
    '2017-01-01T24:00:00Z',
    '2017-01-01T00:00:00+15:00',
    ''
  ].map((date) => patch(`lastSyncDateTime is ${JSON.stringify(date)}`, { lastSyncDateTime: date })),
  ...['syncStatus', 'lastSyncDateTime', 'id'].map((name) => patch(`${name} is null`, { [name]: null })),
  patch('the first failure in the order of the payload', {
    lastSyncDateTime: '2020-01-01T00:00Z',
    syncStatus: 'never',
    wifiBlocked: true
  }),
  ...['[]', 'null', '5', '"text"'].map((root) => text(`the root is ${root}`, root)),
  text('nested deeply', `{"a":${'['.repeat(2000)}${']'.repeat(2000)}}`),
  patch('a refusal has the ids of the request', { nope: 1 }, { 'client-request-id': CLIENT_ID })
]

export const sequences = [
  ...on('documented', updates),
  ...on('observed', updates.slice(0, 2)),
  ...on(
    'observed',
    DATES.map((date) => patch(`the date ${date}`, { lastSyncDateTime: date }))
  ),
  ...on('documented', refusals),
  ...on('observed', [
    patch('a refusal', { syncStatus: 'never' }),
    [state({ windowsAutopilotSettings: PAGE }), patch('dates of before', { syncStatus: 'completed' })]
  ])
]
