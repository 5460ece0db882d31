/** Values of `condition` in the state document of a tenant. */
export const conditionNames = [
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
