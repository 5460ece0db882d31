import { Type, type Static } from '@sinclair/typebox'
import { FaultRecord, FaultRule } from '../faults/rule.js'
import { NoContent, type ControlRoutes } from './control-routes.js'
import { ProblemDocument } from './problem.js'
import { scopeOf, scopes } from './tenant-path.js'
import { closedObject } from '../lib/schemas.js'

const Filter = closedObject({
  fired: Type.Optional(Type.Boolean({ description: 'Only rules that befell a request, or only those that never did.' }))
})
type Filter = Static<typeof Filter>

const FaultRecords = closedObject({ faults: Type.Array(FaultRecord) })

const id = Type.String({
  pattern: /^[1-9][0-9]{0,9}$/.source,
  expected: 'the number of a rule',
  description: 'Number of a rule.'
})

/** Fault rules of a tenant and of all tenants: listed, added, removed. */
export const faultRoutes: ControlRoutes = (control, { tenants, faults }) => {
  for (const { prefix, whose, params } of scopes) {
    const path = `${prefix}/faults`
    const refusals = { 409: ProblemDocument }
    const ruleParams = closedObject({ ...params.properties, id })

    const list = {
      summary: `List the fault rules ${whose}`,
      params,
      querystring: Filter,
      response: { 200: FaultRecords, ...refusals }
    }
    control.get(path, { schema: list }, (request) => {
      const { fired } = request.query
      const all = faults.list(scopeOf(request, tenants))
      return { faults: all.filter((record) => fired === undefined || record.fired > 0 === fired) }
    })

    const add = {
      summary: `Add a fault rule ${whose}`,
      description: 'Where there is no room left, rules make some that have fired as often as they shall.',
      params,
      body: FaultRule,
      response: { 201: FaultRecord, ...refusals, 409: ProblemDocument }
    }
    control.post(path, { schema: add }, (request, reply) => {
      void reply.code(201)
      return faults.add(scopeOf(request, tenants), request.body)
    })

    const clear = { summary: `Remove all fault rules ${whose}`, params, response: { 204: NoContent, ...refusals } }
    control.delete(path, { schema: clear }, async (request, reply) => {
      faults.clear(scopeOf(request, tenants))
      return reply.code(204).send()
    })

    const remove = {
      summary: `Remove a fault rule ${whose}`,
      params: ruleParams,
      response: { 204: NoContent, ...refusals }
    }
    control.delete(`${path}/:id`, { schema: remove }, async (request, reply) => {
      faults.remove(scopeOf(request, tenants), Number(request.params.id))
      return reply.code(204).send()
    })
  }
}
