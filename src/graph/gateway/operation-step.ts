import type { FastifyRequest } from 'fastify'
import type { Step } from '../../http/steps.js'
import type { Operation } from './operation.js'

/** A step that is skipped for anonymous operations, whose requests present no token. */
export function withToken(step: Step): Step {
  return (request, reply) => (isAnonymous(request) ? undefined : step(request, reply))
}

/** A step with a token that is skipped for requests without an operation; those are refused after their body is read. */
export function ofOperation(
  step: (request: FastifyRequest, operation: Operation) => undefined | Promise<unknown>
): Step {
  return (request) => {
    const { operation } = request
    return operation && !isAnonymous(request) ? step(request, operation) : undefined
  }
}

function isAnonymous({ operation }: FastifyRequest): boolean {
  return operation?.permissions === 'anonymous'
}
