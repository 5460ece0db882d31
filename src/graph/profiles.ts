/**
 * The whole difference between the two profiles: `documented` is the API page to the letter, `observed` the live
 * service as captured. Which permissions a route accepts in each is declared by the route, under the same two names.
 */
export const profiles = {
  documented: {
    /** What stands in an answer when the request asks for no `odata.metadata` level. */
    annotation: '@odata.type',
    /** Dates are returned as they were sent, character for character. */
    normalisesDates: false,
    /** The API page: Application, not supported. */
    acceptsApplications: false
  },
  observed: {
    annotation: '@odata.context',
    normalisesDates: true,
    acceptsApplications: true
  }
} as const satisfies Record<string, ProfileRules>

export type ProfileName = keyof typeof profiles

export const profileNames = Object.keys(profiles) as ProfileName[]

export interface ProfileRules {
  readonly annotation: '@odata.type' | '@odata.context'
  readonly normalisesDates: boolean
  readonly acceptsApplications: boolean
}
