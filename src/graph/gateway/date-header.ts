import type { FastifyReply } from 'fastify'
import type { Tenants } from '../../tenants/tenants.js'

/** `Date` follows the clock of the tenant that the token names. Node itself writes it where that is the wall clock. */
export function setDate(reply: FastifyReply, tenants: Tenants, tenantId: string | undefined): void {
  if (tenants.hasOwnTime(tenantId)) reply.header('date', new Date(tenants.now(tenantId)).toUTCString())
}
