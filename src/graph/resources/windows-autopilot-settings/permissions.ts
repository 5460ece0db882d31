import type { RoutePermissions } from '../../gateway/permissions.js'

const READ_WRITE = 'DeviceManagementServiceConfig.ReadWrite.All'

/** Documented on the GET page and in Microsoft's permissions.json (facts 1.3). */
const READ = ['DeviceManagementServiceConfig.Read.All', READ_WRITE]
export const readPermissions: RoutePermissions = { documented: READ, observed: READ }

/** The API page names one; the newest page names a second, which permissions.json does not list (facts 1.3). */
export const writePermissions: RoutePermissions = {
  documented: [READ_WRITE],
  observed: [READ_WRITE, 'DeviceManagementConfiguration.ReadWrite.All']
}
