import type { Handler } from './handler.js'
import { tenantOf } from './tenant.js'

/** `/{tenant}/discovery/v2.0/keys`: the public key that tokens of every tenant are signed with. */
export const keys: Handler = async (mock, request) => {
  tenantOf(request, mock.directory)
  const { publicJwk, keyId } = await mock.tokens.signingKey()
  const { kty, n, e } = publicJwk
  return { keys: [{ kty, use: 'sig', kid: keyId, x5t: keyId, n, e }] }
}
