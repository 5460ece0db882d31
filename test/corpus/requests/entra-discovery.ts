import { CLIENT_ID, DEFAULT_TENANT, TENANT } from '../common.js'
import { ask, on, type Step } from '../step.js'

const V2 = 'v2.0/.well-known/openid-configuration'
const V1 = '.well-known/openid-configuration'
const TENANTS = [
  TENANT,
  TENANT.toUpperCase(),
  'contoso.example',
  'common',
  'Organizations',
  'consumers',
  'nosuch',
  'a%20b'
]
const get = (path: string, options: Parameters<typeof ask>[2] = {}) => ask(`GET ${path}`, `GET ${path}`, options)
const instance = (endpoint: string, rest = '') =>
  get(`/common/discovery/instance?authorization_endpoint=${encodeURIComponent(endpoint)}${rest}`)
const realm = (user: string) => get(`/common/userrealm/${encodeURIComponent(user)}?api-version=1.0`)
const ORIGIN = { Origin: 'http://localhost:3000' }

const rows: Step[] = [
  ...[V2, V1].flatMap((path) => TENANTS.map((tenant) => get(`/${tenant}/${path}`))),
  ...['discovery/v2.0/keys', 'discovery/keys'].flatMap((path) =>
    ['common', TENANT, 'nosuch'].map((tenant) => get(`/${tenant}/${path}`))
  ),
  ask('by https', `GET /${TENANT}/${V2}`, { isSecure: true }),
  ask('by the name of Entra', `GET /${TENANT}/${V2}`, { headers: { Host: 'login.microsoftonline.com' } }),
  ask('HEAD', `HEAD /${TENANT}/${V2}`),
  get(`/COMMON/V2.0/.well-known/OpenID-Configuration/`),
  get(`/common//${V2}`),
  instance(`http://localhost:8365/${TENANT}/oauth2/v2.0/authorize`, '&api-version=1.1'),
  instance('https://login.windows.net/', '&api-version=1.0'),
  instance('https://login.microsoftonline.com/organizations/x'),
  instance('https://evil.example/x'),
  instance('x'),
  get('/common/discovery/instance'),
  get('/common/discovery/instance?authorization_endpoint=a&authorization_endpoint=b'),
  realm('Somebody@Contoso.Example'),
  realm('cf3bb5e1-0f50-4a5b-9a54-7d3f1c6a2b11'),
  realm('x@y'),
  realm('x'),
  get('/common/userrealm/'),
  ...[
    '/nosuch',
    '/nosuch/oauth2',
    `/${TENANT}/oauth2/v2.0/nosuch`,
    `/${TENANT}`,
    '/beta/oauth2/v2.0/token',
    '/_mock/oauth2/v2.0/token'
  ].map((path) => get(path)),
  ...['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'].map((verb) =>
    ask(`${verb} of discovery`, `${verb} /common/${V2}`)
  ),
  ...['PUT', 'DELETE', 'PROPFIND'].map((verb) =>
    ask(`${verb} of an unknown endpoint`, `${verb} /common/oauth2/nosuch`)
  ),
  ...[V2, 'discovery/v2.0/keys', 'oauth2/v2.0/token'].flatMap((path) => [
    ask(`CORS of ${path}`, `GET /common/${path}`, { headers: ORIGIN }),
    ask(`a preflight of ${path}`, `OPTIONS /common/${path}`, {
      headers: { ...ORIGIN, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'x' }
    })
  ]),
  ask('no CORS of a page', 'GET /common/oauth2/v2.0/logout', { headers: ORIGIN }),
  ask('client-request-id', `GET /nosuch/${V2}`, { headers: { 'client-request-id': CLIENT_ID } }),
  ask('client-request-id in the query', `GET /nosuch/${V2}?client-request-id=${CLIENT_ID}`),
  ask('client-request-id that is no GUID', `GET /nosuch/${V2}`, { headers: { 'client-request-id': 'mine' } }),
  get('/error'),
  get('/error?code=70016'),
  get('/error?code=%3Cb%3E'),
  get('/error?code=1&code=2'),
  ask('POST /error', 'POST /error', { form: { code: '1' } }),
  ask('PUT /error', 'PUT /error')
]

export const sequences = [
  ...on('documented', rows),
  ...on('public url', [get(`/${DEFAULT_TENANT}/${V2}`), get('/common/oauth2/v2.0/token')]),
  ...on('registered', [get(`/other.example/${V2}`), realm('a@other.example'), get(`/nosuch/${V2}`)]),
  ...on('tls off', [get(`/common/${V2}`)])
]
