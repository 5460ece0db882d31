import { randomUUID } from 'node:crypto'
import { inject, test as base } from 'vitest'

/** A test with a tenant of its own: nobody else knows its GUID, so there is nothing to reset. */
export const test = base.extend({
  // eslint-disable-next-line no-empty-pattern -- Vitest reads from it which other fixtures this one needs: none.
  graph: async ({}, use) => {
    const url = inject('graphUrl')
    const tenantId = randomUUID()
    const post = async (path, body) => {
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(`${url}/_mock${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
      return answer.json()
    }
    await use({
      url,
      token: async (scopes) => (await post('/tokens', { tenantId, scopes })).access_token,
      clock: (change) => post(`/tenants/${tenantId}/clock`, change)
    })
  }
})
