import { Type, type Static } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import { FaultRuleError } from '../faults/faults.js'
import { FaultRecord, FaultRule } from '../faults/rule.js'
import type { ControlRoutes } from './control-routes.js'
import { NoContent } from './no-content.js'
import { Problem } from './problem.js'
import { tenantId } from './tenant-id.js'

const closed = { additionalProperties: false }

const Filter = Type.Object(
  {
    fired: Type.Optional(
      Type.Boolean({ description: 'Only rules that befell a request, or only those that never did.' })
    )
  },
  closed
)
type Filter = Static<typeof Filter>

const FaultRecords = Type.Object({ faults: Type.Array(FaultRecord) }, closed)

/** Fault rules of a tenant and of all tenants: listed, added, removed. */
export const faultRoutes: ControlRoutes = (control, { tenants, faults }) => {
  for (const [path, whose, scopeOf] of [
    ['/tenants/:tenant/faults', 'of a tenant', (request: FastifyRequest) => tenantId(request, tenants)],
    ['/faults', 'of all tenants', () => undefined]
  ] as const) {
    control.get<{ Querystring: Filter }>(
      path,
      { schema: { summary: `List the fault rules ${whose}`, querystring: Filter, response: { 200: FaultRecords } } },
      (request) => {
        const { fired } = request.query
        const all = faults.list(scopeOf(request))
        return { faults: fired === undefined ? all : all.filter((record) => record.fired > 0 === fired) }
      }
    )

    control.post<{ Body: FaultRule }>(
      path,
      { schema: { summary: `Add a fault rule ${whose}`, body: FaultRule, response: { 201: FaultRecord } } },
      (request, reply) => {
        try {
          return reply.code(201).send(faults.add(scopeOf(request), request.body))
        } catch (error) {
          return refuseRule(error)
        }
      }
    )

    control.delete(
      path,
      { schema: { summary: `Remove all fault rules ${whose}`, response: { 204: NoContent } } },
      (request, reply) => {
        faults.clear(scopeOf(request))
        return reply.code(204).send()
      }
    )

    control.delete<{ Params: { id: string } }>(
      `${path}/:id`,
      { schema: { summary: `Remove a fault rule ${whose}`, response: { 204: NoContent } } },
      (request, reply) => {
        faults.remove(scopeOf(request), ruleNumber(request.params.id))
        return reply.code(204).send()
      }
    )
  }
}

/** @throws Problem 400 */
function ruleNumber(text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text)
  throw new Problem(400, `id must be the number of a rule, not ${JSON.stringify(text)}.`)
}

/** @throws Problem 400 for rules that are not sound, else what came */
export function refuseRule(error: unknown): never {
  if (error instanceof FaultRuleError) throw new Problem(400, `${error.message}.`)
  throw error
}
