import type { OriginOf } from '../../../../http/origin.js'
import type { Step } from '../../../../http/steps.js'
import { ofOperation } from '../../../gateway/operation-step.js'
import { claimsChallenge } from './claims-challenge.js'
import type { Condition } from './condition.js'
import { noIntune, noRole, unlicensed } from './licensing.js'
import { readOnly, unavailable } from './outage.js'
import { patchNoContent, patchNoRoute } from './patch.js'
import { conditionSetting, type ConditionName } from './setting.js'

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

/** Applies the condition of the tenant, after the permissions and before the body is read. */
export function applyCondition(origin: OriginOf): Step {
  return ofOperation((request, operation) => {
    const { condition } = conditionSetting.read(request.tenant)
    if (condition === null) return undefined
    const refusal = conditions[condition].refuse(request, operation, () => origin(request))
    if (refusal) throw refusal
    return undefined
  })
}
