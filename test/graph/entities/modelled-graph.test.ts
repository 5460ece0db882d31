import t, { type Test } from 'tap'
import type { JournalledRequest } from '../../../src/api/api.js'
import { GROUP, testApp, type CallOptions, type TestApp } from '../../helper.js'

interface Json {
  readonly [member: string]: unknown
  readonly id: string
  readonly value: Record<string, unknown>[]
  readonly error: { readonly code: string; readonly message: string }
}

/** Asks in a tenant of its own. */
async function tenant(t: Test, given?: TestApp) {
  const app = given ?? (await testApp(t))
  const tenantId = app.mock.random.uuid()
  const { access_token: token } = await app.mock.mintToken({ tenantId })
  const ask = async (method: string, path: string, body?: unknown, options: CallOptions = {}) => {
    const answer = await app.call(method, path, { token, ...(body !== undefined && { body }), ...options })
    return { answer, status: answer.statusCode, json: (answer.body === '' ? {} : answer.json()) as Json }
  }
  return { ...app, tenantId, token, ask }
}

t.test('entities of any path are created, read, changed and deleted, in both versions', async (t) => {
  const { ask } = await tenant(t)
  const created = await ask('POST', '/v1.0/groups', GROUP)
  t.equal(created.status, 201)
  t.match(created.answer.headers, { 'x-mock-evidence': 'modelled', 'odata-version': '4.0', 'request-id': String })
  const path = `groups/${created.json.id}`
  t.match((await ask('GET', `/beta/${path}`)).json, { displayName: 'Pilots' })
  t.match((await ask('GET', "/v1.0/groups?$filter=displayName eq 'Pilots'&$select=id")).json.value, [
    { id: created.json.id }
  ])
  t.match((await ask('GET', '/v1.0/groups/$count')).answer, { headers: { 'content-type': /^text\/plain/ }, body: '1' })
  t.equal((await ask('PATCH', `/v1.0/${path}`, { description: 'Early' })).status, 204)
  t.match((await ask('GET', `/v1.0/${path}`)).json, { description: 'Early' })
  t.equal((await ask('HEAD', `/v1.0/${path}`)).status, 200)
  t.equal((await ask('DELETE', `/v1.0/${path}`)).status, 204)
  t.match(await ask('GET', `/v1.0/${path}`), { status: 404, json: { error: { code: 'Request_ResourceNotFound' } } })
})

t.test('the journal says which answers are modelled', async (t) => {
  const { ask, mock, tenantId } = await tenant(t)
  await ask('GET', '/v1.0/users')
  await ask('GET', '/v1.0/users/nobody')
  await ask('GET', '/beta/deviceManagement/windowsAutopilotSettings')
  await ask('GET', '/v1.0/widgets')
  const requests = mock.journal.list(tenantId).requests
  t.strictSame(
    requests.map(({ evidence, status }) => [evidence, status]),
    [
      ['modelled', 200],
      ['modelled', 404],
      [null, 200],
      [null, 400]
    ]
  )
})

t.test('a new tenant has the people of the fixture and its organization', async (t) => {
  const { ask, tenantId } = await tenant(t)
  t.match((await ask('GET', '/v1.0/me')).json, { userPrincipalName: 'adele.vance@contoso.example' })
  t.match((await ask('GET', '/v1.0/users?$select=displayName')).json.value[0], { displayName: 'Adele Vance' })
  t.match((await ask('GET', '/v1.0/organization')).json.value, [{ id: tenantId }])
})

