import t from 'tap'
import { Graph, type Json } from './ask.js'

const ADA = { displayName: 'Ada', userPrincipalName: 'ada@contoso.com', accountEnabled: true, city: 'London' }
const BOB = { displayName: 'Bob', userPrincipalName: 'bob@contoso.com', businessPhones: ['1', '2'], jobTitle: null }
const ROOT = 'https://graph.microsoft.com/beta/$metadata#'

/** Two users, one the manager of the other, a group that has both, a device and a policy. */
function company(): Graph & { ids: Record<'ada' | 'bob' | 'group' | 'device' | 'policy', string> } {
  const graph = new Graph()
  const ada = graph.post('/users', ADA)
  const bob = graph.post('/users', { ...BOB, 'manager@odata.bind': `https://graph.microsoft.com/v1.0/users/${ada}` })
  const group = graph.post('/groups', {
    displayName: 'All',
    'members@odata.bind': [`https://graph.microsoft.com/beta/directoryObjects/${ada}`, `users('${bob}')`],
    'owners@odata.bind': [`https://localhost:8365/v1.0/users/${ada}`]
  })
  const device = graph.post('/devices', { displayName: 'PC', deviceId: '11111111-2222-3333-4444-555555555555' })
  const policy = graph.post('/deviceManagement/deviceConfigurations', {
    '@odata.type': '#microsoft.graph.windows10CustomConfiguration',
    displayName: 'Policy',
    omaSettings: [{ '@odata.type': '#microsoft.graph.omaSettingString', displayName: 'One', value: 'v' }],
    assignments: [{ target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: group } }]
  })
  return Object.assign(graph, { ids: { ada, bob, group, device, policy } })
}

function values(answer: Json): Json[] {
  return answer['value'] as Json[]
}

function names(answer: Json): unknown[] {
  return values(answer).map(({ displayName }) => displayName)
}

t.test('reads whatever paths lead to', (t) => {
  const graph = company()
  const { ada, bob, group, device, policy } = graph.ids
  graph.userId = ada
  graph.post('/applications', { displayName: 'App', web: { homePageUrl: 'https://a', redirectUris: [] } })
  const rows: readonly (readonly [target: string, expected: Json | string | undefined, status?: number])[] = [
    [`/users/${ada}?$select=id`, { '@odata.context': `${ROOT}users(id)/$entity`, id: ada }],
    [`/users('${ada}')?$select=displayName`, { displayName: 'Ada' }],
    [`/users/${ada.toUpperCase()}?$select=displayName`, { displayName: 'Ada' }],
    ['/users/ADA@contoso.com?$select=displayName', { displayName: 'Ada' }],
    ["/users(userPrincipalName='bob@contoso.com')?$select=displayName", { displayName: 'Bob' }],
    ["/devices(deviceId='11111111-2222-3333-4444-555555555555')?$select=id", { id: device }],
    [
      `/directoryObjects/${device}?$select=displayName`,
      { '@odata.type': '#microsoft.graph.device', displayName: 'PC' }
    ],
    [`/directoryObjects/${device}/displayName`, { value: 'PC' }],
    ['/me?$select=displayName', { '@odata.context': `${ROOT}users(displayName)/$entity`, displayName: 'Ada' }],
    ['/me/directReports?$select=id', { '@odata.context': `${ROOT}directoryObjects(id)` }],
    [
      `/users/${bob}/manager?$select=id`,
      { '@odata.context': `${ROOT}directoryObjects(id)/$entity`, '@odata.type': '#microsoft.graph.user', id: ada }
    ],
    [
      `/users/${bob}/manager/$ref`,
      { '@odata.context': `${ROOT}$ref`, '@odata.id': `https://graph.microsoft.com/beta/users('${ada}')` }
    ],
    [
      `/users/${bob}/manager/microsoft.graph.user?$select=id`,
      { '@odata.context': `${ROOT}users(id)/$entity`, id: ada }
    ],
    [`/groups/${group}/members/${bob}?$select=id`, { '@odata.type': '#microsoft.graph.user', id: bob }],
    [`/groups/${group}/members/$count`, '2'],
    [`/groups/${group}/members/microsoft.graph.device/$count`, '0'],
    [`/users/${ada}/transitiveMemberOf/$count`, '1'],
    ["/users/$count?$filter=city eq 'london'", '1'],
    ['/users/$count', '2'],
    [`/users/${ada}/displayName`, { '@odata.context': `${ROOT}users('${ada}')/displayName`, value: 'Ada' }],
    [`/users/${ada}/displayName/$value`, 'Ada'],
    [`/users/${ada}/accountEnabled/$value`, 'true'],
    [`/users/${bob}/jobTitle`, undefined, 204],
    [`/users/${ada}/department`, undefined, 204],
    [`/users/${bob}/businessPhones`, { value: ['1', '2'] }],
    [`/users/${bob}/businessPhones/$count`, '2'],
    [`/users/${ada}/businessPhones`, { value: [] }],
    [`/users/${ada}/mailboxSettings/timeZone`, undefined, 204],
    [`/deviceManagement/deviceConfigurations/${policy}/assignments/$count`, '1'],
    [`/deviceManagement/deviceConfigurations/${policy}/microsoft.graph.windows10CustomConfiguration/omaSettings`, {}],
    ['/deviceManagement/deviceConfigurations/microsoft.graph.iosCustomConfiguration/$count', '0'],
    ['/deviceManagement/deviceConfigurations/microsoft.graph.windows10CustomConfiguration/$count', '1'],
    ['/deviceManagement?$select=intuneBrand', { '@odata.context': `${ROOT}deviceManagement(intuneBrand)` }],
    [
      '/identity/conditionalAccess/policies',
      { '@odata.context': `${ROOT}identity/conditionalAccess/policies`, value: [] }
    ],
    ['/deviceManagement/virtualEndpoint/cloudPCs/$count', '0'],
    ['/identityProtection', { '@odata.context': `${ROOT}identityProtection` }],
    [
      `/users/${ada}?$select=mailboxSettings/timeZone`,
      { '@odata.context': `${ROOT}users(mailboxSettings/timeZone)/$entity`, mailboxSettings: null }
    ],
    ['/applications?$select=web/homePageUrl', { value: [{ web: { homePageUrl: 'https://a' } }] }],
    [`/users/${ada}/todo/lists`, { value: [] }]
  ]
  for (const [target, expected, status = 200] of rows) {
    const { status: given, body, headers } = graph.ask('GET', target)
    t.equal(given, status, target)
    if (typeof expected === 'string') {
      t.equal(body, expected, target)
      t.equal(headers['content-type'], 'text/plain')
    } else if (expected) t.match(body, expected, target)
    else t.equal(body, undefined, target)
  }
  t.end()
})

