import { tenantName } from '../lib/guid.js'
import type { Tenants } from '../tenants/tenants.js'
import { closedObject } from '../lib/schemas.js'

/** `params` of `/tenants/:tenant/…`. */
export const TenantPath = closedObject({ tenant: tenantName({ description: 'Tenant GUID, or "default".' }) })

/** The tenant that a path with {@link TenantPath} names. */
export function tenantId({ params }: { readonly params: unknown }, tenants: Tenants): string {
  const { tenant } = params as { tenant: string }
  return tenant === 'default' ? tenants.defaultId : tenant.toLowerCase()
}
