import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'

/** Host names of the real services, for clients that resolve them to this server or use it as a proxy. */
export const MICROSOFT_HOSTS: readonly string[] = ['graph.microsoft.com', 'login.microsoftonline.com']

/** `localhost`, or the name of a service in Docker Compose. */
const NAME_WITHOUT_DOT = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/

/** Options of the command line, see --help. */
export interface NameOptions {
  readonly host: string
  readonly publicUrl?: string
  readonly tlsName: readonly string[]
}

/** The names that certificates are generated for; no others, so that the authority cannot be used for foreign hosts. */
export class ServerNames {
  readonly #own: ReadonlySet<string>

  constructor({ host, publicUrl, tlsName }: NameOptions) {
    const published = publicUrl === undefined ? [] : [new URL(publicUrl).hostname.replace(/^\[|\]$/g, '')]
    this.#own = new Set([...MICROSOFT_HOSTS, host, ...published, ...tlsName].map((name) => name.toLowerCase()))
  }

  /** @param name as sent by SNI */
  allows(name: string): boolean {
    const lower = name.toLowerCase()
    return NAME_WITHOUT_DOT.test(lower) || this.#own.has(lower) || this.addresses().includes(lower)
  }

  /** The IP addresses that clients may connect to: those of this machine, and those among the configured names. */
  addresses(): string[] {
    const interfaces = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses)
    const machine = interfaces.map(({ address }) => address).filter((address) => !address.includes('%'))
    const own = [...this.#own].filter((name) => isIP(name) !== 0)
    return [...new Set(['127.0.0.1', '::1', ...machine, ...own])]
  }
}
