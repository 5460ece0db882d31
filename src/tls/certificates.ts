import { memoized } from '../lib/memoized.js'
import { UserError } from '../lib/user-error.js'
import type { PemPair } from './pem-pair.js'
import { ServerNames, type NameOptions } from './server-names.js'

/** Options of the command line, see --help. */
export interface CertificateOptions extends NameOptions {
  readonly tls: 'auto' | 'off'
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly caDir?: string
}

/** The certificates of one server. They are loaded or generated at first use. */
export class Certificates {
  readonly names: ServerNames
  readonly #options: CertificateOptions
  readonly #own: () => Promise<PemPair | undefined>
  readonly #authority: () => Promise<PemPair>

  /** @throws UserError when options contradict each other */
  constructor(options: CertificateOptions) {
    const { tls, tlsCert, tlsKey, caDir } = options
    if ((tlsCert === undefined) !== (tlsKey === undefined)) {
      throw new UserError('--tls-cert and --tls-key go together', 2)
    }
    if (tlsCert !== undefined && caDir !== undefined) {
      throw new UserError('--ca-dir makes certificates and --tls-cert gives one; choose one of them', 2)
    }
    if (tlsCert !== undefined && tls === 'off') throw new UserError('--tls-cert needs TLS, but --tls is off', 2)
    this.#options = options
    this.#own = memoized(() => ownCertificate(tlsCert, tlsKey))
    this.#authority = memoized(() => authorityOf(caDir))
    this.names = new ServerNames(options)
  }

  get enabled(): boolean {
    return this.#options.tls === 'auto'
  }

  /** Whether certificates are generated, not given by `--tls-cert`. */
  get issuing(): boolean {
    return this.enabled && this.#options.tlsCert === undefined
  }

  /**
   * Makes sure that the files of `--ca-dir` exist, if it is given.
   *
   * @throws UserError when they cannot be made or used
   */
  async keepAuthority(): Promise<void> {
    if (this.issuing && this.#options.caDir !== undefined) await this.authority()
  }

  /**
   * The certificate of `--tls-cert`, if that is given.
   *
   * @throws UserError when it cannot be used
   */
  own(): Promise<PemPair | undefined> {
    return this.#own()
  }

  /** The certificate authority: that of `--ca-dir`, else one generated at the first call and kept in memory. */
  authority(): Promise<PemPair> {
    return this.#authority()
  }

  /** @param names host names and IP addresses, at least one */
  async issue(names: readonly string[]): Promise<PemPair> {
    const [ca, { issueLeaf }] = await Promise.all([this.authority(), import('./certificate-authority.js')])
    return issueLeaf(ca, names)
  }

  /**
   * The certificates that clients must trust, in PEM: the authority, or the chain of `--tls-cert`.
   *
   * @throws UserError when TLS is off
   */
  async trusted(): Promise<string> {
    if (!this.enabled) throw new UserError('there is nothing to trust for https: TLS is off (--tls off)', 2)
    const { cert } = (await this.own()) ?? (await this.authority())
    return cert
  }
}

async function ownCertificate(tlsCert: string | undefined, tlsKey: string | undefined): Promise<PemPair | undefined> {
  // The two go together.
  if (tlsCert === undefined || tlsKey === undefined) return undefined
  return (await import('./own-certificate.js')).readOwnCertificate(tlsCert, tlsKey)
}

async function authorityOf(caDir: string | undefined): Promise<PemPair> {
  if (caDir !== undefined) return (await import('./ca-dir.js')).keptAuthority(caDir)
  const { generateKey, makeCaCertificate } = await import('./certificate-authority.js')
  const key = generateKey()
  return { key, cert: await makeCaCertificate(key) }
}
