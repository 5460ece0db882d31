import type { RouteOptions } from 'fastify'
import type { OriginOf } from '../../../../http/origin.js'
import { addOnRequest } from '../../../gateway/route-hooks.js'
import { claimsChallenge } from './claims-challenge.js'
import type { Condition } from './condition.js'
import { noIntune, noRole, unlicensed } from './licensing.js'
import type { ConditionName } from './setting.js'
import { readOnly, unavailable } from './outage.js'
import { patchNoContent, patchNoRoute } from './patch.js'

export const conditions: Readonly<Record<ConditionName, Condition>> = {
  unlicensed,
  noIntune,
  noRole,
  unavailable,
  readOnly,
  patchNoRoute,
  patchNoContent,
  claimsChallenge
}

/** An `onRoute` hook, behind the one of the permissions: what ails a tenant is met before a body is read. */
export function meetConditions(route: RouteOptions, origin: OriginOf): void {
  if (route.config?.permissions === 'anonymous') return
  const intune = route.config?.intune
  addOnRequest(route, (request, _reply, done) => {
    const { condition } = request.tenant.state
    if (condition === null) done()
    else done(conditions[condition].refuse(request, intune, () => origin(request)))
  })
}
