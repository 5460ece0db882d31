import type { FastifyRequest } from 'fastify'
import type { InjectedFault } from '../../faults/rule.js'
import type { Identity } from '../../identity/identity.js'
import type { Tenant } from '../../tenants/tenant.js'
import type { RequestIds } from '../errors.js'
import type { Operation } from './operation.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** The caller's `client-request-id`, else the same as `request.id`, which is the `request-id`. */
    clientRequestId: string
    /** The tenant that the token names, once its claims are read; the token may still be refused. */
    tenantId: string | undefined
    /** Set on Graph routes once the bearer token is verified; reading it earlier throws. */
    identity: Identity
    /** The fault that was injected into it; of several the decisive one. */
    fault: InjectedFault | undefined
    /** The sandbox of `identity.tenantId`. */
    tenant: Tenant
    /** Its operation; a request without one will be refused. */
    operation: Operation | undefined
  }
}

export function idsOf(request: FastifyRequest): RequestIds {
  return { requestId: request.id, clientRequestId: request.clientRequestId }
}
