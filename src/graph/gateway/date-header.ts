import type { FastifyReply } from 'fastify'
import type { Tenants } from '../../tenants/tenants.js'

/** Sets `Date` by the clock of the tenant. Where that is the wall clock, Node itself sets the header. */
export function setDate(reply: FastifyReply, tenants: Tenants, tenantId: string | undefined): void {
  if (tenants.hasOwnTime(tenantId)) reply.header('date', new Date(tenants.now(tenantId)).toUTCString())
}
