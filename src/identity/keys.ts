import { readFile } from 'node:fs/promises'
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { UserError } from '../lib/user-error.js'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type CryptoKey, type JWK, type KeyObject } from 'jose'

export interface SigningKey {
  readonly privateKey: CryptoKey | KeyObject
  readonly publicKey: CryptoKey | KeyObject
  readonly publicJwk: JWK
  /** Thumbprint of the public key, `kid` and `x5t` of the tokens (in v1 tokens both are the same: captured, active-directory-aspnetcore-webapp-openidconnect-v2#183). */
  readonly keyId: string
}

/** A new RSA-2048 key. It takes 20 to 300 ms, off the main thread. */
export async function generateSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  return describe(privateKey, publicKey)
}

/** @throws UserError when the file cannot be read or holds no RSA private key in PEM */
export async function readSigningKey(file: string): Promise<SigningKey> {
  try {
    const privateKey = createPrivateKey(await readFile(file))
    if (privateKey.asymmetricKeyType !== 'rsa') throw new Error('it is not an RSA key, which RS256 needs')
    return await describe(privateKey, createPublicKey(privateKey))
  } catch (error) {
    throw new UserError(`cannot use the signing key ${file}: ${(error as Error).message}`)
  }
}

async function describe(privateKey: CryptoKey | KeyObject, publicKey: CryptoKey | KeyObject): Promise<SigningKey> {
  const publicJwk = await exportJWK(publicKey)
  return { privateKey, publicKey, publicJwk, keyId: await calculateJwkThumbprint(publicJwk) }
}
