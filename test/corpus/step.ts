// How the requests of the corpus are written down.
import type { ServerName } from './servers.js'

/** What earlier answers of a sequence gave, by the names under which `keep` kept it. */
export type Values = ReadonlyMap<string, string>

interface Recorded {
  /** Tells its answer from the others of its group. */
  readonly name: string
}

/** A request by an HTTP client. Texts may hold `{{name}}`, which stands for a value that was kept. */
export interface Request extends Recorded {
  readonly kind: 'request'
  readonly method: string
  /** Target of the request, as it is sent. */
  readonly url: string
  /** As they are sent, in this order and spelling. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Body | undefined
  readonly isSecure: boolean
  /** What later requests use: a member of the answer's JSON, by its path; or the first group of a pattern in its head or body. */
  readonly keep: Readonly<Record<string, string | RegExp>>
  /** Answered without a word in the corpus; it must succeed. */
  readonly isSetUp: boolean
}

export type Body = string | Buffer | ((values: Values) => string)

/** Bytes written to a socket, and all that comes back until it closes. */
export interface RawRequest extends Recorded {
  readonly kind: 'raw'
  readonly bytes: string
  /** Milliseconds after which a connection that is still open counts as held open. */
  readonly patience: number
}

/** A TLS handshake, and the certificate that it shows. */
export interface Handshake extends Recorded {
  readonly kind: 'handshake'
  readonly host: string | undefined
  readonly protocols: readonly string[]
}

export type Step = Request | RawRequest | Handshake

/** Steps of which the later ones rest on the earlier. Each sequence finds its server as it was started. */
export interface Sequence {
  readonly server: ServerName
  readonly steps: readonly Step[]
}

interface Options {
  /** In addition, or in place of those that are sent anyway; `null` leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>
  /** An object is sent as JSON. */
  readonly body?: Body | object | undefined
  /** Sent as application/x-www-form-urlencoded. */
  readonly form?: Readonly<Record<string, string>>
  /** Bearer token. */
  readonly token?: string | null
  readonly isSecure?: boolean
  readonly keep?: Request['keep']
}

const HOST = 'localhost:8365'
const WITH_BODY = ['POST', 'PUT', 'PATCH']

/** @param line method and target, such as `GET /beta` */
export function ask(name: string, line: string, options: Options = {}): Request {
  const { token = null, isSecure = false, keep = {} } = options
  const [method, url] = split(line)
  const body = bodyOf(options)
  const headers = new Map([['Host', HOST]])
  if (token !== null) headers.set('Authorization', `Bearer ${token}`)
  if (options.form) headers.set('Content-Type', 'application/x-www-form-urlencoded')
  else if (isJson(options.body)) headers.set('Content-Type', 'application/json')
  for (const [header, value] of Object.entries(options.headers ?? {})) {
    if (value === null) headers.delete(header)
    else headers.set(header, value)
  }
  // A length that depends on what was kept is known when it is sent.
  if (body === undefined && WITH_BODY.includes(method)) headers.set('Content-Length', '0')
  return { kind: 'request', name, method, url, headers: [...headers], body, isSecure, keep, isSetUp: false }
}

/** A request to Graph, with a token that may read and write. */
export function graph(name: string, line: string, options: Options = {}): Request {
  return ask(name, line, { token: 'readwrite', ...options })
}

/** What has to happen before: a call that is not recorded. */
export function before(line: string, body?: object, keep: Request['keep'] = {}): Request {
  return { ...ask(`before: ${line}`, line, { body, keep }), isSetUp: true }
}

/** @param lines of the head; the blank line behind it and the body, if any, are to be written too */
export function raw(name: string, lines: readonly string[], patience = 5000): RawRequest {
  return { kind: 'raw', name, bytes: lines.join('\r\n'), patience }
}

export function handshake(name: string, host: string | undefined, protocols: readonly string[] = []): Handshake {
  return { kind: 'handshake', name, host, protocols }
}

/** A step by itself is a sequence of one. */
export function on(server: ServerName, steps: readonly (Step | readonly Step[])[]): Sequence[] {
  return steps.map((one) => ({ server, steps: Array.isArray(one) ? (one as readonly Step[]) : [one as Step] }))
}

/** The same names with something in front. */
export function prefixed(prefix: string, steps: readonly Step[]): Step[] {
  return steps.map((step) => ({ ...step, name: `${prefix}: ${step.name}` }))
}

function split(line: string): [string, string] {
  const at = line.indexOf(' ')
  return [line.slice(0, at), line.slice(at + 1)]
}

function isJson(body: Options['body']): body is object {
  return typeof body === 'object' && !Buffer.isBuffer(body)
}

function bodyOf({ body, form }: Options): Body | undefined {
  if (form) return new URLSearchParams(form).toString().replace(/%7B%7B(\w+)%7D%7D/g, '{{$1}}')
  return isJson(body) ? JSON.stringify(body) : body
}
