import type { FastifyRequest } from 'fastify'
import type { Identity } from '../identity/identity.js'
import type { Tenant } from '../tenants/tenants.js'
import type { RequestIds } from './errors.js'
import type { RoutePermissions } from './permissions.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** The caller's `client-request-id`, else the same as `request.id`, which is the `request-id`. */
    clientRequestId: string
    /** Set on Graph routes once the bearer token is verified; reading it earlier throws. */
    identity: Identity
    /** The sandbox of `identity.tenantId`. */
    tenant: Tenant
  }
  interface FastifyContextConfig {
    permissions?: RoutePermissions
    /** How Intune would name this path in its route errors and its own URLs. */
    intune?: IntuneRoute
  }
}

export interface IntuneRoute {
  /** OData path template, such as `~/singleton/navigation`. */
  readonly template: string
  /** Service and path, such as `/DeviceEnrollmentFE/StatelessDeviceEnrollmentFEService/deviceManagement/…`. */
  readonly path: string
}

export function idsOf(request: FastifyRequest): RequestIds {
  return { requestId: request.id, clientRequestId: request.clientRequestId }
}
