import type { KeyObject } from 'node:crypto'

/** Names of curves in Web Crypto, by their names in OpenSSL. */
const CURVES: Readonly<Record<string, string>> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' }

export interface SigningAlgorithm {
  readonly name: string
  readonly hash: 'SHA-256'
  readonly namedCurve?: string
}

/** How a private key signs certificates; undefined for a kind that not all TLS clients support. */
export function signingAlgorithm({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): SigningAlgorithm | undefined {
  if (asymmetricKeyType === 'rsa') return { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const namedCurve = CURVES[asymmetricKeyDetails?.namedCurve ?? '']
  return namedCurve === undefined ? undefined : { name: 'ECDSA', namedCurve, hash: 'SHA-256' }
}
