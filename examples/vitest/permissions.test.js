import { expect } from 'vitest'
import { startSync } from './autopilot.js'
import { test } from './graph.js'

test('who may only read starts no sync', async ({ graph }) => {
  const token = await graph.token(['DeviceManagementServiceConfig.Read.All'])
  await expect(startSync({ url: graph.url, token })).rejects.toThrow('403 Forbidden')
})
