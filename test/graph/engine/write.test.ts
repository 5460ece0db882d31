import t from 'tap'
import { Graph, type Json } from './ask.js'

const ROOT = 'https://graph.microsoft.com/beta'

t.test('creates', (t) => {
  const graph = new Graph()
  const { status, headers, json, entities } = graph.ask('POST', '/users', {
    '@odata.type': '#microsoft.graph.user',
    '@odata.context': 'x',
    id: 'mine',
    createdDateTime: '2000-01-01T00:00:00Z',
    displayName: 'Ada',
    userPrincipalName: 'ada@contoso.com',
    employeeHireDate: '2020-02-29T00:00:00.100+02:00',
    passwordProfile: { password: 'x' }
  })
  const id = '00000000-0000-4000-8000-000000000001'
  t.equal(status, 201)
  t.strictSame(headers, { location: `${ROOT}/users('${id}')` })
  t.match(json, {
    '@odata.context': `${ROOT}/$metadata#users/$entity`,
    id,
    createdDateTime: '2026-11-24T10:00:00.5Z',
    employeeHireDate: '2020-02-28T22:00:00.1Z',
    userType: 'Member',
    passwordProfile: { password: 'x', forceChangePasswordNextSignIn: null }
  })
  t.notOk('@odata.type' in json)
  t.equal(entities.count('users'), 1)
  t.equal(
    graph.ask('POST', '/users?$select=displayName', { displayName: 'B' }).json['@odata.context'],
    `${ROOT}/$metadata#users(displayName)/$entity`
  )
  t.end()
})

t.test('creates with keys that the client gives', (t) => {
  const graph = new Graph()
  t.equal(graph.post('/domains', { id: 'contoso.com' }), 'contoso.com')
  t.match(graph.get('/domains/contoso.com'), { id: 'contoso.com' })
  t.match(graph.post('/domains', {}), /^0000/)
  const partner = { tenantId: '72f988bf-86f1-41af-91ab-2d7cd011db47' }
  const answer = graph.ask('POST', '/policies/crossTenantAccessPolicy/partners', partner)
  t.equal(answer.headers['location'], `${ROOT}/policies/crossTenantAccessPolicy/partners('${partner.tenantId}')`)
  t.match(graph.get(`/policies/crossTenantAccessPolicy/partners/${partner.tenantId}`), partner)
  const state = { id: 'a', policyId: "b'c", deviceId: 'd' }
  const device = graph.post('/deviceManagement/managedDevices', {})
  graph.ask('POST', `/deviceManagement/managedDevices/${device}/deviceHealthScriptStates`, {
    ...state,
    policyName: 'P'
  })
  const key = "(id='a',policyId='b''c',deviceId='d')"
  t.match(graph.get(`/deviceManagement/managedDevices/${device}/deviceHealthScriptStates${key}`), { policyName: 'P' })
  t.end()
})

t.test('creates with what belongs to it, and links', (t) => {
  const graph = new Graph()
  const ada = graph.post('/users', { displayName: 'Ada', userPrincipalName: 'ada@contoso.com' })
  const group = graph.post('/groups', {
    displayName: 'G',
    'owners@odata.bind': [`${ROOT}/users/${ada}`],
    members: [{ '@odata.id': `${ROOT}/users/${ada}` }, { '@odata.type': '#microsoft.graph.user', displayName: 'New' }],
    createdOnBehalfOf: null
  })
  t.strictSame(
    (graph.get(`/groups/${group}/members?$select=displayName`)['value'] as Json[]).map((one) => one['displayName']),
    ['Ada', 'New']
  )
  t.equal(graph.ask('GET', '/users/$count').body, '2')
  const event = graph.post(`/users/${ada}/events`, {
    subject: 'S',
    attachments: [{ '@odata.type': '#microsoft.graph.fileAttachment', name: 'a.txt', contentBytes: 'YQ==' }],
    calendar: { name: 'Mine' }
  })
  t.match(graph.get(`/users/${ada}/events/${event}?$expand=attachments`), {
    subject: 'S',
    attachments: [{ '@odata.type': '#microsoft.graph.fileAttachment', name: 'a.txt', contentBytes: 'YQ==' }]
  })
  t.match(graph.get(`/users/${ada}/events/${event}/calendar`), { name: 'Mine' })
  t.match(
    graph.ask('POST', '/directoryObjects', { '@odata.type': '#microsoft.graph.user', displayName: 'Third' }).status,
    201
  )
  t.equal(graph.ask('GET', '/users/$count').body, '3')
  t.equal(graph.ask('POST', `/directory/administrativeUnits`, { displayName: 'Unit' }).status, 201)
  t.end()
})

