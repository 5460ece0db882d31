import { base64url, CompactSign } from 'jose'
import type { Claims } from './claims.js'
import { generateSigningKey, type SigningKey } from './keys.js'
import type { TokenRequest } from './token-request.js'

type Signature = NonNullable<TokenRequest['signature']>

/** A JWT in compact form with the header of a v1 access token; `signature` says how it is signed, or not. */
export async function mint(claims: Claims, signature: Signature, key: SigningKey): Promise<string> {
  if (signature === 'none') return unsigned(claims)
  const signer = signature === 'foreign' ? await generateSigningKey() : key
  const token = await new CompactSign(encode(claims))
    .setProtectedHeader({ typ: 'JWT', alg: 'RS256', x5t: signer.keyId, kid: signer.keyId })
    .sign(signer.privateKey)
  return signature === 'invalid' ? withInvalidSignature(token) : token
}

function unsigned(claims: Claims): string {
  return `${base64url.encode('{"typ":"JWT","alg":"none"}')}.${base64url.encode(encode(claims))}.`
}

function withInvalidSignature(token: string): string {
  const at = token.lastIndexOf('.') + 1
  const signature = base64url.decode(token.slice(at))
  return token.slice(0, at) + base64url.encode(signature.map((byte) => byte ^ 0xff))
}

function encode(claims: Claims): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(claims))
}
