import type { FastifyRequest } from 'fastify'
import type { Step } from '../../http/steps.js'
import type { Operation } from './operation.js'

/** A step that is skipped for requests without an operation; those are refused after their body is read. */
export function ofOperation(
  step: (request: FastifyRequest, operation: Operation) => undefined | Promise<unknown>
): Step {
  return (request) => (request.operation ? step(request, request.operation) : undefined)
}
