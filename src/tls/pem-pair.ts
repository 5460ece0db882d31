import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { UserError } from '../lib/user-error.js'

/** A certificate and its private key, both as PEM. */
export interface PemPair {
  readonly cert: string
  readonly key: string
}

/** @throws UserError when the file is there but cannot be read, or is missing and `demanded` */
export function readPem(file: string, demanded: true): string
export function readPem(file: string, demanded?: boolean): string | undefined
export function readPem(file: string, demanded = false): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' && !demanded) return undefined
    throw new UserError(`cannot read ${file}: ${message}`)
  }
}

/** @throws UserError naming the file that holds no certificate or key, or both when they do not belong together */
export function checkPair({ cert, key }: PemPair, files: PemPair): X509Certificate {
  const certificate = parse(files.cert, 'certificate', () => new X509Certificate(cert))
  if (certificate.checkPrivateKey(parsePrivateKey(key, files.key))) return certificate
  throw new UserError(`${files.key} is not the private key of the certificate in ${files.cert}`)
}

/** @throws UserError naming the file */
export function parsePrivateKey(key: string, file: string): KeyObject {
  return parse(file, 'private key without a passphrase', () => createPrivateKey(key))
}

function parse<T>(file: string, what: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new UserError(`${file} holds no ${what} in PEM: ${(error as Error).message}`)
  }
}
