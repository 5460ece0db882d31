import type { FastifyRequest } from 'fastify'
import { encodeReason, REASON_HEADER } from '../../http/reason-header.js'
import type { Random } from '../../lib/random.js'
import { errorBody } from '../gateway/error-response.js'
import { badRequest, GraphError } from '../errors.js'
import { readPayload } from '../odata/payload.js'
import { answerOf } from './answer.js'
import { dispatch } from './dispatch.js'
import { partOf } from '../../http/part-of.js'
import { demandBatchPayload, malformed } from './payload.js'
import { planBatch, type BatchPart } from './plan.js'
import { runBatch, type PartAnswer } from './run.js'

/**
 * The answer to a batch; its parts are in the order in which they were completed.
 *
 * @param prefix of the version, such as `/beta`
 * @throws GraphError 400 for a batch that is malformed or stands within a batch; no part has run then
 */
export async function answerBatch(
  request: FastifyRequest,
  prefix: string,
  random: Random
): Promise<{ responses: PartAnswer[] }> {
  if (partOf(request)) throw nested()
  const payload = demandBatchPayload(readPayload(request.body as Buffer | undefined, request.headers))
  const plan = planBatch(payload)
  const urls = new Map(plan.map((part) => [part, urlOf(prefix, part)]))
  const responses = await runBatch(
    plan,
    async (part) => answerOf(part, await dispatch(request, part, urls.get(part) as string)),
    (part, failed) => failedDependency(part, failed, random.uuid(), new Date(request.tenant.now()))
  )
  return { responses }
}

/** Path and query of a part on this server. Resolves dot segments, so that none leads out of the version. */
function urlOf(prefix: string, { id, url }: BatchPart): string {
  const { pathname, search } = new URL(`http://localhost${prefix}/${url}`)
  if (!pathname.startsWith(`${prefix}/`)) throw malformed(`The url of request ${id} leads out of ${prefix}.`)
  return pathname + search
}

/** No capture holds the body of a 424; code and text are assumed, the status is documented. */
function failedDependency({ id }: BatchPart, failed: BatchPart, requestId: string, date: Date): PartAnswer {
  const error = new GraphError({
    status: 424,
    code: 'FailedDependency',
    message: 'Failed Dependency',
    reason: `Request ${failed.id}, which it depends on, failed.`
  })
  return {
    id,
    status: error.status,
    headers: { 'Content-Type': 'application/json', [REASON_HEADER]: encodeReason(error.reason) },
    body: JSON.parse(errorBody(error, { requestId, clientRequestId: requestId }, date))
  }
}

/** Text assumed. */
function nested(): GraphError {
  return badRequest('Batch requests cannot be nested.', 'A request of a batch names $batch itself.')
}
