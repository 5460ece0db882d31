import type { FastifyRequest } from 'fastify'
import type { Behaviour } from '../../../../support/behaviour.js'
import type { GraphError } from '../../../errors.js'
import type { Operation } from '../../../gateway/operation.js'
import { backendPathOf } from '../intune-service.js'
import type { ConditionName } from './setting.js'

/** Something that ails a tenant, so that its requests are refused, or answered otherwise. */
export interface Condition extends Behaviour {
  /**
   * The refusal that a request meets, if any. The request has a token that is good for its operation; its body is not
   * read.
   *
   * @param origin where the caller's authority is
   */
  refuse(request: FastifyRequest, operation: Operation, origin: () => string): GraphError | undefined
}

/** A condition of Intune, which no request meets that another service answers, or Graph's gateway itself. */
export function ofIntune(
  behaviour: Behaviour,
  refuse: (request: FastifyRequest, operation: Operation, backendPath: string) => GraphError | undefined
): Condition {
  return {
    ...behaviour,
    refuse(request, operation) {
      const backendPath = backendPathOf(operation)
      return backendPath === undefined ? undefined : refuse(request, operation, backendPath)
    }
  }
}

/** The reason of a refusal: what ails the tenant, and how to make it well. */
export function because(condition: ConditionName, { tenant }: Pick<FastifyRequest, 'tenant'>, text: string): string {
  return `The condition of this tenant is ${condition}: ${text}. Lift it by PATCH /_mock/tenants/${tenant.id}/state {"condition":null}.`
}
