import type { FastifyRequest } from 'fastify'
import type { FaultNote } from '../../faults/fault-note.js'
import type { Identity } from '../../identity/identity.js'
import type { Tenant } from '../../tenants/tenant.js'
import type { RequestIds } from '../errors.js'
import type { Behaviour } from '../../support/behaviour.js'
import type { RequiredPermissions } from './permissions.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** The caller's `client-request-id`, else the same as `request.id`, which is the `request-id`. */
    clientRequestId: string
    /** The tenant that the token names, once its claims are read; the token may still be refused. */
    tenantId: string | undefined
    /** Set on Graph routes once the bearer token is verified; reading it earlier throws. */
    identity: Identity
    /** The fault that befell it, the decisive one of several. */
    fault: FaultNote | undefined
    /** The sandbox of `identity.tenantId`. */
    tenant: Tenant
  }
  interface FastifyContextConfig {
    /** What the route does, by one name for all its paths, such as `windowsAutopilotSettings.sync`: for fault rules. */
    operation?: string
    permissions?: RequiredPermissions
    /** What the route does and what that rests on, for the support table. */
    support?: readonly Behaviour[]
    /** Absent for what Graph's gateway answers itself. How Intune would name this path in its route errors and its own URLs. */
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
