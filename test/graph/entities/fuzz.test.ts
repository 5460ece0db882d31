// No request for an entity gives a 5xx, and one that is refused changes nothing.
import fc from 'fast-check'
import t from 'tap'
import { codeUnits, fuzzing } from '../../arbitraries.js'
import { freshTenant, GROUP, testApp } from '../../helper.js'

const PATHS = [
  'users',
  'users/adele.vance@contoso.example',
  "users('nobody')",
  'me',
  'me/manager',
  'groups',
  'groups/{group}',
  'groups/{group}/members',
  'groups/{group}/owners/{user}',
  'directoryObjects/{user}',
  'organization',
  'deviceManagement',
  'deviceManagement/managedDevices',
  'deviceManagement/deviceConfigurations',
  'applications',
  'sites/root'
]
const ENDS = [
  '/$count',
  '/$ref',
  '/$value',
  '/members/$ref',
  '/displayName',
  '/displayName/$value',
  '/microsoft.graph.user',
  '/microsoft.graph.getByIds',
  '/getMemberGroups',
  '/delta',
  "/delta(token='a')",
  '/validateProperties',
  "/x(a=1,b='c''d',c=@p)"
]
const OPTIONS = [
  '$filter',
  '$select',
  '$orderby',
  '$expand',
  '$search',
  '$top',
  '$skip',
  '$count',
  '$skiptoken',
  '@p',
  'x'
]
const WORDS = [
  ...[
    'displayName',
    'id',
    'accountEnabled',
    'members',
    'manager',
    'createdDateTime',
    'assignedLicenses',
    'passwordProfile'
  ],
  ...[
    'eq',
    'ne',
    'gt',
    'and',
    'or',
    'not',
    'in',
    'has',
    'add',
    'div',
    'asc',
    'desc',
    'null',
    'true',
    'any',
    'all',
    'x:x'
  ],
  ...[
    'startswith(',
    'contains(',
    'length(',
    'cast(',
    'isof(',
    'date(',
    'now()',
    'microsoft.graph.user',
    '$it',
    '$count',
    '$levels=max'
  ],
  ...[
    '(',
    ')',
    '/',
    ',',
    ':',
    ';',
    '*',
    '-',
    '$',
    '@',
    "'",
    '"',
    '"displayName:a"',
    "'a'",
    "''",
    '0',
    '1',
    '-1',
    '1e999',
    '9'.repeat(30)
  ],
  ...[
    '2026-01-01',
    '2026-13-01T00:00:00Z',
    '00000000-0000-0000-0000-000000000000',
    "duration'P1D'",
    '__proto__',
    'constructor'
  ]
]
const expression = fc
  .array(fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...WORDS) }, codeUnits(0x20, 0xff)), { maxLength: 8 })
  .chain((words) => fc.constantFrom('', ' ').map((between) => words.join(between)))
const RIGHT_OPTIONS = [
  "$filter=startswith(displayName,'P')",
  '$select=id,displayName',
  '$orderby=displayName desc',
  '$top=1&$count=true',
  '$expand=members',
  '$search="displayName:a"'
]
const option = fc
  .tuple(fc.constantFrom(...OPTIONS), expression)
  .map(([name, text]) => `${name}=${encodeURIComponent(text)}`)
const query = fc
  .array(fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...RIGHT_OPTIONS) }, option), { maxLength: 2 })
  .map((options) => options.join('&'))
const path = fc
  .tuple(fc.constantFrom(...PATHS), fc.option(fc.constantFrom(...ENDS), { nil: '', freq: 1 }), query)
  .map(([start, end, options]) => start + end + (options && `?${options}`))

