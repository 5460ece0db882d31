// Puts placeholders for what differs from run to run. The same value has the same placeholder throughout a sequence, so
// that what belongs together is still seen to.
import { X509Certificate } from 'node:crypto'

const JWT = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g
/** GUIDs of version 4 are drawn; those of version 8 are derived from names, and the same in every run. */
const DRAWN_GUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b/gi
/** Codes and refresh tokens of the authority. */
const GRANT = /\b(?:[01]\.|D)[0-9a-f]{64}\b/g
/** Certificate authorities are told apart by the end of their names. */
const AUTHORITY = /(msgraph-mock CA )[0-9a-f]{8}\b/g
/** What newer Nodes say in addition of a mistake in JSON. */
const LINE_AND_COLUMN = /(?<= in JSON at position \d+) \(line \d+ column \d+\)/g
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** Members of JSON documents, whose values are placeholders wherever they stand from then on. */
const LEARNT: Readonly<Record<string, string>> = { user_code: 'user code', kid: 'key id', n: 'modulus' }

export interface MaskedToken {
  readonly header: unknown
  readonly claims: unknown
}

export interface MaskOptions {
  /** Texts in which GUIDs stand that are constants: requests and fixtures. */
  readonly constants: readonly string[]
  readonly port: number
  readonly version: string
}

/** The placeholders of one sequence. */
export class Mask {
  readonly #known = new Map<string, string>()
  readonly #counts = new Map<string, number>()
  readonly #constants: ReadonlySet<string>
  readonly #options: MaskOptions
  #firstSequence: number | undefined
  #tokens: Record<string, MaskedToken> = {}

  constructor(options: MaskOptions) {
    this.#options = options
    const guids = options.constants.flatMap((text) => text.match(DRAWN_GUID) ?? [])
    this.#constants = new Set(guids.map((guid) => guid.toLowerCase()))
  }

  /** Tokens that came up since it was last asked, readable. */
  takeTokens(): Record<string, MaskedToken> {
    const tokens = this.#tokens
    this.#tokens = {}
    return tokens
  }

  text(text: string): string {
    const { port, version } = this.#options
    let masked = text
      .replace(CERTIFICATE, tellCertificate)
      .replace(LINE_AND_COLUMN, '')
      .replace(AUTHORITY, '$1<number>')
      .replace(JWT, (token) => this.#token(token))
      .replace(GRANT, (grant) => this.#placeholder('grant', grant))
      .replace(DRAWN_GUID, (guid) =>
        this.#constants.has(guid.toLowerCase()) ? guid : this.#placeholder('id', guid.toLowerCase())
      )
      .replaceAll(`:${port}`, ':<port>')
      .replaceAll(version, '<version>')
    for (const [value, placeholder] of this.#known) {
      if (/^<(?:user code|key id|modulus)/.test(placeholder)) masked = masked.replaceAll(value, placeholder)
    }
    return masked
  }

  /** A JSON value; names of members stay as they are. */
  json(value: unknown, name = ''): unknown {
    if (typeof value === 'object' && value !== null) {
      if (Array.isArray(value)) return value.map((element) => this.json(element))
      this.#learn(value)
      return Object.fromEntries(Object.entries(value).map(([member, inner]) => [member, this.json(inner, member)]))
    }
    if (name === 'durationMs' && typeof value === 'number') return '<duration>'
    if (name === 'sequence' && typeof value === 'number') return this.#sequence(value)
    return typeof value === 'string' ? this.text(value) : value
  }

  /** A header's value. @param length bytes of the body behind it */
  header(name: string, value: string, length: number): string {
    if (name.toLowerCase() === 'date' && isNow(value)) return '<now>'
    if (name.toLowerCase() === 'content-length' && value === String(length)) return '<length of the body>'
    return this.text(value)
  }

  /** Before the members of an object are put down, so that their order does not matter. */
  #learn(value: object): void {
    for (const [name, inner] of Object.entries(value)) {
      const kind = LEARNT[name]
      if (kind !== undefined && typeof inner === 'string') this.#placeholder(kind, inner)
    }
  }

  #token(token: string): string {
    const placeholder = this.#placeholder('token', token)
    const [header = '', claims = '', signature = ''] = token.split('.')
    try {
      const [readHeader, readClaims] = [header, claims].map((part) => this.json(decode(part)))
      this.#tokens[placeholder] = { header: readHeader, claims: readClaims }
    } catch {
      return token
    }
    return signature === '' ? `${placeholder}, unsigned` : placeholder
  }

  /** Numbers of journal entries count all that a server was ever asked; here they begin with the sequence. */
  #sequence(value: number): string {
    this.#firstSequence ??= value
    return `<first + ${value - this.#firstSequence}>`
  }

  #placeholder(kind: string, value: string): string {
    const known = this.#known.get(value)
    if (known !== undefined) return known
    const count = (this.#counts.get(kind) ?? 0) + 1
    this.#counts.set(kind, count)
    const placeholder = `<${kind} ${count}>`
    this.#known.set(value, placeholder)
    return placeholder
  }
}

function decode(part: string): unknown {
  return JSON.parse(Buffer.from(part, 'base64url').toString())
}

/** The dates of the corpus lie where the server's clock stands still; Node's own date is that of today. */
function isNow(date: string): boolean {
  return Math.abs(Date.parse(date) - Date.now()) < 3_600_000
}

function tellCertificate(pem: string): string {
  const { subject, issuer, subjectAltName, ca, validFrom, validTo } = new X509Certificate(pem)
  return `<certificate ${JSON.stringify({ subject, issuer, subjectAltName, ca, validFrom, validTo })}>`
}
