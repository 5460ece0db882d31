import { tenantName } from '../lib/guid.js'
import { closedObject } from '../lib/schemas.js'
import type { Tenants } from '../tenants/tenants.js'

/** `params` of `/tenants/:tenant/…`. */
export const TenantPath = closedObject({ tenant: tenantName({ description: 'Tenant GUID, or "default".' }) })

/** The tenant that a path with {@link TenantPath} names. */
export function tenantId({ params }: { readonly params: unknown }, tenants: Tenants): string {
  const { tenant } = params as { tenant: string }
  return tenant === 'default' ? tenants.defaultId : tenant.toLowerCase()
}

/** Prefixes of routes that exist both for one tenant and for all tenants. */
export const scopes = [
  { prefix: '/tenants/:tenant', whose: 'of a tenant', params: TenantPath },
  { prefix: '', whose: 'of all tenants', params: closedObject({}) }
] as const

/** The tenant of a route under one of the {@link scopes}; `undefined` for all tenants. */
export function scopeOf(request: { readonly params: unknown }, tenants: Tenants): string | undefined {
  return Object.hasOwn(request.params as object, 'tenant') ? tenantId(request, tenants) : undefined
}
