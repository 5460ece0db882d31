import type { Tenant } from '../../../tenants/tenant.js'
import { OBSERVED_STYLE, type AnswerStyle } from '../../odata/represent.js'
import { profileSetting, type ProfileName } from '../../profiles.js'

/** The API page shows `@odata.type`, and dates as they were sent; the live service `@odata.context`, and dates in UTC. */
const styles: Readonly<Record<ProfileName, AnswerStyle>> = {
  documented: { annotation: '@odata.type', normalisesDates: false },
  observed: OBSERVED_STYLE
}

export function styleOf(tenant: Tenant): AnswerStyle {
  return styles[profileSetting.read(tenant).profile]
}
