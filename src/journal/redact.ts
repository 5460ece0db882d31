import { holdsCredential, redactCredentials, REDACTED } from '../lib/redact-credentials.js'
import { isHarmlessParameter, isKnownParameter, isSecretName, tellsSecret } from './secret-names.js'

/** Names and values in turn, as Node's `rawHeaders`, secrets replaced. A Referer may hold the query of a sign-in. */
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
export function redactAnswerHeaders(headers: readonly string[], isStrict: boolean): string[] {
  return redactHeaders(headers).map((text, at, redacted) => {
    const name = redacted[at - 1]
    if (name === 'www-authenticate') return headers[at] as string
    return isStrict && name === 'location' ? withoutQuery(text) : text
  })
}

function isSecretHeader(name: string): boolean {
  return isSecretName(name) || /^referer$|-key$/i.test(name)
}

/** Name and value. */
export type Parameter = [name: string, value: string]

/** A query string, or a form, of Entra's endpoints: only what is known to be harmless stays. */
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

/** A query string of Graph: what has the name of a secret goes, and what holds one. */
export function redactQuery(query: string, nested = 0, isCut = false): Parameter[] {
  return Array.from(new URLSearchParams(query), ([name, value]): Parameter => [
    redactName(name),
    isSecretName(name) ? REDACTED : redactValue(value, nested, isCut)
  ])
}

/** The same as text, as it stands where nothing of it has to go. */
function redactQueryText(query: string, nested: number, isCut: boolean): string {
  const redacted = redactQuery(query, nested, isCut)
  let at = 0
  for (const [name, value] of new URLSearchParams(query)) {
    const [shownName, shownValue] = redacted[at++] as Parameter
    if (shownName !== name || shownValue !== value) return new URLSearchParams(redacted).toString()
  }
  return query
}

/** The name of a header, a parameter or a member, unless it tells a secret itself. */
export function redactName(name: string, isCut = false): string {
  return holdsCredential(name, isCut) || tellsSecret(name) ? REDACTED : name
}

/** A string of a body: it may be a URL, as in a batch, or JSON or a form itself, as in the errors of Intune, or prose. */
export function redactText(text: string, isCut: boolean): string {
  const [before = ''] = isUrl(text) ? text.split('?', 1) : [text]
  return tellsSecret(before) ? REDACTED : redactValue(text, 0, isCut)
}

/** A parameter may hold a URL with parameters. Of what is nested deeper than this nothing is told. */
const MAX_NESTED = 3

/** Of a URL goes what is secret in it, of any other text all. */
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

/** A reference with a query: it has no white space. */
function isUrl(text: string): boolean {
  return text.includes('?') && !/\s/.test(text)
}
