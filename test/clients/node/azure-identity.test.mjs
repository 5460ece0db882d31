import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { ClientCertificateCredential, ClientSecretCredential, DeviceCodeCredential } from '@azure/identity'
import {
  approve,
  certificateClientId,
  certificateFile,
  clientId,
  clientSecret,
  freshTenant,
  graph,
  GRAPH_DEFAULT,
  identityOptions as options,
  READ_WRITE
} from './server.mjs'

async function callsGraph(token) {
  const patched = await graph(token, 'PATCH', { syncStatus: 'failed' })
  assert.equal(patched.status, 200)
  assert.equal((await graph(token)).body.syncStatus, 'failed')
  const refused = await graph(token, 'PATCH', { syncState: 'failed' })
  assert.equal(refused.body.error.code, 'ModelValidationFailure')
}

test('ClientSecretCredential', async () => {
  const credential = new ClientSecretCredential(freshTenant(), clientId, clientSecret, options)
  const { token, expiresOnTimestamp } = await credential.getToken(GRAPH_DEFAULT)
  assert.ok(expiresOnTimestamp > Date.now() + 3_500_000)
  await callsGraph(token)
})

test('ClientSecretCredential by the domain of a tenant', async () => {
  const credential = new ClientSecretCredential('contoso.example', clientId, clientSecret, options)
  assert.equal((await graph((await credential.getToken(GRAPH_DEFAULT)).token)).status, 200)
})

test('ClientSecretCredential with a wrong secret', async () => {
  const credential = new ClientSecretCredential(freshTenant(), clientId, 'wrong', options)
  await assert.rejects(credential.getToken(GRAPH_DEFAULT), /AADSTS7000215|7000215/)
})

test('ClientCertificateCredential', async () => {
  const credential = new ClientCertificateCredential(freshTenant(), certificateClientId, certificateFile, options)
  await callsGraph((await credential.getToken(GRAPH_DEFAULT)).token)
})

test('DeviceCodeCredential', async () => {
  const tenant = freshTenant()
  let approval
  const credential = new DeviceCodeCredential({
    ...options,
    tenantId: tenant,
    clientId: randomUUID(),
    userPromptCallback: ({ userCode }) => {
      approval = approve(tenant, userCode)
    }
  })
  const { token } = await credential.getToken(READ_WRITE)
  await approval
  await callsGraph(token)
})
