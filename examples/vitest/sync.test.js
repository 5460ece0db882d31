import { expect } from 'vitest'
import { startSync, syncStatus } from './autopilot.js'
import { test } from './graph.js'

test.concurrent('a sync completes, and nobody sleeps', async ({ graph }) => {
  const client = { url: graph.url, token: await graph.token() }
  await graph.clock({ freeze: true })
  await startSync(client)
  expect(await syncStatus(client)).toBe('inProgress')
  await graph.clock({ advance: 'PT1S' })
  expect(await syncStatus(client)).toBe('completed')
})

test.concurrent('a tenant that nobody used has never synced', async ({ graph }) => {
  expect(await syncStatus({ url: graph.url, token: await graph.token() })).toBe('unknown')
})
