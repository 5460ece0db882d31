import { Agent, request } from 'node:http'

const SETTINGS = '/beta/deviceManagement/windowsAutopilotSettings'
const JSON_TYPE = { 'content-type': 'application/json' }
const GRAPH = { authorization: 'Bearer readwrite', ...JSON_TYPE }
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const PART = { id: '1', method: 'PATCH', url: '/me', headers: JSON_TYPE, body: {} }

/** As a string of JSON that is about as long as the text. */
const fit = (text) => (JSON.stringify(text).length > 1.5 * text.length ? text.slice(0, text.length / 2) : text)
/** As a request line may hold it. */
const inUrl = (text) =>
  text
    .replace(/[ "\\]/g, encodeURIComponent)
    .slice(0, text.length)
    .replace(/%.?$/, '')

const graph = (make) => (text) => [{ method: 'PATCH', path: SETTINGS, headers: GRAPH, body: make(text) }]
const member = (make) => graph((text) => JSON.stringify(make(fit(text))))
const batch = (part) => (text) => [
  {
    method: 'POST',
    path: '/beta/$batch',
    headers: GRAPH,
    body: JSON.stringify({ requests: [{ ...PART, ...part(fit(text)) }] })
  }
]
/** In a batch, where a URL may be as long as a body. */
const read = (make) => batch((text) => ({ method: 'GET', url: make(inUrl(text)) }))
const entity = (make) => (text) => [
  { method: 'POST', path: '/v1.0/users', headers: GRAPH, body: JSON.stringify(make(fit(text))) }
]
const control = (method, path, make) => (text) => [
  { method, path: `/_mock${path}`, headers: JSON_TYPE, body: JSON.stringify(make(fit(text))) }
]
const form = (make) => (text) => [
  { method: 'POST', path: '/common/oauth2/v2.0/token', headers: FORM, body: new URLSearchParams(make(text)).toString() }
]
const header = (make) => ({ isHead: true, ask: (text) => [{ path: SETTINGS, headers: { ...GRAPH, ...make(text) } }] })
const target = (make) => ({ isHead: true, ask: (text) => [{ path: make(inUrl(text)), headers: GRAPH }] })

/** Where a client can write, each with the requests that write a text there. */
export const places = {
  'body of Graph': { ask: graph((text) => text) },
  'string in a body of Graph': { ask: member((text) => ({ a: text })) },
  'URL in a body of Graph': { ask: member((text) => ({ a: `https://a/b?c=${text}` })) },
  'name in a body of Graph': { ask: member((text) => ({ token: 1, [text]: 1 })) },
  'annotation in a body of Graph': { ask: member((text) => ({ '@odata.type': text })) },
  'date in a body of Graph': { ask: member((text) => ({ lastSyncDateTime: text })) },
  'enumeration in a body of Graph': { ask: member((text) => ({ syncStatus: text })) },
  'url of a part': { ask: batch((text) => ({ url: `/${text}` })) },
  'id of a part': { ask: batch((text) => ({ id: text })) },
  'header of a part': { ask: batch((text) => ({ headers: { ...JSON_TYPE, 'x-a': text } })) },
  'body of a part': { ask: batch((text) => ({ headers: { 'Content-Type': 'text/plain' }, body: text })) },
  'path of Graph': target((text) => `/beta/${text}`),
  'query of Graph': target((text) => `${SETTINGS}?${text}`),
  $select: target((text) => `${SETTINGS}?$select=${text}`),
  'path of an entity': target((text) => `/v1.0/users/${text}`),
  'key of an entity': target((text) => `/v1.0/users('${text}')`),
  '$filter of entities': target((text) => `/v1.0/users?$filter=${text}`),
  '$filter in a string': target((text) => `/v1.0/users?$filter=displayName eq '${text}'`.replaceAll(' ', '%20')),
  '$search of entities': target((text) => `/v1.0/users?$search=${text}`),
  '$orderby of entities': target((text) => `/v1.0/users?$orderby=${text}`),
  '$expand of entities': target((text) => `/v1.0/users?$expand=${text}`),
  '$filter of entities, long': { ask: read((text) => `/users?$filter=${text}`) },
  '$select of entities, long': { ask: read((text) => `/users?$select=${text}`) },
  '$expand of entities, long': { ask: read((text) => `/users?$expand=${text}`) },
  'path of an entity, long': { ask: read((text) => `/users/${text}`) },
  'string in an entity': { ask: entity((text) => ({ displayName: text })) },
  'name in an entity': { ask: entity((text) => ({ [text]: 1 })) },
  'annotation in an entity': { ask: entity((text) => ({ 'manager@odata.bind': text })) },
  'type of an entity': { ask: entity((text) => ({ '@odata.type': text })) },
  'path of nobody': target((text) => `/gamma/${text}`),
  'tenant of the authority': target((text) => `/${text.replaceAll('/', '-')}/oauth2/v2.0/token`),
  'query of the authority': target((text) => `/common/oauth2/v2.0/authorize?${text}`),
  'redirect URI': target((text) => `/common/oauth2/v2.0/authorize?client_id=a&response_type=code&redirect_uri=${text}`),
  'instance discovery': target((text) => `/common/discovery/instance?authorization_endpoint=${text}`),
  'control path': target((text) => `/_mock/${text}`),
  'name of a snapshot': target((text) => `/_mock/tenants/default/snapshots/${text}`),
  'path of a filter': target((text) => `/_mock/requests?path=${text}`),
  header: header((text) => ({ 'x-a': text })),
  'bearer token': header((text) => ({ authorization: `Bearer ${text}` })),
  JWT: header((text) => ({ authorization: `Bearer eyJhbGciOiJSUzI1NiJ9.${text}.a` })),
  Host: header((text) => ({ host: text })),
  'Host of the control surface': { isHead: true, ask: (text) => [{ path: '/_mock/health', headers: { host: text } }] },
  Origin: header((text) => ({ origin: text })),
  Accept: header((text) => ({ accept: text })),
  'Content-Type': header((text) => ({ 'content-type': text })),
  'client-request-id': header((text) => ({ 'client-request-id': text })),
  form: { ask: (text) => [{ method: 'POST', path: '/common/oauth2/v2.0/token', headers: FORM, body: text }] },
  'scope of a form': { ask: form((scope) => ({ grant_type: 'client_credentials', client_id: 'a', scope })) },
  'redirect URI of a form': { ask: form((text) => ({ grant_type: 'authorization_code', redirect_uri: text })) },
  'assertion of a form': {
    ask: form((text) => ({ grant_type: 'client_credentials', client_assertion: `eyJ.${text}.a` }))
  },
  'body of the control surface': {
    ask: (text) => [{ method: 'POST', path: '/_mock/tokens', headers: JSON_TYPE, body: text }]
  },
  'scope of a token': { ask: control('POST', '/tokens', (text) => ({ scopes: [text] })) },
  'claim of a token': { ask: control('POST', '/tokens', (text) => ({ claims: { [text]: text } })) },
  'state of a tenant': { ask: control('PATCH', '/tenants/default/state', (text) => ({ sync: { duration: text } })) },
  'clock of a tenant': { ask: control('POST', '/tenants/default/clock', (text) => ({ advance: text })) },
  'wait for a body': { ask: control('POST', '/requests/wait', (text) => ({ body: { a: text }, timeout: 'PT0S' })) },
  'wait for a path': {
    ask: control('POST', '/requests/wait', (text) => ({ path: text.slice(0, 8192), timeout: 'PT0S' }))
  },
  'path of a fault': {
    ask: (text) => [
      ...control('POST', '/faults', (path) => ({ match: { path: `/${path}` }, delay: { ms: 1 } }))(text),
      { path: SETTINGS, headers: GRAPH },
      { method: 'DELETE', path: '/_mock/faults' }
    ]
  }
}

const agent = new Agent({ keepAlive: true })

/** Resolves once the answer has come whole. */
export function send(port, { body, ...rest }) {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, agent, maxHeaderSize: 1_000_000, ...rest }, (incoming) => {
      incoming.resume().on('end', resolve).on('error', reject)
    })
    outgoing.on('error', reject).end(body)
  })
}
