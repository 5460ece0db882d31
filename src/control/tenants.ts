import { Type } from '@sinclair/typebox'
import { tenantGuid } from '../lib/guid.js'
import { NoContent, type ControlRoutes } from './control-routes.js'
import { TenantPath, tenantId } from './tenant-path.js'
import { closedObject } from '../lib/schemas.js'

const TenantList = closedObject({ tenants: Type.Array(closedObject({ tenantId: tenantGuid })) })

/** Tenants: list, reset, forget. A forgotten tenant is created again from the fixture at its next use. */
export const tenantRoutes: ControlRoutes = (control, mock) => {
  const { tenants } = mock
  const done = { response: { 204: NoContent } }
  const ofTenant = { ...done, params: TenantPath }

  const list = { summary: 'List the tenants that were used', response: { 200: TenantList } }
  control.get('/tenants', { schema: list }, () => ({ tenants: tenants.list().map((id) => ({ tenantId: id })) }))

  control.post(
    '/reset',
    { schema: { summary: 'Put all tenants back to the fixture', ...done } },
    async (_request, reply) => {
      mock.reset()
      return reply.code(204).send()
    }
  )

  const reset = { summary: 'Put a tenant back to the fixture', ...ofTenant }
  control.post('/tenants/:tenant/reset', { schema: reset }, async (request, reply) => {
    tenants.reset(tenantId(request, tenants))
    return reply.code(204).send()
  })

  const forget = { summary: 'Forget a tenant', description: 'Used again, it is as in the fixture.', ...ofTenant }
  control.delete('/tenants/:tenant', { schema: forget }, async (request, reply) => {
    tenants.forget(tenantId(request, tenants))
    return reply.code(204).send()
  })
}
