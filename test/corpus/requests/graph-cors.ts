import { SETTINGS, state } from '../common.js'
import { graph, on, prefixed, type Step } from '../step.js'

const ORIGIN = { Origin: 'https://app.example' }
const preflight = (name: string, path: string, headers: Record<string, string> = {}) =>
  graph(name, `OPTIONS ${path}`, {
    token: null,
    headers: { ...ORIGIN, 'Access-Control-Request-Method': 'PATCH', ...headers }
  })

const rows: (Step | Step[])[] = [
  graph('an answer', `GET ${SETTINGS}`, { headers: ORIGIN }),
  graph('an answer to the origin null', `GET ${SETTINGS}`, { headers: { Origin: 'null' } }),
  graph('an answer to an empty origin', `GET ${SETTINGS}`, { headers: { Origin: '' } }),
  graph('a refusal', `PATCH ${SETTINGS}`, { headers: ORIGIN, body: { nope: 1 } }),
  graph('no token', `GET ${SETTINGS}`, { headers: ORIGIN, token: null }),
  graph('an unknown segment', 'GET /beta/users', { headers: ORIGIN }),
  graph('v1.0', 'GET /v1.0/users', { headers: ORIGIN }),
  graph('no version', 'GET /nothing', { headers: ORIGIN }),
  graph('$metadata', 'GET /beta/$metadata', { headers: ORIGIN, token: null }),
  graph('$batch', 'POST /beta/$batch', {
    headers: ORIGIN,
    body: { requests: [{ id: '1', method: 'GET', url: '/users' }] }
  }),
  preflight('a preflight', SETTINGS),
  preflight('a preflight that asks for headers', SETTINGS, {
    'Access-Control-Request-Headers': 'authorization, content-type, x-mine'
  }),
  preflight('a preflight of a private network', SETTINGS, { 'Access-Control-Request-Private-Network': 'true' }),
  preflight('a preflight of an unknown segment', '/beta/users'),
  preflight('a preflight of v1.0', '/v1.0/me'),
  preflight('a preflight of $batch', '/beta/$batch'),
  preflight('a preflight of no version', '/nothing'),
  graph('OPTIONS without an origin', `OPTIONS ${SETTINGS}`, { headers: { 'Access-Control-Request-Method': 'GET' } }),
  graph('OPTIONS that is no preflight', `OPTIONS ${SETTINGS}`, { headers: ORIGIN }),
  [state({ condition: 'unavailable' }), graph('an outage', `GET ${SETTINGS}`, { headers: ORIGIN })]
]

export const sequences = [
  ...on('documented', rows),
  ...on('public url', prefixed('public', rows.slice(0, 1) as Step[]))
]
