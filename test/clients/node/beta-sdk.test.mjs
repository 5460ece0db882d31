import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClientSecretCredential } from '@azure/identity'
import { HttpMethod, RequestInformation } from '@microsoft/kiota-abstractions'
import { AzureIdentityAuthenticationProvider } from '@microsoft/kiota-authentication-azure'
import { createGraphBetaServiceClient, GraphBetaRequestAdapter } from '@microsoft/msgraph-beta-sdk'
import {
  createWindowsAutopilotSettingsFromDiscriminatorValue,
  serializeWindowsAutopilotSettings,
  WindowsAutopilotSyncStatusObject
} from '@microsoft/msgraph-beta-sdk/models/index.js'
import { createODataErrorFromDiscriminatorValue } from '@microsoft/msgraph-beta-sdk/models/oDataErrors/index.js'
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

const errors = { XXX: createODataErrorFromDiscriminatorValue }

function requestAdapter() {
  const credential = new ClientSecretCredential(freshTenant(), clientId, clientSecret, identityOptions)
  const { hostname, host } = new URL(graphHost)
  const hosts = intercepted ? undefined : new Set([hostname, host])
  const provider = new AzureIdentityAuthenticationProvider(credential, [GRAPH_DEFAULT], undefined, hosts)
  const adapter = new GraphBetaRequestAdapter(provider)
  if (!intercepted) adapter.baseUrl = `${graphHost}/beta`
  // Registers the serializers of the SDK.
  createGraphBetaServiceClient(adapter)
  return adapter
}

function send(adapter, method, settings) {
  const request = new RequestInformation(method, `{+baseurl}${SETTINGS}`, { baseurl: adapter.baseUrl })
  request.headers.add('Accept', 'application/json')
  if (settings) {
    request.setContentFromParsable(adapter, 'application/json', settings, serializeWindowsAutopilotSettings)
  }
  return adapter.send(request, createWindowsAutopilotSettingsFromDiscriminatorValue, errors)
}

test('GET and PATCH with the model of the SDK', async () => {
  const adapter = requestAdapter()
  const before = await send(adapter, HttpMethod.GET)
  assert.equal(before.syncStatus, WindowsAutopilotSyncStatusObject.Unknown)
  const lastSyncDateTime = new Date('2017-01-01T00:02:49.320Z')
  const after = await send(adapter, HttpMethod.PATCH, {
    lastSyncDateTime,
    syncStatus: WindowsAutopilotSyncStatusObject.InProgress
  })
  assert.equal(after.syncStatus, 'inProgress')
  assert.deepEqual(after.lastSyncDateTime, lastSyncDateTime)
  assert.equal(after.id, before.id)
})

test('a refused PATCH is an ODataError', async () => {
  const attempt = send(requestAdapter(), HttpMethod.PATCH, { additionalData: { syncState: 'done' } })
  const error = await attempt.catch((thrown) => thrown)
  assert.equal(error.responseStatusCode, 400)
  assert.equal(error.errorEscaped.code, 'ModelValidationFailure')
  assert.match(error.errorEscaped.message, /^The property 'syncState' does not exist on type/)
})
