import { CONFIGURATION, READ, TENANT } from '../common.js'
import { ask, on } from '../step.js'

const REQUESTS: unknown[] = [
  {},
  { tenantId: 'default' },
  { tenantId: TENANT.toUpperCase() },
  { scopes: [] },
  { scopes: [READ, 'User.Read'] },
  { kind: 'delegated', roles: [READ] },
  { kind: 'application' },
  { kind: 'application', roles: [] },
  { kind: 'application', roles: [CONFIGURATION], appId: 'mine' },
  { kind: 'personal' },
  { kind: 'personal', tenantId: TENANT },
  { appId: '11112222-bbbb-3333-cccc-4444dddd5555' },
  { appId: 'mine' },
  { expiresIn: 5 },
  { expiresIn: -3600 },
  { audience: 'api://x', issuer: 'https://issuer.example/' },
  { signature: 'invalid' },
  { signature: 'foreign' },
  { signature: 'none' },
  { faults: [] },
  { faults: [{ respond: { status: 503 } }] },
  { claims: { upn: null, oid: 'mine', more: { a: [1] } } },
  { claims: { tid: TENANT } },
  { claims: { tid: 'nobody' } },
  { claims: {} },
  { scope: [] },
  { kind: 'robot' },
  { expiresIn: 1.5 },
  { expiresIn: 2 ** 31 },
  { scopes: ['a', 7] },
  { scopes: 'a' },
  { tenantId: 'contoso' },
  { tenantId: '' },
  { signature: 'bad' },
  { faults: [{ tmes: 1 }] },
  { faults: {} },
  { claims: [] },
  { appId: 7 },
  { audience: null }
]

export const sequences = [
  ...on('documented', [
    ask('nothing', 'POST /_mock/tokens'),
    ...REQUESTS.map((request) => ask(JSON.stringify(request), 'POST /_mock/tokens', { body: request as object }))
  ]),
  ...on('registered', [
    ask('nothing', 'POST /_mock/tokens'),
    ask('an application', 'POST /_mock/tokens', { body: { kind: 'application' } })
  ]),
  ...on('nothing registered', [ask('nothing', 'POST /_mock/tokens')]),
  ...on('public url', [ask('nothing', 'POST /_mock/tokens')])
]
