import { isDeeperThan, isJsonObject } from '../lib/json.js'
import type { Claims } from './claims.js'
import { TokenRefusal } from './token-refusal.js'

export interface DecodedJwt {
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Claims
}

const FORMS =
  "The token needs to be in JWS or JWE Compact Serialization Format. (JWS): 'EncodedHeader.EncodedPayload.EncodedSignature'. (JWE): 'EncodedProtectedHeader.EncodedEncryptedKey.EncodedInitializationVector.EncodedCiphertext.EncodedAuthenticationTag'."
const BASE64URL = /^[A-Za-z0-9_-]+$/
/** Levels of JSON. The claims of Entra have three; many more could overflow the stack of recursive functions. */
const MAX_DEPTH = 32
/** Characters of a value to show in a reason. */
const MAX_SHOWN = 100

/**
 * Decodes header and claims of a JWT, without verifying anything.
 *
 * @throws TokenRefusal with the IDX14100 text for a token without dots (captured, flutter_appauth#575); other
 *   malformed tokens get IDX texts of the same library (Microsoft.IdentityModel; assumed that Graph shows them)
 */
export function decodeJwt(token: string): DecodedJwt {
  const parts = token.split('.', 6)
  if (parts.length === 1) {
    throw new TokenRefusal(
      `IDX14100: JWT is not well formed, there are no dots (.).\n${FORMS}`,
      'The token is neither a JWT nor a named token of the fixture.'
    )
  }
  if (parts.length !== 3) {
    throw new TokenRefusal(
      `IDX14120: JWT is not well formed, there is only one dot (.).\n${FORMS}`,
      `The token has ${parts.length} parts between its dots; a signed JWT has 3.`
    )
  }
  return { header: decodePart(parts[0], 'IDX14102', 'header'), claims: decodePart(parts[1], 'IDX14101', 'payload') }
}

function decodePart(part = '', code: string, name: string): Record<string, unknown> {
  try {
    if (!BASE64URL.test(part)) throw new SyntaxError('not base64url')
    const value = JSON.parse(Buffer.from(part, 'base64url').toString()) as unknown
    if (!isJsonObject(value)) throw new SyntaxError('no JSON object')
    if (isDeeperThan(value, MAX_DEPTH)) throw new SyntaxError('nested too deeply')
    return value
  } catch {
    throw new TokenRefusal(
      `${code}: Unable to decode the ${name} '[PII is hidden]' as Base64Url encoded string.`,
      `The ${name} of the JWT is not a JSON object in base64url, of at most ${MAX_DEPTH} levels.`
    )
  }
}

/** A claim or header parameter of any type for a reason, cut if it is long. */
export function shown(value: unknown): string {
  if (value === undefined) return 'undefined'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text
}
