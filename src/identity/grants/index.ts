import { authorizationCode } from './authorization-code.js'
import { clientCredentials } from './client-credentials.js'
import { deviceCode } from './device-code.js'
import type { Grant } from './grant.js'
import { onBehalfOf } from './on-behalf-of.js'
import { password } from './password.js'
import { refreshToken } from './refresh-token.js'

/** By `grant_type`; MSAL sends the short name of the device code grant, RFC 8628 the long one. */
export const grants: ReadonlyMap<string, Grant> = new Map([
  ['client_credentials', clientCredentials],
  ['authorization_code', authorizationCode],
  ['refresh_token', refreshToken],
  ['password', password],
  ['device_code', deviceCode],
  ['urn:ietf:params:oauth:grant-type:device_code', deviceCode],
  ['urn:ietf:params:oauth:grant-type:jwt-bearer', onBehalfOf]
])
