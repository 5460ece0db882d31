import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { UserError } from '../lib/user-error.js'
import { generateKey, makeCaCertificate } from './certificate-authority.js'
import { placeOnce } from './place-once.js'
import { checkPair, parsePrivateKey, readPem, type PemPair } from './pem-pair.js'
import { signingAlgorithm } from './signing-algorithm.js'

/**
 * The certificate authority in a directory, as `ca.pem` and `ca-key.pem`. Creates what is missing: both files, or the
 * certificate for a key. Concurrent processes end up with the same pair, because the first file wins and the certificate is
 * made for that key.
 *
 * @throws UserError naming what is wrong with the files or the directory
 */
export async function keptAuthority(dir: string): Promise<PemPair> {
  const files = { cert: join(dir, 'ca.pem'), key: join(dir, 'ca-key.pem') }
  // In this order, because the key of a pair is always written first.
  const cert = readPem(files.cert)
  const key = readPem(files.key)
  if (cert !== undefined && key === undefined) {
    throw new UserError(`${dir} holds ca.pem without ca-key.pem; put its key there or remove it`)
  }
  if (key !== undefined) demandSigningKey(key, files.key)
  const pair = cert !== undefined && key !== undefined ? { cert, key } : await make(dir, files, key)
  demandAuthority(pair, files)
  return pair
}

async function make(dir: string, files: PemPair, given: string | undefined): Promise<PemPair> {
  try {
    makeDirectory(resolve(dir))
    const key = given ?? (await keep(files.key, generateKey(), 0o600))
    return { key, cert: await keep(files.cert, await makeCaCertificate(key), 0o644) }
  } catch (error) {
    throw new UserError(`cannot make a certificate authority in ${dir}: ${(error as Error).message}`)
  }
}

/** With its parents. Node's `recursive` never ends on file systems that refuse directories, such as /proc. */
function makeDirectory(dir: string): void {
  if (existsSync(dir)) return
  makeDirectory(dirname(dir))
  try {
    mkdirSync(dir)
  } catch (error) {
    // Another process may have made it in the meantime.
    if (!existsSync(dir)) throw error
  }
}

/** @returns the content of the file: `text`, or what another process has written first */
async function keep(file: string, text: string, mode: number): Promise<string> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    writeFileSync(draft, text, { mode })
    return (await placeOnce(draft, file)) ? text : readPem(file, true)
  } finally {
    rmSync(draft, { force: true })
  }
}

function demandSigningKey(key: string, file: string): void {
  if (signingAlgorithm(parsePrivateKey(key, file)) !== undefined) return
  throw new UserError(`${file} holds a key of another kind than RSA and ECDSA on P-256, P-384 or P-521`)
}

function demandAuthority(pair: PemPair, files: PemPair): void {
  const { ca, validTo } = checkPair(pair, files)
  if (!ca) throw new UserError(`the certificate in ${files.cert} is not that of a certificate authority`)
  if (Date.parse(validTo) < Date.now()) {
    throw new UserError(`the certificate authority in ${files.cert} ended ${validTo}; remove both files for a new one`)
  }
}
