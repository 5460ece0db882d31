import type { FastifyRequest } from 'fastify'
import type { Behaviour } from '../../../../support/behaviour.js'
import type { GraphError } from '../../../errors.js'
import type { Operation } from '../../../gateway/operation.js'
import { backendPathOf } from '../intune-service.js'
import type { ConditionName } from './setting.js'

/** A condition of a tenant, which makes its requests fail, or changes their answers. */
export interface Condition extends Behaviour {
  /**
   * The refusal of a request, if there is one. Its token and permissions are checked; its body is not read.
   *
   * @param origin where the caller's authority is
   */
  refuse(request: FastifyRequest, operation: Operation, origin: () => string): GraphError | undefined
}

/** A condition of Intune. It does not affect operations of other services or of Graph's gateway. */
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

/** The reason of a refusal: the condition, and how to remove it. */
export function because(condition: ConditionName, { tenant }: Pick<FastifyRequest, 'tenant'>, text: string): string {
  return `The condition of this tenant is ${condition}: ${text}. Remove it with PATCH /_mock/tenants/${tenant.id}/state {"condition":null}.`
}
