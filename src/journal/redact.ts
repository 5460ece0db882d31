import { isDeeperThan } from '../json-depth.js'
import { isHarmlessParameter, isKnownParameter, isSecretName, REDACTED } from './secret-names.js'

/** What is a secret wherever it stands: the credentials of a scheme, a JWT. */
const CREDENTIAL = /\b(?:bearer|basic)\s+\S|\beyJ[\w-]+\.[\w-]+\./i

/** Names and values in turn, as Node's `rawHeaders`, secrets replaced. A Referer may hold the query of a sign-in. */
export function redactHeaders(rawHeaders: readonly string[]): string[] {
  const headers = rawHeaders.slice()
  for (let at = 0; at < headers.length; at += 2) {
    if (isSecretHeader(headers[at] as string) || CREDENTIAL.test(headers[at + 1] as string)) headers[at + 1] = REDACTED
  }
  return headers
}

/** The few names that nearly all requests send are known to be harmless without a look at their letters. */
const HARMLESS_HEADERS = new Set(
  ['Host', 'Connection', 'Content-Type', 'Content-Length', 'Accept', 'User-Agent', 'Client-Request-Id'].flatMap(
    (name) => [name, name.toLowerCase()]
  )
)

function isSecretHeader(name: string): boolean {
  return !HARMLESS_HEADERS.has(name) && (isSecretName(name) || /^referer$|-key$/i.test(name))
}

/** A query string, or a form, of Entra's endpoints: only what is known to be harmless stays. */
export function redactForm(text: string): string {
  const parameters = [...new URLSearchParams(text)].map(([name, value]) => {
    if (isHarmlessParameter(name)) return [name, withoutQuery(value)]
    return [isKnownParameter(name) ? name : REDACTED, REDACTED]
  })
  return new URLSearchParams(parameters as [string, string][]).toString()
}

/** A redirect URI may have a query of its own. */
function withoutQuery(value: string): string {
  const at = value.search(/[?#]/)
  return at < 0 ? value : value.slice(0, at + 1) + REDACTED
}

/** A query string of Graph: what has the name of a secret goes. */
export function redactQuery(query: string): string {
  const parameters = [...new URLSearchParams(query)]
  if (!parameters.some(([name]) => isSecretName(name))) return query
  return new URLSearchParams(
    parameters.map(([name, value]): [string, string] => [name, isSecretName(name) ? REDACTED : value])
  ).toString()
}

/** Whether a text could speak of secrets: names like those, or escapes that could hide one. */
const SUSPICIOUS =
  /secret|token|pass|pwd|assertion|credential|authori|cookie|api.?key|private.?key|signature|verifier|bearer|basic|eyJ|"sig"|"code"|code=|sig=|\\u|%[0-9a-f]|\0/i

/** Nested deeper than this, nothing of a suspicious body is shown. */
const MAX_DEPTH = 64

/** A body of Graph, secrets replaced. One that speaks of secrets and is no JSON cannot be told apart, and goes whole. */
export function redactBody(text: string): string {
  if (!SUSPICIOUS.test(text)) return text
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return REDACTED
  }
  return isDeeperThan(value, MAX_DEPTH) ? REDACTED : JSON.stringify(redactMember('', value))
}

function redactMember(name: string, value: unknown): unknown {
  if (isSecretName(name)) return REDACTED
  if (typeof value === 'string') return redactText(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((element) => redactMember('', element))
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redactMember(key, inner)]))
}

/** A string may be a URL with a query, as in a batch, or JSON or a form itself, as in the errors of Intune. */
function redactText(text: string): string {
  const at = text.indexOf('?')
  if (at >= 0 && /^\S*$/.test(text)) return `${text.slice(0, at + 1)}${redactQuery(text.slice(at + 1))}`
  if (CREDENTIAL.test(text)) return REDACTED
  return /(?:secret|token|pass\w*|pwd|assertion|credential\w*|authori[sz]ation|cookie|key|sig|signature|code)\W{0,4}[:=]/i.test(
    text
  )
    ? REDACTED
    : text
}
