import { CLIENT_ID, mint, PAGE, SETTINGS, state, stateNow, TENANT } from '../common.js'
import { graph, on, type Step } from '../step.js'

const BATCH = 'POST /beta/$batch'
const PATH = SETTINGS.slice('/beta/'.length)
const JSON_TYPE = { 'Content-Type': 'application/json' }
const get = (id: string, more: object = {}) => ({ id, method: 'GET', url: `/${PATH}`, ...more })
const patch = (id: string, body: unknown, more: object = {}) => {
  return { id, method: 'PATCH', url: `/${PATH}`, headers: JSON_TYPE, body, ...more }
}
const sync = (id: string, more: object = {}) => {
  return { id, method: 'POST', url: `${PATH}/sync`, headers: JSON_TYPE, body: {}, ...more }
}
const batch = (name: string, requests: unknown[], options: Parameters<typeof graph>[2] = {}) =>
  graph(name, BATCH, { body: { requests }, ...options })

const answers: (Step | Step[])[] = [
  batch('one part', [get('1')]),
  [
    batch('parts in their order', [
      get('read'),
      patch('update', { syncStatus: 'failed' }, { dependsOn: ['read'] }),
      sync('sync', { dependsOn: ['update'] }),
      sync('again', { dependsOn: ['sync'] })
    ]),
    stateNow('what they left')
  ],
  batch('parts of every kind', [
    get('selected', { url: `${PATH}?$select=id`, headers: { Accept: 'application/json;odata.metadata=none' } }),
    get('full', { headers: { accept: 'application/json;odata.metadata=full' } }),
    get('unknown', { url: '/deviceManagement/nope' }),
    get('an unknown first segment', { url: '/users' }),
    get('lower case', { method: 'get', headers: null, dependsOn: null }),
    patch('a bad value', { syncStatus: 'x' }),
    patch('a text', 'syncStatus', { headers: { 'content-type': 'text/plain' } }),
    patch('bytes', 'e30', { headers: { 'content-type': 'application/octet-stream' } }),
    patch('another verb', {}, { method: 'PUT' }),
    { id: 'DELETE', method: 'DELETE', url: `/${PATH}` },
    get('a batch', { url: '$batch' }),
    get('an encoded way', { url: `/${PATH}?$expand=x` })
  ]),
  // By themselves: they are loaded when first asked for, and parts are answered in the order in which they are ready.
  batch('$metadata', [get('1', { url: '$metadata' })]),
  batch('the service document', [get('1', { url: '/' })]),
  batch('a nested batch', [
    { id: '1', method: 'POST', url: '/$batch', headers: JSON_TYPE, body: { requests: [get('2')] } }
  ]),
  [
    mint({ tenantId: TENANT }),
    batch(
      'headers of parts',
      [
        get('inherited'),
        get('own', { headers: { authorization: 'Bearer {{token}}' } }),
        patch(
          'refused',
          {},
          {
            headers: { ...JSON_TYPE, 'client-request-id': CLIENT_ID, 'Content-Length': '99', Host: 'x', Expect: 'x' }
          }
        ),
        get('bad token', { headers: { Authorization: 'Bearer nonsense' } }),
        get('an origin', { headers: { Origin: 'https://app.example' } })
      ],
      { token: 'read' }
    )
  ],
  [
    state({ throttling: { writesPerTenant: 1, window: 'PT1H' } }),
    batch('dependents of a failure', [
      get('after both', { dependsOn: ['Throttled', 'first'] }),
      get('after that', { dependsOn: ['after both'] }),
      patch('throttled', {}, { dependsOn: ['first'] }),
      patch('first', { syncStatus: 'completed' }),
      get('alone')
    ])
  ],
  [state({ condition: 'readOnly' }), batch('a part that is answered in HTML', [get('read'), sync('write')])],
  [state({ condition: 'patchNoContent' }), batch('a part without content', [patch('1', PAGE)])],
  batch('URLs follow the Host', [get('1', { headers: { accept: 'application/json;odata.metadata=minimal' } })], {
    headers: { Host: 'graph.example:8443' }
  }),
  batch('URLs follow https', [get('1', { headers: { accept: 'application/json;odata.metadata=minimal' } })], {
    isSecure: true
  }),
  graph('unknown members are passed over', BATCH, {
    body: { requests: [get('1', { atomicityGroup: 'g', x: 1 })], y: 2 }
  }),
  batch('ids of any form', [get('ä "1"'), get(' ')]),
  batch(
    'twenty parts',
    Array.from({ length: 20 }, (_, at) => get(String(at), { url: `/${PATH}?$select=id` }))
  ),
  batch('any token will do', [get('1')], { token: 'no-scopes' })
]

const refusals: Step[] = [
  graph('no token', BATCH, { token: null, body: { requests: [get('1')] } }),
  graph('no bytes', BATCH, { headers: JSON_TYPE }),
  graph('no JSON', BATCH, { body: '{', headers: JSON_TYPE }),
  graph('no JSON content type', BATCH, { body: '{}', headers: { 'Content-Type': 'text/plain' } }),
  graph('no object', BATCH, { body: [] }),
  graph('no requests', BATCH, { body: {} }),
  graph('requests that are no list', BATCH, { body: { requests: {} } }),
  batch('an empty batch', []),
  batch('a request that is none', [7]),
  batch('no id', [{ method: 'GET', url: '/' }]),
  batch('an empty id', [get('')]),
  batch('an id that is no text', [{ ...get('1'), id: 1 }]),
  batch('no method', [{ id: '1', url: '/' }]),
  batch('no url', [{ id: '1', method: 'GET' }]),
  batch('an empty url', [get('1', { url: '' })]),
  batch('an absolute url', [get('1', { url: 'https://graph.microsoft.com/beta/me' })]),
  batch('a way out', [get('1', { url: '/%2e%2e/_mock/tenants' })]),
  batch('a way out by dots', [get('1', { url: '../v1.0/me' })]),
  batch('a header that is none', [get('1', { headers: { a: 1 } })]),
  batch('dependsOn that is no list', [get('1', { dependsOn: 'x' })]),
  batch('a body that is too deep', [patch('1', { a: JSON.parse(`${'['.repeat(100)}${']'.repeat(100)}`) as unknown })]),
  batch('a method that is none', [get('1', { method: 'HEAD' })]),
  batch(
    'too many',
    Array.from({ length: 21 }, (_, at) => get(String(at)))
  ),
  batch('an id twice', [get('A'), get('a')]),
  batch('a write without anything', [{ id: 's', method: 'POST', url: `/${PATH}/sync` }]),
  batch('a write with a body that is null', [sync('s', { body: null })]),
  batch('a write without Content-Type', [patch('1', {}, { headers: {} })]),
  batch('an unknown dependency', [get('1', { dependsOn: ['2'] })]),
  batch('a dependency on itself', [get('1', { dependsOn: ['1'] })]),
  batch('a circle', [get('1', { dependsOn: ['2'] }), get('2', { dependsOn: ['1'] }), get('3')]),
  graph('on v1.0', 'POST /v1.0/$batch', { body: { requests: [get('1')] } })
]

export const sequences = [
  ...on('documented', answers),
  ...on('documented', refusals),
  ...on('observed', answers.slice(0, 3))
]