t.test('shows all properties of the type in its order, absent ones with their defaults', (t) => {
  const graph = company()
  const user = graph.get(`/users/${graph.ids.ada}`)
  t.strictSame(Object.keys(user).slice(0, 4), ['@odata.context', 'id', 'deletedDateTime', 'aboutMe'])
  t.match(user, {
    department: null,
    businessPhones: [],
    birthday: '0001-01-01T00:00:00Z',
    createdDateTime: '2026-11-24T10:00:00.5Z',
    userType: 'Member'
  })
  const policy = graph.get(`/deviceManagement/deviceConfigurations/${graph.ids.policy}`)
  t.equal(policy['@odata.type'], '#microsoft.graph.windows10CustomConfiguration')
  t.strictSame((policy['omaSettings'] as Json[])[0], {
    '@odata.type': '#microsoft.graph.omaSettingString',
    description: null,
    displayName: 'One',
    isEncrypted: false,
    omaUri: '',
    secretReferenceValueId: null,
    value: 'v'
  })
  t.end()
})

t.test('types stand where they differ from the declared one', (t) => {
  const graph = company()
  const { ada, group } = graph.ids
  t.ok(values(graph.get('/users')).every((user) => !('@odata.type' in user)))
  t.strictSame(
    values(graph.get('/directoryObjects?$select=id')).map((one) => one['@odata.type']),
    ['#microsoft.graph.device', '#microsoft.graph.group', '#microsoft.graph.user', '#microsoft.graph.user']
  )
  t.strictSame(values(graph.get(`/groups/${group}/members/microsoft.graph.user?$select=displayName`)), [
    { displayName: 'Ada' },
    { displayName: 'Bob' }
  ])
  graph.level = 'none'
  t.strictSame(graph.get(`/directoryObjects/${ada}?$select=displayName`), { displayName: 'Ada' })
  t.strictSame(graph.get('/users?$select=displayName&$top=1&$count=true'), {
    '@odata.count': 2,
    '@odata.nextLink':
      'https://graph.microsoft.com/beta/users?$select=displayName&$top=1&$count=true&$skiptoken=WzAsMV0',
    value: [{ displayName: 'Ada' }]
  })
  t.end()
})

t.test('full metadata', (t) => {
  const graph = company()
  const { ada, policy } = graph.ids
  graph.level = 'full'
  const url = `https://graph.microsoft.com/beta/deviceManagement/deviceConfigurations('${policy}')`
  const answer = graph.get(`/deviceManagement/deviceConfigurations/${policy}`)
  t.match(answer, {
    '@odata.type': '#microsoft.graph.windows10CustomConfiguration',
    '@odata.id': `deviceManagement/deviceConfigurations('${policy}')`,
    '@odata.editLink': `deviceManagement/deviceConfigurations('${policy}')/microsoft.graph.windows10CustomConfiguration`,
    'createdDateTime@odata.type': '#DateTimeOffset',
    'roleScopeTagIds@odata.type': '#Collection(String)',
    'omaSettings@odata.type': '#Collection(microsoft.graph.omaSetting)',
    omaSettings: [{ '@odata.type': '#microsoft.graph.omaSettingString' }],
    'assignments@odata.navigationLink': `${url}/assignments`,
    'assignments@odata.associationLink': `${url}/assignments/$ref`,
    '#microsoft.graph.assign': { title: 'microsoft.graph.assign', target: `${url}/microsoft.graph.assign` }
  })
  t.notOk('displayName@odata.type' in answer)
  t.notOk('version@odata.type' in answer)
  const selected = graph.get(`/users/${ada}?$select=displayName,manager`)
  t.strictSame(Object.keys(selected), [
    '@odata.context',
    '@odata.type',
    '@odata.id',
    '@odata.editLink',
    'displayName',
    'manager@odata.associationLink',
    'manager@odata.navigationLink'
  ])
  t.end()
})