const NAMES = [
  ...['displayName', 'id', 'mailEnabled', 'mailNickname', 'securityEnabled', 'accountEnabled', 'userPrincipalName'],
  ...['passwordProfile', 'businessPhones', 'members', 'members@odata.bind', 'manager@odata.bind', 'owners@delta'],
  ...['@odata.id', '@odata.type', '@odata.etag', 'createdDateTime', '__proto__', 'constructor', 'nobody']
]
const value = fc.oneof(
  fc.constantFrom<unknown>(
    'Pilots',
    true,
    null,
    '{group}',
    '#microsoft.graph.group',
    '#microsoft.graph.windows10CompliancePolicy'
  ),
  fc.constantFrom<unknown>(
    ['https://graph.microsoft.com/v1.0/users/{user}'],
    'https://graph.microsoft.com/v1.0/users/{user}',
    1e308,
    -1
  ),
  fc.constantFrom<unknown>({ '@odata.type': '#microsoft.graph.user' }, [{ displayName: 'a' }], [[]], [null]),
  fc.jsonValue()
)
const RIGHT_BODIES = [
  { displayName: 'Pilots', mailEnabled: false, mailNickname: 'pilots', securityEnabled: true },
  { displayName: 'Early', description: null },
  { deviceName: 'DESKTOP-1', complianceState: 'compliant' },
  { '@odata.id': 'https://graph.microsoft.com/v1.0/directoryObjects/{user}' }
]
const body = fc.oneof(
  fc.constantFrom(...RIGHT_BODIES).map((right) => JSON.stringify(right)),
  fc.array(fc.tuple(fc.constantFrom(...NAMES), value), { maxLength: 6 }).map(
    // Written as text, so that __proto__ is a member like others.
    (members) => `{${members.map(([name, held]) => `${JSON.stringify(name)}:${JSON.stringify(held)}`).join(',')}}`
  ),
  fc.json()
)
const request = fc.record({
  version: fc.constantFrom('v1.0', 'beta'),
  method: fc.constantFrom('GET', 'GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE'),
  path,
  body,
  prefer: fc.constantFrom(undefined, 'return=minimal', 'return=representation', 'odata.maxpagesize=2'),
  level: fc.constantFrom(undefined, 'none', 'full')
})

/** In place of the error that an answer to HEAD does not carry. */
const OF_HEAD: Record<string, unknown> = { code: '', message: '' }
const LISTS = ['users', 'groups?$expand=members,owners', 'applications', 'deviceManagement/managedDevices']

t.test('no request gives a 5xx, and what is refused changes nothing', async (t) => {
  const app = await testApp(t)
  await fc.assert(
    fc.asyncProperty(request, async ({ version, method, path, body, prefer, level }) => {
      const { id: tenantId, call } = await freshTenant(app)
      const user = (await call('GET', '/v1.0/me')).json<{ id: string }>().id
      const group = (await call('POST', '/v1.0/groups', { body: GROUP })).json<{ id: string }>().id
      const withIds = (text: string) => text.replaceAll('{user}', user).replaceAll('{group}', group)
      const kept = async () => {
        const answers = await Promise.all(LISTS.map((list) => call('GET', `/beta/${list}`)))
        return answers.map((answer) => answer.body).join()
      }
      const before = await kept()
      const isRead = method === 'GET' || method === 'HEAD'
      const answer = await call(method, `/${version}/${withIds(path)}`, {
        ...(!isRead && { body: withIds(body) }),
        headers: {
          ...(prefer !== undefined && { prefer }),
          ...(level !== undefined && { accept: `application/json;odata.metadata=${level}` })
        }
      })
      if (answer.statusCode >= 500) throw new Error(`${answer.statusCode}: ${answer.body}`)
      if (answer.statusCode >= 400) {
        const { error } = method === 'HEAD' ? { error: OF_HEAD } : answer.json<{ error: Record<string, unknown> }>()
        if (typeof error['code'] !== 'string' || typeof error['message'] !== 'string') throw new Error(answer.body)
        if ((await kept()) !== before) throw new Error(`${answer.statusCode} changed what is kept: ${answer.body}`)
      }
      app.mock.tenants.forget(tenantId)
    }),
    fuzzing(400)
  )
  t.pass('none was found')
})
