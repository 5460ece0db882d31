import type { FastifyRequest } from 'fastify'
import type { Step } from '../../http/steps.js'
import type { Operation } from './operation.js'

/** A step that only requests meet that ask for an operation; all others go by, and are refused once their body is read. */
export function ofOperation(
  step: (request: FastifyRequest, operation: Operation) => undefined | Promise<unknown>
): Step {
  return (request) => (request.operation ? step(request, request.operation) : undefined)
}
