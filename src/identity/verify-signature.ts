import { compactVerify } from 'jose'
import { shown } from './jwt.js'
import type { SigningKey } from './keys.js'
import { TokenRefusal } from './token-refusal.js'

const MINT = 'Mint one with POST /_mock/tokens or `msgraph-mock token`.'

/**
 * Verifies the RS256 signature with the key of this app.
 *
 * @throws TokenRefusal `Invalid x5t claim.` for an unknown key (captured, msgraph-sdk-javascript#451); the texts for an
 *   unsigned token and for wrong bytes under a known key are assumed
 */
export async function verifySignature(
  token: string,
  header: Readonly<Record<string, unknown>>,
  key: SigningKey
): Promise<void> {
  if (header['alg'] !== 'RS256') {
    throw new TokenRefusal(
      'Access token validation failure.',
      `The token is signed with ${shown(header['alg'])}, not RS256. ${MINT}`
    )
  }
  if (header['kid'] !== key.keyId && header['x5t'] !== key.keyId) {
    throw new TokenRefusal(
      'Invalid x5t claim.',
      `The token is signed with a key that this server does not have, such as that of another server or of an earlier run. ${MINT} Or start with --trust-foreign-tokens, or with the same --signing-key each time.`
    )
  }
  try {
    await compactVerify(token, key.publicKey, { algorithms: ['RS256'] })
  } catch {
    throw new TokenRefusal(
      'Access token validation failure. Invalid signature.',
      `The signature does not fit the token's header and claims. ${MINT}`
    )
  }
}
