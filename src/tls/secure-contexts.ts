import { createSecureContext, type SecureContext } from 'node:tls'
import { LruMap } from 'toad-cache'
import { memoized } from '../lib/memoized.js'
import type { Certificates } from './certificates.js'
import { LEAF_RENEWAL } from './leaf-lifetime.js'
import { TLS_SETTINGS } from './tls-settings.js'

/** Names whose certificates are kept; the least recently used is dropped first. */
const KEPT_NAMES = 64

/** A certificate for each name that clients ask for, generated at first use and renewed before it expires. */
export class SecureContexts {
  readonly #certificates: Certificates
  readonly #now: () => number
  readonly #kept = new LruMap<() => Promise<SecureContext>>(KEPT_NAMES)

  /** @param now the wall clock, milliseconds since 1970 */
  constructor(certificates: Certificates, now: () => number) {
    this.#certificates = certificates
    this.#now = now
  }

  for(name: string): Promise<SecureContext> {
    const lower = name.toLowerCase()
    let context = this.#kept.get(lower)
    if (!context) {
      context = memoized(() => this.#make(lower), { lasts: LEAF_RENEWAL, now: this.#now })
      this.#kept.set(lower, context)
    }
    return context()
  }

  async #make(name: string): Promise<SecureContext> {
    return createSecureContext({ ...TLS_SETTINGS, ...(await this.#certificates.issue([name])) })
  }
}