t.test('links, and a batch on either version', async (t) => {
  const { ask } = await tenant(t)
  const { id } = (await ask('POST', '/v1.0/groups', GROUP)).json
  const me = (await ask('GET', '/v1.0/me')).json.id
  const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${me}` }
  t.equal((await ask('POST', `/v1.0/groups/${id}/members/$ref`, reference)).status, 204)
  t.match((await ask('GET', `/v1.0/groups/${id}/members/microsoft.graph.user`)).json.value, [{ id: me }])
  t.match((await ask('GET', `/v1.0/groups/${id}/displayName`)).json, { value: 'Pilots' })
  const requests = [
    { id: '1', method: 'GET', url: `/groups/${id}/members?$select=id` },
    { id: '2', method: 'GET', url: '/nope' }
  ]
  for (const version of ['v1.0', 'beta']) {
    const batch = await ask('POST', `/${version}/$batch`, { requests })
    t.equal(batch.answer.headers['x-mock-evidence'], 'modelled')
    const { responses } = batch.json as unknown as {
      responses: { id: string; status: number; headers: object; body: { value: object[] } }[]
    }
    const [members, unknown] = responses.sort((a, b) => (a.id < b.id ? -1 : 1))
    t.match(members, { status: 200, headers: { 'x-mock-evidence': 'modelled' }, body: { value: [{ id: me }] } })
    t.equal(unknown?.status, 400)
  }
})

t.test('what is refused', async (t) => {
  const { ask, mock, call, tenantId } = await tenant(t)
  const rows: [method: string, path: string, body: unknown, status: number, message: RegExp, reason: RegExp][] = [
    ['POST', '/v1.0/groups', { displayNam: 'x' }, 400, /displayNam/, /displayName/],
    ['GET', '/v1.0/users?$filter=displayName eq', undefined, 400, /position 14/, /./],
    ['GET', '/v1.0/users?$top=x', undefined, 400, /top/, /query/],
    ['GET', '/v1.0/users/getByIds(a=@a)?$filter=(', undefined, 400, /./, /./],
    ['PUT', '/v1.0/users', {}, 405, /not allowed/, /./],
    ['TRACE', '/v1.0/users', undefined, 405, /not allowed/, /are served/],
    ['GET', '/beta/deviceManagement/windowsAutopilotSettings/syncStatus', undefined, 400, /syncStatus/, /unmatched/],
    ['POST', '/v1.0/groups', undefined, 400, /Empty Payload/, /body/]
  ]
  for (const [method, path, body, status, message, reason] of rows) {
    const refused = await ask(method, path, body)
    t.equal(refused.status, status, path)
    t.match(refused.json.error.message, message, path)
    t.match(decodeURIComponent(String(refused.answer.headers['x-mock-reason'])), reason, path)
  }
  const { access_token: poor } = await mock.mintToken({ tenantId, scopes: ['User.Read'] })
  const denied = await call('GET', '/v1.0/groups', { token: poor })
  t.equal(denied.statusCode, 403)
  t.equal(denied.json<Json>().error.code, 'Authorization_RequestDenied')
  t.match(denied.headers['x-mock-reason'], /Group\.Read\.All.*permissions of GET \/groups/)
  t.equal((await call('GET', '/v1.0/me', { token: poor })).statusCode, 200)
  const { access_token: app } = await mock.mintToken({ tenantId, kind: 'application' })
  t.equal((await call('GET', '/v1.0/users', { token: app })).statusCode, 200, 'an application that may do everything')
  t.match(
    (await call('GET', '/v1.0/me', { token: app })).json<Json>().error.code,
    /Authorization_RequestDenied|BadRequest/
  )
})

t.test('faults, journal, snapshots and reset know entities', async (t) => {
  const { ask, call, tenantId } = await tenant(t)
  const of = `/_mock/tenants/${tenantId}`
  await ask('POST', '/v1.0/groups', GROUP)
  await call('PUT', `${of}/snapshots/one`, { token: null })
  await ask('POST', '/v1.0/groups', GROUP)
  t.equal((await ask('GET', '/v1.0/groups')).json.value.length, 2)
  await call('POST', `${of}/snapshots/one/restore`, { token: null })
  t.equal((await ask('GET', '/v1.0/groups')).json.value.length, 1)
  const { requests } = (await call('GET', `${of}/requests`, { token: null })).json<{ requests: JournalledRequest[] }>()
  t.match(requests.at(-1), { path: '/v1.0/groups', status: 200, unmatched: false })
  await call('POST', `${of}/faults`, {
    token: null,
    body: { match: { path: '/v1.0/groups' }, times: 1, respond: { status: 503 } }
  })
  t.equal((await ask('GET', '/v1.0/groups')).status, 503)
  await call('POST', `${of}/reset`, { token: null })
  t.equal((await ask('GET', '/v1.0/groups')).json.value.length, 0)
})

t.test('the clock of the tenant dates what is created', async (t) => {
  const { ask, call, mock, tenantId } = await tenant(t)
  await call('POST', `/_mock/tenants/${tenantId}/clock`, {
    token: null,
    body: { set: '2030-01-02T03:04:05Z', freeze: true }
  })
  const { access_token: token } = await mock.mintToken({ tenantId })
  t.match((await ask('POST', '/v1.0/groups', GROUP, { token })).json, { createdDateTime: /^2030-01-02T03:04:0/ })
})

t.test('actions and functions', async (t) => {
  const { ask } = await tenant(t)
  const validated = await ask('POST', '/v1.0/directoryObjects/validateProperties', { entityType: 'Group' })
  t.ok(validated.status < 300, String(validated.status))
  t.match((await ask('GET', '/v1.0/users/delta')).status, 200)
})

t.test('a parameter alias, and a query that cannot be read', async (t) => {
  const { ask } = await tenant(t)
  t.equal((await ask('GET', "/v1.0/users(@p)?@p='adele.vance@contoso.example'")).status, 200)
  t.equal((await ask('GET', '/v1.0/users(@p)')).status, 400)
  t.equal((await ask('GET', '/v1.0/users(@p)?$top=x')).status, 400)
})

t.test('entities that take too much are refused, and nothing has changed', async (t) => {
  const { ask, mock, tenantId } = await tenant(t)
  const held = mock.tenants.get(tenantId)
  const others = mock.tenants.get(mock.random.uuid())
  others.holdEntities(512 * 1024 * 1024)
  t.match(await ask('POST', '/v1.0/groups', GROUP), { status: 403, json: { error: { code: 'quotaLimitReached' } } })
  t.equal((await ask('GET', '/v1.0/groups')).json.value.length, 0)
  mock.tenants.forget(others.id)
  others.holdEntities(512 * 1024 * 1024)
  t.equal((await ask('POST', '/v1.0/groups', GROUP)).status, 201, 'what was forgotten is not counted')
  t.ok(held.isUsed)
})

t.test('an upsert by an alternate key, a stream, a body of text', async (t) => {
  const { ask } = await tenant(t)
  const headers = { prefer: 'create-if-missing' }
  const upserted = await ask('PATCH', "/beta/applications(uniqueName='a')", { displayName: 'A' }, { headers })
  t.equal(upserted.status, 201)
  t.ok((await ask('GET', '/v1.0/me/photo/$value')).status >= 400)
  t.ok((await ask('PUT', '/v1.0/me/photo/$value', 'x')).status >= 400)
  t.match(
    (
      await ask('GET', '/v1.0/users?$select=id', undefined, {
        headers: { accept: 'application/json;odata.metadata=none' }
      })
    ).answer,
    {
      headers: { 'content-type': /odata\.metadata=none/ }
    }
  )
})

t.test('what Microsoft publishes no permission or no verb of', async (t) => {
  const { ask, mock, call, tenantId } = await tenant(t)
  const device = await ask('POST', '/beta/deviceManagement/managedDevices', { deviceName: 'LAPTOP-1' })
  t.equal(device.status, 201)
  t.match(device.answer.headers['x-mock-reason'], /packages know no POST here/)
  const { access_token: none } = await mock.mintToken({ tenantId, scopes: [] })
  t.equal((await call('GET', '/v1.0/domainDnsRecords', { token: none })).statusCode, 200, 'any token will do')
  t.equal((await ask('POST', '/v1.0/me/revokeSignInSessions')).status, 200, 'an action without a body')
})
