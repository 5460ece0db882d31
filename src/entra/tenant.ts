import type { FastifyRequest } from 'fastify'
import type { Directory, TenantName } from '../identity/directory.js'
import type { Mock } from '../mock.js'
import { aadsts } from '../identity/aadsts.js'

/** The tenant that the path names. @throws AadstsError 90002 */
export function tenantOf(
  { params }: FastifyRequest,
  directory: Directory,
  error: 'invalid_request' | 'invalid_tenant' = 'invalid_request'
): TenantName {
  const { tenant: name } = params as { tenant: string }
  const tenant = directory.tenant(name)
  if (!tenant) throw aadsts('tenantNotFound', { name }, error)
  return tenant
}

/** Version of the endpoint that the router found for a path below a tenant. */
export function versionOf({ params }: FastifyRequest): 1 | 2 {
  const { '*': path } = params as { '*': string }
  return /^oauth2\/v2\.0\//i.test(path) ? 2 : 1
}

/** Milliseconds since 1970 on the clock of the tenant that the path names, for what an answer says of the time. */
export function nowAt({ tenants, directory }: Mock, { params }: FastifyRequest): number {
  const { tenant: name = '' } = params as { tenant?: string }
  return tenants.now(directory.tenant(name)?.tenantId)
}
