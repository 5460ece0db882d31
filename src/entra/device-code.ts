import { findClient } from '../identity/client-authentication.js'
import { grantedScopes } from '../identity/scopes.js'
import { requiredScope } from '../identity/grants/grant.js'
import { formOf } from './form.js'
import type { Handler } from './handler.js'
import { tenantOf, versionOf } from './tenant.js'
import { required } from '../identity/form.js'
import { aadsts } from '../identity/aadsts.js'

/** Seconds (documented: v2-oauth2-device-code). */
const LIFETIME = 900
const INTERVAL = 5

/** `/{tenant}/oauth2/v2.0/devicecode`: a code for the device, and one for a person to type at `/devicelogin`. */
export const deviceCode: Handler = async (mock, request) => {
  if (request.method !== 'POST') throw aadsts('postOnly', { method: request.method })
  const form = formOf(request)
  const tenant = tenantOf(request, mock.directory)
  const authority = await mock.authority()
  const origin = mock.origin(request)
  const client = findClient(authority, required(form, 'client_id'), tenant)
  const version = versionOf(request)
  const scope = requiredScope({ authority, tenant, form, version, origin })
  grantedScopes(client, scope)
  const now = authority.now(tenant.tenantId ?? authority.directory.defaultTenant)
  const added = authority.deviceCodes.add({ appId: client.appId, scope, tenant }, now + LIFETIME * 1000)
  const page = `${origin}/devicelogin`
  return {
    user_code: added.userCode,
    device_code: added.deviceCode,
    [version === 1 ? 'verification_url' : 'verification_uri']: page,
    expires_in: version === 1 ? String(LIFETIME) : LIFETIME,
    interval: version === 1 ? String(INTERVAL) : INTERVAL,
    message: `To sign in, use a web browser to open the page ${page} and enter the code ${added.userCode} to authenticate.`
  }
}