t.test('filters, orders, searches and selects', (t) => {
  const graph = company()
  const { group } = graph.ids
  for (const name of ['Carl Smith', 'Dora', 'eve'])
    graph.post('/users', { displayName: name, userPrincipalName: `${name[0]}@c.d`, city: name })
  const rows: readonly (readonly [target: string, names: readonly string[]])[] = [
    ["/users?$filter=displayName eq 'EVE'", ['eve']],
    ["/users?$filter=startswith(displayName,'b') or city eq 'London'", ['Ada', 'Bob']],
    ["/users?$filter=businessPhones/any(p:p eq '2')", ['Bob']],
    ["/users?$filter=manager/displayName eq 'Ada'", ['Bob']],
    ["/users?$filter=memberOf/any(g:g/displayName eq 'All') and accountEnabled eq true", ['Ada']],
    ['/users?$filter=directReports/$count eq 1', ['Ada']],
    ['/users?$filter=settings/contributionToContentDiscoveryDisabled eq true', []],
    ["/users?$filter=isof(mailboxSettings,'microsoft.graph.mailboxSettings')", []],
    ['/users?$orderby=displayName desc', ['eve', 'Dora', 'Carl Smith', 'Bob', 'Ada']],
    ['/users?$orderby=city desc,displayName&$top=2', ['Ada', 'eve']],
    ['/users?$skip=3&$orderby=displayName', ['Dora', 'eve']],
    ['/users?$skip=4', ['eve']],
    ['/users?$top=0', []],
    ['/users?$search="displayName:smith"', ['Carl Smith']],
    ['/users?$search="DISPLAYNAME:smi"', ['Carl Smith']],
    ['/users?$search="city:lon" OR "city:dor"', ['Ada', 'Dora']],
    ['/users?$search="nothing:x"', []],
    ['/users?$search=smith', ['Carl Smith']],
    ['/users?$search="businessPhones:1"', ['Bob']],
    [`/groups/${group}/members?$filter=displayName eq 'bob'`, ['Bob']],
    [`/groups/${group}/members?$orderby=displayName desc&$top=1`, ['Bob']],
    [`/groups/${group}/transitiveMembers?$filter=isof('microsoft.graph.user')`, ['Ada', 'Bob']],
    ['/deviceManagement/deviceConfigurations?$filter=createdDateTime le now()', ['Policy']],
    [
      "/deviceManagement/deviceConfigurations?$filter=microsoft.graph.windows10CustomConfiguration/omaSettings/any(o:isof(o,'microsoft.graph.omaSettingString'))",
      ['Policy']
    ]
  ]
  for (const [target, expected] of rows) t.strictSame(names(graph.get(target)), expected, target)
  t.end()
})

t.test('expands', (t) => {
  const graph = company()
  const { ada, bob, group, policy } = graph.ids
  const rows: readonly (readonly [target: string, expected: Json])[] = [
    [
      `/users/${bob}?$select=id&$expand=manager($select=displayName)`,
      { id: bob, manager: { '@odata.type': '#microsoft.graph.user', displayName: 'Ada' } }
    ],
    [`/users/${ada}?$select=id&$expand=manager`, { id: ada, manager: null }],
    [
      `/groups/${group}?$select=id&$expand=members($select=id;$top=1;$orderby=displayName desc;$count=true)`,
      {
        id: group,
        'members@odata.count': 2,
        members: [{ '@odata.type': '#microsoft.graph.user', id: bob }]
      }
    ],
    [
      `/groups/${group}?$select=id&$expand=members($select=id;$skip=1;$filter=accountEnabled eq true or city eq null)`,
      { members: [{ id: bob }] }
    ],
    [
      `/groups/${group}?$select=id&$expand=members/$ref`,
      { members: [{ '@odata.id': `https://graph.microsoft.com/beta/users('${ada}')` }, {}] }
    ],
    [`/groups/${group}?$select=id&$expand=members/$count`, { 'members@odata.count': 2, members: undefined }],
    [
      `/deviceManagement/deviceConfigurations/${policy}?$select=id&$expand=assignments`,
      {
        'assignments@odata.context': `${ROOT}deviceManagement/deviceConfigurations('${policy}')/assignments`,
        assignments: [{ target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: group } }]
      }
    ],
    [`/users/${bob}?$select=id&$expand=manager($select=id;$levels=2)`, { manager: { id: ada, manager: null } }],
    [`/users/${bob}?$select=id&$expand=manager($select=id;$levels=max)`, { manager: { id: ada, manager: null } }]
  ]
  for (const [target, expected] of rows) t.match(graph.get(target), expected, target)
  t.end()
})
