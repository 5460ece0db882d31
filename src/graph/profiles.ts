import { Type } from '@sinclair/typebox'
import { StateSlot } from '../tenants/state-slot.js'

/**
 * Whose behaviour a hand-written resource with two contracts shows: `documented` is its API page to the letter,
 * `observed` the live service as captured.
 */
export const profileNames = ['documented', 'observed'] as const
export type ProfileName = (typeof profileNames)[number]

interface ProfileSetting {
  readonly profile: ProfileName
}

const DOCUMENTED: ProfileSetting = Object.freeze({ profile: 'documented' })

export const profileSetting = new StateSlot<ProfileSetting>({
  schemas: {
    profile: Type.Union(
      profileNames.map((name) => Type.Literal(name)),
      { description: 'documented: the API page to the letter; observed: the live service as captured.' }
    )
  },
  initial: () => DOCUMENTED
})
