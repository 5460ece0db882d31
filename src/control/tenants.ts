import type { ControlRoutes } from './control-routes.js'
import { tenantId } from './tenant-id.js'

/** Tenants are listed, put back to the fixture and forgotten; a tenant that is asked for again is made anew. */
export const tenantRoutes: ControlRoutes = (control, { tenants, faults }) => {
  control.get('/tenants', () => ({ tenants: tenants.list().map((id) => ({ tenantId: id })) }))

  control.post('/reset', (_request, reply) => {
    tenants.resetAll()
    faults.reset()
    return reply.code(204).send()
  })

  control.post('/tenants/:tenant/reset', (request, reply) => {
    tenants.reset(tenantId(request, tenants))
    return reply.code(204).send()
  })

  control.delete('/tenants/:tenant', (request, reply) => {
    tenants.forget(tenantId(request, tenants))
    return reply.code(204).send()
  })
}
