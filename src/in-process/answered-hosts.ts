import type { Server } from '../server.js'
import { MICROSOFT_HOSTS } from '../tls/server-names.js'

/** The hosts that `mock.fetch` answers for: its own at its port, and those that it stands in for at any port. */
export class AnsweredHosts {
  /** Host and port. */
  readonly #own: readonly string[]
  /** Host names. */
  readonly #stoodInFor: readonly string[]

  constructor({ url, httpsUrl, mock }: Server, port: number) {
    const { publicUrl, tlsName, allowedHost } = mock.options
    const local = ['localhost', '127.0.0.1', '[::1]']
    const published = [url, httpsUrl, publicUrl].flatMap((one) => one ?? [])
    this.#own = [...new Set([...local.map((name) => `${name}:${port}`), ...published.map((one) => new URL(one).host)])]
    this.#stoodInFor = [...MICROSOFT_HOSTS, ...[...tlsName, ...allowedHost].map((name) => name.toLowerCase())]
  }

  has({ protocol, host, hostname }: URL): boolean {
    return /^https?:$/.test(protocol) && (this.#own.includes(host) || this.#stoodInFor.includes(hostname))
  }

  list(): readonly string[] {
    return [...this.#own, ...this.#stoodInFor]
  }
}
