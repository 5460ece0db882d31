import { namesOf, type AcceptedPermissions, type PermissionRule } from '../../gateway/permission-rule.js'
import { profileSetting, type ProfileName } from '../../profiles.js'

const READ_WRITE = 'DeviceManagementServiceConfig.ReadWrite.All'

/** The API page: Application, not supported. The live service takes them (captured, graph2otel, 2026-07-23). */
const notSupported =
  'The API page does not support application tokens, and the profile of this tenant is documented. Take a delegated token, or start with --profile observed.'

/** Documented on the GET page and in Microsoft's permissions.json. */
export const readPermissions = byProfile({ documented: ['DeviceManagementServiceConfig.Read.All', READ_WRITE] })

/** The API page names one; the newest page names a second, which permissions.json does not list. */
export const writePermissions = byProfile({
  documented: [READ_WRITE],
  observed: [READ_WRITE, 'DeviceManagementConfiguration.ReadWrite.All']
})

/** Scopes and app roles have the same names in Intune. */
function byProfile({
  documented,
  observed = documented
}: {
  readonly documented: readonly string[]
  readonly observed?: readonly string[]
}): PermissionRule {
  const rules: Readonly<Record<ProfileName, AcceptedPermissions>> = {
    documented: { delegated: documented, application: { notSupported } },
    observed: { delegated: observed, application: observed }
  }
  return {
    names: Object.values(rules).flatMap(namesOf),
    accepted: (tenant) => rules[profileSetting.read(tenant).profile]
  }
}
