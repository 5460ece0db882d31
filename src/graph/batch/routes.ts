import type { TypeBoxScope } from '../../http/typebox-scope.js'
import { EVIDENCE_HEADER } from '../../http/evidence-header.js'
import type { Random } from '../../lib/random.js'

/** `POST /$batch`. The code that answers it is loaded with the first batch. */
export function batchRoutes(scope: TypeBoxScope, prefix: string, random: Random): void {
  scope.post('/$batch', async (request, reply) => {
    const { answerBatch } = await import('./answer-batch.js')
    const answer = await answerBatch(request, prefix, random)
    // A batch rests on the weakest of its parts.
    if (answer.responses.some(({ headers }) => EVIDENCE_HEADER in headers)) reply.header(EVIDENCE_HEADER, 'modelled')
    // A Buffer keeps Fastify from adding a charset.
    return reply.type('application/json').send(Buffer.from(JSON.stringify(answer)))
  })
}
