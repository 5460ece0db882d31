import type { Tenants } from '../tenants/tenants.js'
import { TenantPath, tenantId } from './tenant-id.js'
import { closedObject } from '../lib/schemas.js'

/** Where routes stand that there are for one tenant, and for all. */
export const scopes = [
  { prefix: '/tenants/:tenant', whose: 'of a tenant', params: TenantPath },
  { prefix: '', whose: 'of all tenants', params: closedObject({}) }
] as const

/** The tenant that such a route is about, `undefined` for all. */
export function scopeOf(request: { readonly params: unknown }, tenants: Tenants): string | undefined {
  return Object.hasOwn(request.params as object, 'tenant') ? tenantId(request, tenants) : undefined
}
