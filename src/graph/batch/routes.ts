import type { Random } from '../../lib/random.js'
import { BATCH_OPERATION } from '../gateway/operations.js'
import type { GraphScope } from '../resource.js'
import { batchSupport } from './support.js'

/**
 * `POST /$batch`: up to twenty requests in one, each going the whole way of a request of its own. Loaded with the first
 * batch.
 */
export function batchRoutes(graph: GraphScope, prefix: string, random: Random): void {
  graph.post(
    '/$batch',
    { config: { permissions: 'anyToken', operation: BATCH_OPERATION, support: batchSupport } },
    async (request, reply) => {
      const { answerBatch } = await import('./answer-batch.js')
      const answer = await answerBatch(request, prefix, random)
      // A Buffer keeps Fastify from adding a charset.
      return reply.type('application/json').send(Buffer.from(JSON.stringify(answer)))
    }
  )
}
