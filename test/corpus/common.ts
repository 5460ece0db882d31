// Names that many groups share.
import { ask, before, type Request } from './step.js'

export const SETTINGS = '/beta/deviceManagement/windowsAutopilotSettings'
export const DEFAULT_TENANT = 'aaaabbbb-0000-cccc-1111-dddd2222eeee'
/** A tenant that no fixture knows. */
export const TENANT = '5f0b1c9e-8a35-4c5f-9a0e-0f0a5e3b7a11'
export const OTHER_TENANT = '0d0e0f00-1111-4222-8333-444455556666'
export const READ = 'DeviceManagementServiceConfig.Read.All'
export const WRITE = 'DeviceManagementServiceConfig.ReadWrite.All'
export const CONFIGURATION = 'DeviceManagementConfiguration.ReadWrite.All'
/** Sent as client-request-id. */
export const CLIENT_ID = '7e3f1c1e-2222-4333-8444-555566667777'
/** What the API page sends. */
export const PAGE = {
  lastSyncDateTime: '2017-01-01T00:02:49.3205976-08:00',
  lastManualSyncTriggerDateTime: '2016-12-31T23:57:54.7364636-08:00',
  syncStatus: 'inProgress'
}

/** Mints a token, which later steps send as `{{token}}`. */
export function mint(request: object = {}, name = 'token'): Request {
  return before('POST /_mock/tokens', request, { [name]: 'access_token' })
}

/** Lays a JSON merge patch over the state of the default tenant. */
export function state(patch: object, tenant = 'default'): Request {
  return before(`PATCH /_mock/tenants/${tenant}/state`, patch)
}

export function advance(duration: string, tenant = 'default'): Request {
  return before(`POST /_mock/tenants/${tenant}/clock`, { advance: duration })
}

/** What became of the default tenant. */
export function stateNow(name: string, tenant = 'default'): Request {
  return ask(name, `GET /_mock/tenants/${tenant}/state`)
}
