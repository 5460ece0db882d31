import { Type } from '@sinclair/typebox'
import { StateSlot } from '../../../../tenants/state-slot.js'

/** Values of `condition` in the state document of a tenant. */
const conditionNames = [
  'unlicensed',
  'noIntune',
  'noRole',
  'unavailable',
  'readOnly',
  'patchNoRoute',
  'patchNoContent',
  'claimsChallenge'
] as const
export type ConditionName = (typeof conditionNames)[number]

interface ConditionSetting {
  readonly condition: ConditionName | null
}

const NONE: ConditionSetting = Object.freeze({ condition: null })

export const conditionSetting = new StateSlot<ConditionSetting>({
  schemas: {
    condition: Type.Union([Type.Null(), ...conditionNames.map((name) => Type.Literal(name))], {
      description: 'What ails the tenant: null for nothing.'
    })
  },
  initial: () => NONE
})
