import { TENANT } from '../common.js'
import { ask, before, on, type Step } from '../step.js'

const respond = { status: 503 }
const RULES: object[] = [
  { respond, match: { operation: 'windowsAutopilotSettings.get' }, times: 1 },
  { match: { method: 'get', path: '*/sync', operation: '*' }, connection: 'hang', after: 2, probability: 0.5 },
  { delay: { min: 1, max: 2 } },
  {
    respond: {
      status: 429,
      code: 'C',
      message: 'M',
      retryAfter: 'PT1S',
      format: 'intune',
      headers: { A: 'b' },
      body: { a: 1 }
    }
  }
]
const WRONG: object[] = [
  {},
  { respond, connection: 'reset' },
  { delay: { min: 2, max: 1 } },
  { delay: { ms: -1 } },
  { delay: { ms: 4_000_000 } },
  { delay: {} },
  { respond, match: { path: 'beta' } },
  { respond, match: { path: '' } },
  { respond, match: { method: 'G T' } },
  { respond, match: { operation: 'sync' } },
  { respond, match: { operation: 'windows*' }, times: -1 },
  { respond, probability: 2 },
  { respond: {} },
  { respond: { status: 99 } },
  { respond: { status: 600 } },
  { respond: { ...respond, format: 'xml' } },
  { respond: { ...respond, retryAfter: 'soon' } },
  { respond: { ...respond, headers: { 'a b': '' } } },
  { respond: { ...respond, headers: { a: 'ü\n' } } },
  { respond: { ...respond, headers: { Trailer: 'x' } } },
  { respond: { ...respond, headers: { 'content-length': '1' } } },
  { respond, tmes: 1 },
  { connection: 'rst' },
  { respond, matched: 1 }
]
const json = (value: unknown) => JSON.stringify(value)

/** The same for one tenant and for all. */
const of = (path: string): (Step | Step[])[] => [
  ask(`GET ${path}`, `GET ${path}`),
  ...RULES.map((rule) => ask(`POST ${path} ${json(rule)}`, `POST ${path}`, { body: rule })),
  [
    ...RULES.map((rule) => before(`POST ${path}`, rule)),
    ask(`${path}: four`, `GET ${path}`),
    ask(`${path}: that fired`, `GET ${path}?fired=true`),
    ask(`${path}: the second is removed`, `DELETE ${path}/2`),
    ask(`${path}: the second is removed again`, `DELETE ${path}/2`),
    ask(`${path}: three`, `GET ${path}?fired=false`),
    ask(`${path}: all are removed`, `DELETE ${path}`),
    ask(`${path}: none`, `GET ${path}`),
    ask(`${path}: numbers go on`, `POST ${path}`, { body: { respond } })
  ],
  ask(`GET ${path}?fired=maybe`, `GET ${path}?fired=maybe`),
  ask(`DELETE ${path}/x`, `DELETE ${path}/x`),
  ask(`DELETE ${path}/0`, `DELETE ${path}/0`),
  ask(`POST ${path} without a body`, `POST ${path}`)
]

export const sequences = on('documented', [
  ...of('/_mock/faults'),
  ...of(`/_mock/tenants/${TENANT}/faults`),
  ...WRONG.map((rule) => ask(`wrong: ${json(rule)}`, 'POST /_mock/faults', { body: rule })),
  ...WRONG.slice(0, 3).map((rule) =>
    ask(`wrong, in a token: ${json(rule)}`, 'POST /_mock/tokens', { body: { faults: [rule] } })
  )
])
