import type { KeyObject } from 'node:crypto'

/** Web Crypto's names of the curves, by OpenSSL's. */
const CURVES: Readonly<Record<string, string>> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' }

export interface SigningAlgorithm {
  readonly name: string
  readonly hash: 'SHA-256'
  readonly namedCurve?: string
}

/** How a private key signs certificates; undefined for a kind that TLS clients do not all know. */
export function signingAlgorithm({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): SigningAlgorithm | undefined {
  if (asymmetricKeyType === 'rsa') return { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const namedCurve = CURVES[asymmetricKeyDetails?.namedCurve ?? '']
  return namedCurve === undefined ? undefined : { name: 'ECDSA', namedCurve, hash: 'SHA-256' }
}
