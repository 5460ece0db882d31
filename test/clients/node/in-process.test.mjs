// `mock.fetch` as the fetch of the SDKs: no socket and no certificate, and Microsoft's own host names.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BaseBearerTokenAuthenticationProvider, HttpMethod, RequestInformation } from '@microsoft/kiota-abstractions'
import { KiotaClientFactory } from '@microsoft/kiota-http-fetchlibrary'
import { Client } from '@microsoft/microsoft-graph-client'
import { createGraphBetaServiceClient, GraphBetaRequestAdapter } from '@microsoft/msgraph-beta-sdk'
import {
  createWindowsAutopilotSettingsFromDiscriminatorValue,
  serializeWindowsAutopilotSettings
} from '@microsoft/msgraph-beta-sdk/models/index.js'
import { createODataErrorFromDiscriminatorValue } from '@microsoft/msgraph-beta-sdk/models/oDataErrors/index.js'
import { startGraphMock } from '../../../dist/index.js'
import { SETTINGS } from './server.mjs'

const errors = { XXX: createODataErrorFromDiscriminatorValue }

function kiotaAdapter(mock, tenant) {
  const provider = new BaseBearerTokenAuthenticationProvider({ getAuthorizationToken: () => tenant.token() })
  const adapter = new GraphBetaRequestAdapter(provider, undefined, undefined, KiotaClientFactory.create(mock.fetch))
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

test('the beta SDK (Kiota) with mock.fetch', async () => {
  const mock = await startGraphMock()
  const tenant = mock.tenant()
  const adapter = kiotaAdapter(mock, tenant)
  assert.match(adapter.baseUrl, /^https:\/\/graph\.microsoft\.com\/beta/)
  assert.equal((await send(adapter, HttpMethod.GET)).syncStatus, 'unknown')
  assert.equal((await send(adapter, HttpMethod.PATCH, { syncStatus: 'inProgress' })).syncStatus, 'inProgress')
  tenant.faults.add({ respond: { status: 503, retryAfter: 0 }, times: 1 })
  assert.equal((await send(adapter, HttpMethod.GET)).syncStatus, 'inProgress', 'its retry handler repeats')
  const refused = await send(adapter, HttpMethod.PATCH, { additionalData: { syncState: 'x' } }).catch((error) => error)
  assert.equal(refused.errorEscaped.code, 'ModelValidationFailure')
  await mock.close()
})

test('the Graph client with mock.fetch', async () => {
  const mock = await startGraphMock()
  const tenant = mock.tenant()
  const middleware = {
    async execute(context) {
      const headers = { ...context.options.headers, authorization: `Bearer ${await tenant.token()}` }
      context.response = await mock.fetch(context.request, { ...context.options, headers })
    }
  }
  const settings = Client.initWithMiddleware({ middleware, defaultVersion: 'beta' }).api(SETTINGS)
  assert.equal((await settings.patch({ syncStatus: 'failed' })).syncStatus, 'failed')
  assert.equal((await settings.get()).syncStatus, 'failed')
  tenant.faults.add({ connection: 'reset' })
  await assert.rejects(settings.get(), (error) => /fetch failed/.test(error.message))
  await mock.close()
})
