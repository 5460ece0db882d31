import { createSecureContext, type SecureContext } from 'node:tls'
import { LruMap } from 'toad-cache'
import type { Certificates } from './certificates.js'

/** Names whose certificates are kept, the least recently used forgotten first. */
const KEPT_NAMES = 64

/** A certificate for each name that clients ask for, made when first asked for. */
export class SecureContexts {
  readonly #certificates: Certificates
  readonly #kept = new LruMap<Promise<SecureContext>>(KEPT_NAMES)

  constructor(certificates: Certificates) {
    this.#certificates = certificates
  }

  for(name: string): Promise<SecureContext> {
    const lower = name.toLowerCase()
    let context = this.#kept.get(lower)
    if (!context) {
      context = this.#certificates.issue([lower]).then(createSecureContext)
      this.#kept.set(lower, context)
    }
    return context
  }
}
