import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'

/** The names of the real services, for those who map them to this server or send them through it as a proxy. */
export const MICROSOFT_HOSTS: readonly string[] = ['graph.microsoft.com', 'login.microsoftonline.com']

/** `localhost`, or the name that compose gives a service. */
const NAME_WITHOUT_DOT = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/

/** Those of the command line, see --help. */
export interface NameOptions {
  readonly host: string
  readonly publicUrl?: string
  readonly tlsName: readonly string[]
}

/** What certificates are made for: nobody gets one for a name that this server has no business with. */
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

  /** The IP addresses that clients may connect to: of this machine, and those among its own names. */
  addresses(): string[] {
    const interfaces = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses)
    const machine = interfaces.map(({ address }) => address).filter((address) => !address.includes('%'))
    const own = [...this.#own].filter((name) => isIP(name) !== 0)
    return [...new Set(['127.0.0.1', '::1', ...machine, ...own])]
  }
}
