import type { FastifyReply, FastifyRequest } from 'fastify'
import { InvalidHost } from '../http/host-header.js'
import type { Log } from '../lib/log.js'
import { pathOf } from '../http/request-path.js'
import { Problem } from './problem.js'
import { tenantProblem } from './tenant-problem.js'

/** Whatever is thrown on the control surface leaves as a problem document; unexpected errors never show their text. */
export function sendProblem(log: Log) {
  return (error: Error, request: FastifyRequest, reply: FastifyReply): void => {
    const problem = asProblem(error)
    const line = {
      method: request.method,
      path: pathOf(request),
      status: problem.status,
      detail: problem.message
    }
    if (problem.status === 500) log.error({ ...line, err: error }, 'unexpected error')
    else log.info(line, 'control call refused')
    void reply
      .code(problem.status)
      .headers(problem.headers)
      .type('application/problem+json')
      .send(Buffer.from(JSON.stringify(problem)))
  }
}

function asProblem(error: Error): Problem {
  if (error instanceof Problem) return error
  const refusal = tenantProblem(error)
  if (refusal) return refusal
  if (error instanceof InvalidHost) return new Problem(400, `${error.message}.`)
  const { statusCode } = error as { statusCode?: number }
  if (statusCode !== undefined && statusCode < 500) return new Problem(statusCode, error.message)
  return new Problem(500, 'A bug in msgraph-mock; its log has the stack.')
}