t.test('updates', (t) => {
  const graph = new Graph()
  const application = graph.post('/applications', {
    displayName: 'A',
    web: { homePageUrl: 'https://a', redirectUris: ['x'] },
    tags: ['1']
  })
  const created = graph.get(`/applications/${application}`)
  graph.now = new Date('2026-11-25T00:00:00Z')
  const { status, body } = graph.ask('PATCH', `/applications/${application}`, {
    displayName: 'B',
    id: 'other',
    appId: '00000000-0000-0000-0000-000000000000',
    web: { redirectUris: ['y', 'z'] },
    tags: []
  })
  t.equal(status, 204)
  t.equal(body, undefined)
  t.match(graph.get(`/applications/${application}`), {
    id: application,
    appId: created['appId'],
    createdDateTime: created['createdDateTime'],
    displayName: 'B',
    web: { homePageUrl: 'https://a', redirectUris: ['y', 'z'] },
    tags: []
  })
  graph.prefer = 'return=representation'
  t.equal(graph.ask('PATCH', `/applications/${application}`, {}).status, 204, 'directory objects have no other answer')
  graph.prefer = undefined
  const policy = graph.post('/deviceManagement/deviceCompliancePolicies', {
    '@odata.type': '#microsoft.graph.windows10CompliancePolicy',
    displayName: 'P'
  })
  const updated = graph.ask('PATCH', `/deviceManagement/deviceCompliancePolicies/${policy}`, {
    '@odata.type': '#microsoft.graph.deviceCompliancePolicy',
    passwordRequired: true
  })
  t.equal(updated.status, 200)
  t.match(updated.json, {
    '@odata.type': '#microsoft.graph.windows10CompliancePolicy',
    displayName: 'P',
    version: 2,
    passwordRequired: true,
    lastModifiedDateTime: '2026-11-25T00:00:00Z'
  })
  graph.prefer = 'return=minimal'
  t.equal(graph.ask('PATCH', `/deviceManagement/deviceCompliancePolicies/${policy}`, {}).status, 204)
  graph.prefer = undefined
  t.equal(graph.ask('PATCH', '/policies/authenticationFlowsPolicy', {}).status, 204)
  t.match(graph.ask('PATCH', '/deviceManagement', { intuneBrand: { displayName: 'Contoso' } }), {
    status: 200,
    json: { intuneBrand: { displayName: 'Contoso' } }
  })
  t.match(graph.get('/deviceManagement'), { intuneBrand: { displayName: 'Contoso' } })
  t.end()
})

t.test('updates and clears properties', (t) => {
  const graph = new Graph()
  const user = graph.post('/users', {
    displayName: 'Ada',
    mailboxSettings: { timeZone: 'UTC', language: { locale: 'de' } }
  })
  const context = `${ROOT}/$metadata#users('${user}')`
  const rows: readonly (readonly [method: string, path: string, body: unknown, status: number, answer?: Json])[] = [
    [
      'PATCH',
      'mailboxSettings',
      { dateFormat: 'x' },
      200,
      { '@odata.context': `${context}/mailboxSettings`, timeZone: 'UTC', dateFormat: 'x' }
    ],
    [
      'PUT',
      'mailboxSettings',
      { language: { locale: 'en', displayName: 'E' } },
      200,
      { timeZone: null, language: { locale: 'en', displayName: 'E' } }
    ],
    ['PATCH', 'mailboxSettings/language', { locale: 'fr' }, 200, { locale: 'fr', displayName: 'E' }],
    ['PUT', 'mailboxSettings/language/locale', { value: 'it' }, 200, { value: 'it' }],
    ['PUT', 'displayName', { value: 'Bob' }, 200, { '@odata.context': `${context}/displayName`, value: 'Bob' }],
    ['PUT', 'businessPhones', { value: ['1'] }, 200, { value: ['1'] }],
    ['PUT', 'onPremisesExtensionAttributes/extensionAttribute1', { value: 'e' }, 200, { value: 'e' }],
    ['DELETE', 'displayName', undefined, 204]
  ]
  for (const [method, path, body, status, answer] of rows) {
    const given = graph.ask(method, `/users/${user}/${path}`, body)
    t.equal(given.status, status, path)
    if (answer) t.match(given.json, answer, path)
  }
  t.match(graph.get(`/users/${user}`), {
    displayName: null,
    mailboxSettings: { language: { locale: 'it', displayName: 'E' } },
    businessPhones: ['1'],
    onPremisesExtensionAttributes: { extensionAttribute1: 'e' }
  })
  t.end()
})

t.test('replaces, and puts where the client names the key', (t) => {
  const graph = new Graph()
  const user = graph.post('/users', { displayName: 'Ada' })
  const path = `/users/${user}/todo/lists`
  const list = graph.post(path, { displayName: 'L', wellknownListName: 'defaultList' })
  const replaced = graph.ask('PUT', `${path}/${list}`, { displayName: 'M' })
  t.match(replaced, { status: 200, json: { id: list, displayName: 'M', wellknownListName: 'none' }, note: /no PUT/ })
  graph.post('/external/connections', { id: 'c', name: 'C' })
  const item = '/external/connections/c/items/i1'
  const put = graph.ask('PUT', item, { acl: [], properties: { title: 'T' } })
  t.match(put, { status: 201, headers: { location: `${ROOT}/external/connections('c')/items('i1')` } })
  t.match(graph.get(item), { id: 'i1', properties: { title: 'T' } })
  t.equal(graph.ask('PUT', item, { acl: [] }).status, 200)
  t.match(graph.get(item), { id: 'i1', properties: null })
  t.end()
})

