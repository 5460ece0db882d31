import type { FastifyRequest } from 'fastify'
import { FaultRuleError } from '../faults/faults.js'
import { FaultRule } from '../faults/rule.js'
import { Problem } from './problem.js'
import type { ControlRoutes } from './surface.js'
import { tenantId } from './tenant-id.js'

/** Fault rules of a tenant and of all tenants: listed, added, removed. */
export const faultRoutes: ControlRoutes = (control, { tenants, faults }) => {
  const ofTenant = (request: FastifyRequest) => tenantId(request, tenants)
  const ofAll = () => undefined
  for (const [path, scopeOf] of [
    ['/tenants/:tenant/faults', ofTenant],
    ['/faults', ofAll]
  ] as const) {
    control.get<{ Querystring: { fired?: boolean } }>(path, (request) => {
      const { fired } = request.query
      const all = faults.list(scopeOf(request))
      return { faults: fired === undefined ? all : all.filter((record) => record.fired > 0 === fired) }
    })

    control.post<{ Body: FaultRule }>(path, { schema: { body: FaultRule } }, (request, reply) => {
      try {
        return reply.code(201).send(faults.add(scopeOf(request), request.body))
      } catch (error) {
        return refuseRule(error)
      }
    })

    control.delete(path, (request, reply) => {
      faults.clear(scopeOf(request))
      return reply.code(204).send()
    })

    control.delete<{ Params: { id: number } }>(`${path}/:id`, (request, reply) => {
      faults.remove(scopeOf(request), Number(request.params.id))
      return reply.code(204).send()
    })
  }
}

/** @throws Problem 400 for rules that are not sound, else what came */
export function refuseRule(error: unknown): never {
  if (error instanceof FaultRuleError) throw new Problem(400, `${error.message}.`)
  throw error
}
