import type { FastifyInstance } from 'fastify'
import type { OperationLookup } from '../gateway/operation-lookup.js'
import type { GraphVersion } from '../gateway/versions.js'
import type { ModelledGraph } from './modelled-graph.js'

/** One route for every path that no hand-written resource has: 6,000 routes would cost the start two thirds of a second. */
export function modelledRoutes(
  scope: FastifyInstance,
  version: GraphVersion,
  operations: OperationLookup,
  modelled: () => Promise<ModelledGraph>
): void {
  scope.route({
    method: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'],
    url: '/*',
    handler: async (request, reply) => {
      if (!request.operation) throw await operations.refusal(request)
      return (await modelled()).answer(request, reply, version)
    }
  })
}
