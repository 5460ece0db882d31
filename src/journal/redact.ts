import { holdsCredential, redactCredentials, REDACTED } from '../lib/redact-credentials.js'
import { isHarmlessParameter, isKnownParameter, isSecretName, tellsSecret } from './secret-names.js'

/** Headers in the form of Node's `rawHeaders`, without secrets. `Referer` may hold the query of a sign-in. */
export function redactHeaders(rawHeaders: readonly string[]): string[] {
  return rawHeaders.map((text, at) => {
    if (at % 2 === 0) return redactName(text)
    return isSecretHeader(rawHeaders[at - 1] as string) ? REDACTED : redactValue(text)
  })
}

/**
 * The same of an answer. A challenge names schemes and no credentials; where Entra redirects to, a code or a token stands
 * in the query.
 */
export function redactAnswerHeaders(headers: readonly string[], isOfEntra: boolean): string[] {
  return redactHeaders(headers).map((text, at, redacted) => {
    const name = redacted[at - 1]
    if (name === 'www-authenticate') return headers[at] as string
    return isOfEntra && name === 'location' ? withoutQuery(text) : text
  })
}

function isSecretHeader(name: string): boolean {
  return isSecretName(name) || /^referer$|-key$/i.test(name)
}

/** Name and value. */
export type Parameter = [name: string, value: string]

/** A query string or a form of Entra's endpoints: keeps only the values of parameters on the allowlist. */
export function redactForm(text: string): Parameter[] {
  return Array.from(new URLSearchParams(text), ([name, value]): Parameter => {
    if (isHarmlessParameter(name)) return [name, withoutQuery(value)]
    return [isKnownParameter(name) ? name : REDACTED, REDACTED]
  })
}

/** A redirect URI may have a query of its own. */
function withoutQuery(value: string): string {
  const [before = '', separator] = value.split(/([?#])/, 2)
  return redactCredentials(before) + (separator === undefined ? '' : separator + REDACTED)
}

/** A query string of Graph, without values that have the name or the form of a secret. */
export function redactQuery(query: string, nested = 0, isCut = false): Parameter[] {
  return Array.from(new URLSearchParams(query), ([name, value]): Parameter => [
    redactName(name),
    isSecretName(name) ? REDACTED : redactValue(value, nested, isCut)
  ])
}

/** The same as text; unchanged where it holds no secret. */
function redactQueryText(query: string, nested: number, isCut: boolean): string {
  const redacted = redactQuery(query, nested, isCut)
  let at = 0
  for (const [name, value] of new URLSearchParams(query)) {
    const [shownName, shownValue] = redacted[at++] as Parameter
    if (shownName !== name || shownValue !== value) return new URLSearchParams(redacted).toString()
  }
  return query
}

/** The name of a header, a parameter or a member, unless it holds a secret itself. */
export function redactName(name: string, isCut = false): string {
  return holdsCredential(name, isCut) || tellsSecret(name) ? REDACTED : name
}

/** A string in a body: a URL, as in a batch; JSON or a form, as in the errors of Intune; or prose. */
export function redactText(text: string, isCut: boolean): string {
  const [before = ''] = isUrl(text) ? text.split('?', 1) : [text]
  return tellsSecret(before) ? REDACTED : redactValue(text, 0, isCut)
}

/** A parameter may hold a URL with parameters of its own. Values nested deeper than this are replaced whole. */
const MAX_NESTED = 3

/** Replaces the secret parts of a URL, and any other text with a secret as a whole. */
function redactValue(text: string, nested = 0, isCut = false): string {
  if (!isUrl(text)) return holdsCredential(text, isCut) ? REDACTED : text
  if (nested > MAX_NESTED) return REDACTED
  const parts = text.split(/([?#])/)
  return parts
    .map((part, at) => {
      if (at % 2 === 1) return part
      const isLast = isCut && at === parts.length - 1
      return at === 0 ? redactCredentials(part, isLast) : redactQueryText(part, nested + 1, isLast)
    })
    .join('')
}

/** A URL or relative reference with a query: it has no white space. */
function isUrl(text: string): boolean {
  return text.includes('?') && !/\s/.test(text)
}
