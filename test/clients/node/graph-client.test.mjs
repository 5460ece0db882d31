import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GraphError } from '@microsoft/microsoft-graph-client'
import { graphClient } from './graph-client.mjs'
import { SETTINGS } from './server.mjs'

test('GET and PATCH with the own authentication handler', async () => {
  const settings = graphClient('beta').api(SETTINGS)
  assert.equal((await settings.get()).syncStatus, 'unknown')
  assert.equal((await settings.patch({ syncStatus: 'inProgress' })).syncStatus, 'inProgress')
  assert.equal((await settings.get()).syncStatus, 'inProgress')
})

test('a refused PATCH is a GraphError', async () => {
  const attempt = graphClient('beta').api(SETTINGS).patch({ syncStatus: 'done' })
  const error = await attempt.catch((thrown) => thrown)
  assert.ok(error instanceof GraphError)
  assert.equal(error.statusCode, 400)
  assert.equal(error.code, 'ModelValidationFailure')
  assert.equal(error.message, "Requested value 'done' was not found.")
  assert.match(error.requestId, /^[0-9a-f-]{36}$/)
})
