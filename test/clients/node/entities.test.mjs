// Users, groups, members, managed devices, pages and batches, by Microsoft's JavaScript client for Graph.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BatchRequestContent, BatchResponseContent, GraphError, PageIterator } from '@microsoft/microsoft-graph-client'
import { graphClient } from './graph-client.mjs'

const user = (name) => ({
  accountEnabled: true,
  displayName: name,
  mailNickname: name.toLowerCase(),
  userPrincipalName: `${name.toLowerCase()}@contoso.example`,
  passwordProfile: { password: 'xWwvJ]6NMw+bWH-d', forceChangePasswordNextSignIn: true }
})
const group = { displayName: 'Pilots', mailEnabled: false, mailNickname: 'pilots', securityEnabled: true }

test('a user is created, read, found, changed and deleted', async () => {
  const client = graphClient('v1.0')
  const created = await client.api('/users').post(user('Megan'))
  assert.match(created.id, /^[0-9a-f-]{36}$/)
  assert.equal(created.displayName, 'Megan')
  const one = client.api(`/users/${created.id}`)
  await one.patch({ jobTitle: 'Auditor' })
  assert.deepEqual((({ id, jobTitle }) => ({ id, jobTitle }))(await one.select(['id', 'jobTitle']).get()), {
    id: created.id,
    jobTitle: 'Auditor'
  })
  assert.equal((await client.api('/users/megan@contoso.example').get()).id, created.id)
  const found = await client
    .api('/users')
    .filter("jobTitle eq 'Auditor'")
    .header('ConsistencyLevel', 'eventual')
    .count(true)
    .get()
  assert.deepEqual([found['@odata.count'], found.value.map(({ id }) => id)], [1, [created.id]])
  await one.delete()
  const gone = await one.get().catch((thrown) => thrown)
  assert.ok(gone instanceof GraphError)
  assert.deepEqual([gone.statusCode, gone.code], [404, 'Request_ResourceNotFound'])
})

test('members join and leave a group', async () => {
  const client = graphClient('v1.0')
  const { id } = await client.api('/groups').post(group)
  const member = await client.api('/users').post(user('Alex'))
  const members = `/groups/${id}/members`
  await client.api(`${members}/$ref`).post({
    '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${member.id}`
  })
  const [listed] = (await client.api(members).get()).value
  assert.deepEqual([listed['@odata.type'], listed.id], ['#microsoft.graph.user', member.id])
  assert.equal((await client.api(`/users/${member.id}/memberOf`).get()).value[0].id, id)
  await client.api(`${members}/${member.id}/$ref`).delete()
  assert.deepEqual((await client.api(members).get()).value, [])
})

test('a page iterator reads all pages', async () => {
  const client = graphClient('v1.0')
  const names = Array.from({ length: 25 }, (_, at) => `Person${String(at).padStart(2, '0')}`)
  for (const name of names) await client.api('/users').post(user(name))
  const first = await client
    .api('/users')
    .filter("startswith(displayName,'Person')")
    .select('displayName')
    .top(10)
    .get()
  assert.equal(first.value.length, 10)
  assert.match(first['@odata.nextLink'], /^https:/)
  const read = []
  const iterator = new PageIterator(client, first, ({ displayName }) => {
    read.push(displayName)
    return true
  })
  await iterator.iterate()
  assert.ok(iterator.isComplete())
  assert.deepEqual(read.sort(), names)
})

test('a batch, whose later request depends on an earlier one', async () => {
  const client = graphClient('v1.0')
  const post = new globalThis.Request('https://graph.microsoft.com/groups', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(group)
  })
  const get = new globalThis.Request('https://graph.microsoft.com/groups?$select=displayName', { method: 'GET' })
  const content = new BatchRequestContent([
    { id: '1', request: post },
    { id: '2', request: get, dependsOn: ['1'] }
  ])
  const answers = new BatchResponseContent(await client.api('/$batch').post(await content.getContent()))
  assert.equal(answers.getResponseById('1').status, 201)
  const { value } = await answers.getResponseById('2').json()
  assert.deepEqual(
    value.map(({ displayName }) => displayName),
    ['Pilots']
  )
})

test('managed devices, and an action on one', async () => {
  const client = graphClient('v1.0')
  const devices = '/deviceManagement/managedDevices'
  const { id } = await client.api(devices).post({
    '@odata.type': '#microsoft.graph.managedDevice',
    deviceName: 'DESKTOP-1',
    operatingSystem: 'Windows',
    complianceState: 'compliant'
  })
  const compliant = await client.api(devices).filter("complianceState eq 'compliant'").get()
  assert.deepEqual(
    compliant.value.map(({ deviceName }) => deviceName),
    ['DESKTOP-1']
  )
  await client.api(`${devices}/${id}/syncDevice`).post({})
  await client.api(`${devices}/${id}`).delete()
  assert.deepEqual((await client.api(devices).get()).value, [])
})
