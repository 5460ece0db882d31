import { demandCredential, readScopes, type Grant, type GrantRequest } from './grant.js'
import { hasExpired } from '../decide-device-code.js'
import type { DeviceCode } from '../device-codes.js'
import { withOpenId } from '../scopes.js'
import { issueForUser } from './issue.js'
import { required } from '../form.js'
import { aadsts } from '../aadsts.js'

/** `device_code`: pending until a person decides on the page, or a test by `/_mock`; redeemed once. */
export const deviceCode: Grant = async (request) => {
  const { authority, form } = request
  const code = findCode(request)
  const { decision } = code
  demandCredential(request)
  if (hasExpired(authority, code)) throw aadsts('deviceCodeExpired', {})
  if (decision === undefined)
    throw aadsts('authorizationPending', { userCode: code.userCode, tenant: code.tenant.tenantId ?? 'default' })
  if (decision === 'denied') throw aadsts('deviceCodeDeclined', {})
  const asked = form.get('scope')
  const scope = asked === undefined ? code.scope : withOpenId(code.scope, readScopes(asked, request))
  authority.deviceCodes.redeem(code)
  return issueForUser(request, { appId: code.appId, scope, ...decision })
}

function findCode({ authority, form, tenant, client }: GrantRequest): DeviceCode {
  // MSAL Python and Go send both names; before RFC 8628 it was `code`.
  const code = authority.deviceCodes.byDeviceCode(
    form.get('device_code') ?? form.get('code') ?? required(form, 'device_code')
  )
  if (!code)
    throw aadsts('badVerificationCode', { reason: 'This server has not issued this device code, or it was redeemed.' })
  if (code === 'forgotten') throw aadsts('deviceCodeForgotten', {})
  if (code.appId !== client.client.appId) {
    throw aadsts('badVerificationCode', { reason: `The device code was issued to another application, ${code.appId}.` })
  }
  if (code.tenant.name !== tenant.name) {
    throw aadsts('badVerificationCode', {
      reason: `The device code was requested at /${code.tenant.name}, not at /${tenant.name}.`
    })
  }
  return code
}
