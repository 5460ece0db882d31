import { createPrivateKey, createPublicKey, randomBytes, webcrypto } from 'node:crypto'
import {
  PublicKey,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
  type Extension,
  type JsonName
} from './x509.js'
import { signingAlgorithm, type SigningAlgorithm } from './signing-algorithm.js'

const SECOND = 1000
const DAY = 24 * 60 * 60 * SECOND

export interface CertificateFacts {
  readonly subject: JsonName
  readonly issuer: JsonName
  /** Lifetime, from yesterday on, because the clocks of containers and test machines differ. */
  readonly days: number
  /** Private key of the subject, in PEM. */
  readonly key: string
  /** Private key of the issuer, in PEM, of a kind that `signingAlgorithm` knows. */
  readonly signer: string
}

/** Lifetimes follow the wall clock, by which clients verify them. */
export async function makeCertificate(facts: CertificateFacts, extensions: readonly Extension[]): Promise<string> {
  const publicKey = new PublicKey(createPublicKey(facts.key).export({ type: 'spki', format: 'der' }))
  const signer = createPrivateKey(facts.signer)
  const algorithm = signingAlgorithm(signer) as SigningAlgorithm
  const pkcs8 = signer.export({ type: 'pkcs8', format: 'der' })
  const notBefore = Date.now() - DAY
  const certificate = await X509CertificateGenerator.create({
    // Positive, with 120 random bits (RFC 5280 4.1.2.2 allows 20 bytes).
    serialNumber: `01${randomBytes(15).toString('hex')}`,
    subject: facts.subject,
    issuer: facts.issuer,
    notBefore: new Date(notBefore),
    // The last second belongs to it (RFC 5280, 4.1.2.5).
    notAfter: new Date(notBefore + facts.days * DAY - SECOND),
    publicKey,
    signingKey: await webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']),
    signingAlgorithm: algorithm,
    extensions: [...extensions, await SubjectKeyIdentifierExtension.create(publicKey)]
  })
  return `${certificate.toString('pem')}\n`
}
