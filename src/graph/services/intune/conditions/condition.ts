import type { FastifyRequest } from 'fastify'
import type { Behaviour } from '../../../../support/behaviour.js'
import type { GraphError } from '../../../errors.js'
import type { IntuneRoute } from '../../../gateway/request-context.js'
import type { ConditionName } from './setting.js'

/** Something that ails a tenant, so that its requests are refused, or answered otherwise. */
export interface Condition extends Behaviour {
  /**
   * The refusal that a request meets, if any. The request has a token that is good for its route; its body is not read.
   *
   * @param intune the route at Intune; `undefined` for what Graph's gateway answers itself, such as `$batch`
   * @param origin where the caller's authority is
   */
  refuse(request: FastifyRequest, intune: IntuneRoute | undefined, origin: () => string): GraphError | undefined
}

/** A condition of Intune, which no request meets that Graph's gateway answers itself. */
export function ofIntune(
  behaviour: Behaviour,
  refuse: (request: FastifyRequest, intune: IntuneRoute) => GraphError | undefined
): Condition {
  return { ...behaviour, refuse: (request, intune) => (intune ? refuse(request, intune) : undefined) }
}

/** The reason of a refusal: what ails the tenant, and how to make it well. */
export function because(condition: ConditionName, { tenant }: Pick<FastifyRequest, 'tenant'>, text: string): string {
  return `The condition of this tenant is ${condition}: ${text}. Lift it by PATCH /_mock/tenants/${tenant.id}/state {"condition":null}.`
}

export function isWrite({ method }: FastifyRequest): boolean {
  return method !== 'GET' && method !== 'HEAD'
}
