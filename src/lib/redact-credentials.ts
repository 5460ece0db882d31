/** Replaces every secret. */
export const REDACTED = '[redacted]'

/**
 * Replaces the secrets in a text that can be recognised by their form: JWTs (RFC 7519), private keys in PEM
 * (RFC 7468), the keys of Azure's connection strings, and the user information of URLs (RFC 3986, 3.2.1). If only
 * percent-decoding reveals one, the result is decoded. Takes linear time for every text.
 *
 * @param isCut whether the text was cut: then the beginning of a secret at its end counts as one
 */
export function redactCredentials(text: string, isCut = false): string {
  const redacted = redact(text, isCut)
  if (!redacted.includes('%')) return redacted
  const decoded = redacted.replace(/%[0-7][\da-f]/gi, (escape) => String.fromCharCode(parseInt(escape.slice(1), 16)))
  const decodedAndRedacted = redact(decoded, isCut)
  return decodedAndRedacted === decoded ? redacted : decodedAndRedacted
}

/** Whether there are such secrets, or credentials with a scheme (RFC 9110, 11.4), as in a header. */
export function holdsCredential(text: string, isCut = false): boolean {
  return /\b(?:bearer|basic)\s+\S/i.test(text) || redactCredentials(text, isCut) !== text
}

/** Finds the first secret from a place on. */
type Find = (text: string, from: number, isCut: boolean) => readonly [start: number, end: number] | undefined

function redact(text: string, isCut: boolean): string {
  return FINDERS.reduce((kept, find) => replace(kept, find, isCut), text)
}

function replace(text: string, find: Find, isCut: boolean): string {
  let kept = ''
  let passed = 0
  for (let span = find(text, 0, isCut); span; span = find(text, passed, isCut)) {
    kept += text.slice(passed, span[0]) + REDACTED
    passed = span[1]
  }
  return kept + text.slice(passed)
}

const BEGIN = '-----BEGIN '
const END = '-----END '

/** A private key, up to its end line or the end of the text. */
const privateKey: Find = (text, from) => {
  for (let start = text.indexOf(BEGIN, from); start >= 0; start = text.indexOf(BEGIN, start + 1)) {
    const label = start + BEGIN.length
    if (!/^[A-Z\d ]{0,24}PRIVATE KEY/.test(text.slice(label, label + 40))) continue
    const end = text.indexOf(END, label)
    const dashes = end < 0 ? -1 : text.indexOf('-----', end + END.length)
    return [start, dashes < 0 ? text.length : dashes + 5]
  }
  return undefined
}

/** Three parts with dots between them, of which the first begins with `eyJ`, as every JSON object does in base64url. */
const jwt: Find = (text, from, isCut) => {
  for (let start = text.indexOf('eyJ', from), end; start >= 0; start = text.indexOf('eyJ', end)) {
    end = endOf(/[\w-]*/y, text, start)
    const payload = end + 1
    if (text[end] === '.') end = endOf(/[\w-]*/y, text, payload)
    if (text[end] === '.' && end > payload) return [start, endOf(/[\w.-]*/y, text, end)]
    if (isCut && end === text.length) return [start, end]
  }
  return undefined
}

/** The value of `AccountKey=` and its like (learn.microsoft.com, "Configure Azure Storage connection strings"). */
const connectionKey: Find = (text, from) => {
  const name = /(?:account|shared ?access) ?(?:key|signature)\s{0,4}=\s{0,4}/gi
  name.lastIndex = from
  for (let found = name.exec(text); found; found = name.exec(text)) {
    const start = name.lastIndex
    const end = endOf(/[^;&\s"']*/y, text, start)
    if (end > start && !text.startsWith(REDACTED, start)) return [start, end]
  }
  return undefined
}

/** The part of a URL's authority before `@`. */
const userInformation: Find = (text, from, isCut) => {
  for (let at = text.indexOf('://', from), end; at >= 0; at = text.indexOf('://', end - 1)) {
    const start = at + 3
    end = endOf(/[^\s/?#]*/y, text, start)
    const authority = text.slice(start, end)
    const length = authority.lastIndexOf('@')
    if (length >= 0 && authority.slice(0, length) !== REDACTED) return [start, start + length]
    if (length < 0 && isCut && end === text.length && authority.includes(':')) return [start, end]
  }
  return undefined
}

const FINDERS: readonly Find[] = [privateKey, jwt, connectionKey, userInformation]

/** @param run sticky, of one class of characters */
function endOf(run: RegExp, text: string, from: number): number {
  run.lastIndex = from
  run.test(text)
  return run.lastIndex
}
