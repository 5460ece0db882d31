import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClientSecretCredential } from '@azure/identity'
import { Client, GraphError } from '@microsoft/microsoft-graph-client'
import { TokenCredentialAuthenticationProvider } from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js'
import {
  clientId,
  clientSecret,
  freshTenant,
  GRAPH_DEFAULT,
  graphHost,
  identityOptions,
  intercepted,
  SETTINGS
} from './server.mjs'

function graphClient() {
  const credential = new ClientSecretCredential(freshTenant(), clientId, clientSecret, identityOptions)
  return Client.initWithMiddleware({
    authProvider: new TokenCredentialAuthenticationProvider(credential, { scopes: [GRAPH_DEFAULT] }),
    defaultVersion: 'beta',
    ...(!intercepted && { baseUrl: `${graphHost}/`, customHosts: new Set([new URL(graphHost).hostname]) })
  })
}

test('GET and PATCH with the own authentication handler', async () => {
  const settings = graphClient().api(SETTINGS)
  assert.equal((await settings.get()).syncStatus, 'unknown')
  assert.equal((await settings.patch({ syncStatus: 'inProgress' })).syncStatus, 'inProgress')
  assert.equal((await settings.get()).syncStatus, 'inProgress')
})

test('a refused PATCH is a GraphError', async () => {
  const attempt = graphClient().api(SETTINGS).patch({ syncStatus: 'done' })
  const error = await attempt.catch((thrown) => thrown)
  assert.ok(error instanceof GraphError)
  assert.equal(error.statusCode, 400)
  assert.equal(error.code, 'ModelValidationFailure')
  assert.equal(error.message, "Requested value 'done' was not found.")
  assert.match(error.requestId, /^[0-9a-f-]{36}$/)
})
