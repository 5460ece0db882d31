import { createSecureContext } from 'node:tls'
import { UserError } from '../lib/user-error.js'
import { checkPair, readPem, type PemPair } from './pem-pair.js'

/**
 * The certificate of `--tls-cert` and `--tls-key`, used for every client whatever name it asks for.
 *
 * @throws UserError when a file cannot be read, the two do not match or OpenSSL refuses them
 */
export function readOwnCertificate(certFile: string, keyFile: string): PemPair {
  const pair = { cert: readPem(certFile, true), key: readPem(keyFile, true) }
  checkPair(pair, { cert: certFile, key: keyFile })
  try {
    createSecureContext(pair)
  } catch (error) {
    throw new UserError(`TLS cannot use the certificate in ${certFile}: ${(error as Error).message}`)
  }
  return pair
}
