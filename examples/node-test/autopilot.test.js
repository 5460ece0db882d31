import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { startGraphMock } from 'msgraph-mock'
import { startSync, syncStatus } from './autopilot.js'

const mock = await startGraphMock()
after(() => mock.close())

// Every tenant() is a sandbox of its own, so tests need no reset and may run at once.
describe('a sync', { concurrency: true }, () => {
  it('completes, and nobody sleeps', async () => {
    const tenant = mock.tenant()
    const graph = { url: mock.url, token: await tenant.token() }
    tenant.clock.freeze()
    await startSync(graph)
    assert.equal(await syncStatus(graph), 'inProgress')
    tenant.clock.advance('PT1S')
    assert.equal(await syncStatus(graph), 'completed')
  })

  it('is refused to those who may only read', async () => {
    const token = await mock.tenant().token({ scopes: ['DeviceManagementServiceConfig.Read.All'] })
    await assert.rejects(startSync({ url: mock.url, token }), { message: '403 Forbidden' })
  })
})
