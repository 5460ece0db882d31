import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Step } from '../../http/steps.js'
import type { Operation } from './operation.js'

/** A step that requests go by which ask for what anybody may have: such a request presents no token. */
export function behindToken(step: Step): Step {
  return (request, reply) => (isAnonymous(request) ? undefined : step(request, reply))
}

/** A step behind the token that only requests meet that ask for an operation. All others are refused once their body is read. */
export function ofOperation(
  step: (request: FastifyRequest, operation: Operation, reply: FastifyReply) => undefined | Promise<unknown>
): Step {
  return (request, reply) => {
    const { operation } = request
    return operation && !isAnonymous(request) ? step(request, operation, reply) : undefined
  }
}

function isAnonymous({ operation }: FastifyRequest): boolean {
  return operation?.permissions === 'anonymous'
}
