import type { FastifyReply, FastifyRequest } from 'fastify'
import { InvalidFaultRule } from '../faults/faults.js'
import { TooManyFaults } from '../faults/limits.js'
import { InvalidHost } from '../http/host-header.js'
import type { Log } from '../lib/log.js'
import { pathOf } from '../http/request-path.js'
import { TooMuchHeld } from '../tenants/holdings.js'
import { InvalidDocument, InvalidPatch } from '../tenants/invalid-document.js'
import { TooManySnapshots, UnknownSnapshot } from '../tenants/snapshots.js'
import { Problem } from './problem.js'

/** Statuses of the errors that tenants and their rules throw; the message of each is a sentence without its full stop. */
const STATUSES = [
  [InvalidFaultRule, 400],
  [TooManyFaults, 409],
  [InvalidPatch, 409],
  [InvalidDocument, 400],
  [UnknownSnapshot, 404],
  [TooManySnapshots, 409],
  [TooMuchHeld, 409],
  [InvalidHost, 400]
] as const

/** The error handler of `/_mock`: every error becomes a problem document; unexpected ones do not show their text. */
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
  const [, status] = STATUSES.find(([kind]) => error instanceof kind) ?? []
  if (status !== undefined) return new Problem(status, `${error.message}.`)
  const { statusCode } = error as { statusCode?: number }
  if (statusCode !== undefined && statusCode < 500) return new Problem(statusCode, error.message)
  return new Problem(500, 'A bug in msgraph-mock; its log has the stack.')
}
