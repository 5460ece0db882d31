import { StateSlot } from '../tenants/state-slot.js'
import { oneOf } from '../lib/schemas.js'

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
    profile: oneOf(profileNames, {
      description: 'documented: the API page to the letter; observed: the live service as captured.'
    })
  },
  initial: () => DOCUMENTED
})
