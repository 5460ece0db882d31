import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  type JsonName
} from './x509.js'
import { LEAF_DAYS } from './leaf-lifetime.js'
import { makeCertificate } from './make-certificate.js'
import type { PemPair } from './pem-pair.js'

const CA_DAYS = 3650
/** Characters of a common name (X.520). */
const MAX_COMMON_NAME = 64

/** A new P-256 key, as PKCS #8 in PEM. It takes less than a millisecond. */
export function generateKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
}

/** The certificate of a new authority. Part of its name is random, so that two in one trust store can be told apart. */
export function makeCaCertificate(key: string): Promise<string> {
  const subject = named(`msgraph-mock CA ${randomBytes(4).toString('hex')}`)
  return makeCertificate({ subject, issuer: subject, days: CA_DAYS, key, signer: key }, [
    new BasicConstraintsExtension(true, 0, true),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true)
  ])
}

/**
 * A certificate, with its own key, for a server with these names.
 *
 * @param names host names and IP addresses, at least one
 */
export async function issueLeaf(ca: PemPair, names: readonly string[]): Promise<PemPair> {
  const key = generateKey()
  const issuer = new X509Certificate(ca.cert)
  const [commonName] = names.filter((name) => name.length <= MAX_COMMON_NAME)
  const cert = await makeCertificate(
    { subject: named(commonName), issuer: issuer.subjectName.toJSON(), days: LEAF_DAYS, key, signer: ca.key },
    [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }))),
      await keyIdentifierOf(issuer)
    ]
  )
  return { cert, key }
}

/** The key identifier in the issuer's certificate; if there is none, the one derived from its key. */
function keyIdentifierOf(issuer: X509Certificate): Promise<AuthorityKeyIdentifierExtension> {
  const stated = issuer.getExtension(SubjectKeyIdentifierExtension)
  return stated
    ? Promise.resolve(new AuthorityKeyIdentifierExtension(stated.keyId))
    : AuthorityKeyIdentifierExtension.create(issuer.publicKey)
}

function named(commonName: string | undefined): JsonName {
  const organization = { O: ['msgraph-mock'] }
  return commonName === undefined ? [organization] : [organization, { CN: [commonName] }]
}
