import type { FastifyRequest } from 'fastify'
import { asGuid } from '../identity/identity.js'
import type { Tenants } from '../tenants/tenants.js'
import { Problem } from './problem.js'

/** The tenant that `/tenants/:tenant/…` names: a GUID, or `default`. @throws Problem 400 */
export function tenantId(request: FastifyRequest, tenants: Tenants): string {
  const { tenant } = request.params as { tenant: string }
  if (tenant.toLowerCase() === 'default') return tenants.defaultId
  const id = asGuid(tenant)
  if (id === undefined) throw new Problem(400, `tenant must be a GUID or "default", not ${JSON.stringify(tenant)}.`)
  return id
}