t.test('upserts by an alternate key', (t) => {
  const graph = new Graph()
  graph.prefer = 'create-if-missing'
  const created = graph.ask('PATCH', "/groups(uniqueName='one')", { displayName: 'One' })
  t.match(created, {
    status: 201,
    json: { uniqueName: 'one', displayName: 'One', '@odata.context': `${ROOT}/$metadata#groups/$entity` }
  })
  t.equal(graph.ask('PATCH', "/groups(uniqueName='one')", { displayName: 'Two' }).status, 204)
  t.match(graph.get("/groups(uniqueName='ONE')"), { id: created.json['id'], displayName: 'Two' })
  t.equal(graph.ask('GET', '/groups/$count').body, '1')
  t.end()
})

t.test('deletes, with what is below and the links', (t) => {
  const graph = new Graph()
  const user = graph.post('/users', { displayName: 'Ada' })
  const group = graph.post('/groups', { 'members@odata.bind': [`${ROOT}/users/${user}`] })
  const message = graph.post(`/users/${user}/messages`, { subject: 'S' })
  t.match(graph.ask('DELETE', `/users/${user}/messages/${message}`), { status: 204, body: undefined })
  graph.post(`/users/${user}/messages`, { subject: 'T' })
  t.equal(graph.ask('DELETE', `/users/${user}`).status, 204)
  t.equal(graph.ask('GET', `/groups/${group}/members/$count`).body, '0')
  t.equal(graph.entities.count(`users('${user}')/messages`), 0)
  const other = graph.post('/users', { displayName: 'Bob' })
  graph.ask('PATCH', `/users/${other}/settings`, { contributionToContentDiscoveryDisabled: true })
  t.equal(graph.ask('DELETE', `/users/${other}/settings`).status, 204)
  t.match(graph.get(`/users/${other}/settings`), { contributionToContentDiscoveryDisabled: false })
  t.end()
})

t.test('references', (t) => {
  const graph = new Graph()
  const [ada, bob] = ['Ada', 'Bob'].map((displayName) => graph.post('/users', { displayName }))
  const group = graph.post('/groups', { displayName: 'G' })
  const reference = (id: unknown) => ({
    '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${String(id)}`
  })
  const count = () => graph.ask('GET', `/groups/${group}/members/$count`).body
  t.match(graph.ask('POST', `/groups/${group}/members/$ref`, reference(ada)), { status: 204, body: undefined })
  graph.ask('PATCH', `/groups/${group}`, { 'members@odata.bind': [`${ROOT}/users/${bob}`] })
  t.equal(count(), '2')
  t.match(graph.get(`/groups/${group}/members/$ref`), {
    '@odata.context': `${ROOT}/$metadata#Collection($ref)`,
    value: [{ '@odata.id': `${ROOT}/users('${ada}')` }, { '@odata.id': `${ROOT}/users('${bob}')` }]
  })
  t.match(graph.get(`/groups/${group}/members/$ref?$top=1`)['@odata.nextLink'], /members\/\$ref\?\$top=1&\$skiptoken=/)
  t.equal(graph.ask('DELETE', `/groups/${group}/members/${ada}/$ref`).status, 204)
  t.equal(graph.ask('DELETE', `/groups/${group}/members/$ref?$id=${ROOT}/users/${bob}`).status, 204)
  t.equal(count(), '0')
  graph.ask('POST', `/groups/${group}/members/$ref`, reference(ada))
  t.equal(graph.ask('DELETE', `/groups/${group}/members/$ref?@id=users('${ada}')`).status, 204)
  t.equal(graph.ask('PUT', `/users/${bob}/manager/$ref`, reference(ada)).status, 204)
  t.equal(graph.ask('PUT', `/users/${bob}/manager/$ref`, reference(ada)).status, 204, 'again')
  t.match(graph.get(`/users/${bob}/manager`), { id: ada })
  t.equal(graph.ask('DELETE', `/users/${bob}/manager/$ref`).status, 204)
  graph.userId = ada
  t.equal(graph.ask('PUT', `/users/${String(bob)}/manager/$ref`, { '@odata.id': `${ROOT}/me` }).status, 204)
  t.match(graph.get(`/users/${String(bob)}/manager`), { id: ada })
  const app = graph.post('/deviceManagement/detectedApps', { displayName: 'App' })
  const device = graph.post('/deviceManagement/managedDevices', {
    'detectedApps@odata.bind': [`deviceManagement/detectedApps/${app}`]
  })
  t.match(graph.get(`/deviceManagement/managedDevices/${device}/detectedApps/${app}`), { displayName: 'App' })
  const unit = graph.post('/administrativeUnits', { displayName: 'U' })
  const made = graph.ask('POST', `/administrativeUnits/${unit}/members`, {
    '@odata.type': '#microsoft.graph.group',
    displayName: 'In the unit'
  })
  t.equal(made.status, 201)
  t.match(graph.get(`/groups/${String(made.json['id'])}`), { displayName: 'In the unit' })
  t.match(graph.get(`/groups/${String(made.json['id'])}/memberOf/${unit}`), { displayName: 'U' })
  t.end()
})
