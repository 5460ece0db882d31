import { isUtf8 } from 'node:buffer'
import type { JournalEntry, SentRequest } from './entry.js'
import { redactBody, redactForm, redactHeaders, redactQuery } from './redact.js'
import { REDACTED } from './secret-names.js'

/** Characters of a body that are kept. */
const MAX_BODY = 64 * 1024

/** What a request sent, free of secrets. */
export interface Recorded {
  readonly path: string
  /** Without `?`; '' for none. */
  readonly query: string
  /** Names and values in turn. */
  readonly headers: readonly string[]
  /** '' for none. */
  readonly body: string
}

/**
 * Records a request. Secrets go at once, but for those of a body of Graph, which holds none by nature: they go when it is
 * read, because most bodies never are. A batch may hold tokens.
 *
 * @param received the body, as far as it has come
 */
export function record(sent: SentRequest, received: Buffer | string | undefined, isStrict: boolean): Recorded {
  const url = withoutOrigin(sent.originalUrl ?? sent.url ?? '')
  const at = url.indexOf('?')
  return {
    path: at < 0 ? url : copy(url.slice(0, at)),
    query: at < 0 ? '' : (isStrict ? redactForm : redactQuery)(url.slice(at + 1)),
    headers: redactHeaders(sent.rawHeaders),
    body: received === undefined ? '' : bodyOf(received, isStrict, sent, url)
  }
}

/** Puts it into an entry that is over. @returns bytes, about */
export function keep(entry: JournalEntry, { path, query, headers, body }: Recorded): number {
  entry.path = path
  entry.query = query
  entry.headers = headers
  entry.body = body
  let bytes = path.length + query.length + body.length
  for (const text of headers) bytes += text.length + 24
  return bytes
}

/** A request line may hold a whole URL, as for a proxy, and that a password. */
function withoutOrigin(url: string): string {
  return url.startsWith('/') ? url : url.replace(/^[a-z]+:\/\/[^/?#]*/i, '')
}

function bodyOf(received: Buffer | string, isStrict: boolean, { rawHeaders }: SentRequest, url: string): string {
  if (received.length === 0) return ''
  if (typeof received !== 'string' && !isUtf8(received)) return `[${received.length} bytes that are no UTF-8]`
  const text = received.toString()
  if (isStrict) return cut(isForm(rawHeaders) ? redactForm(text) : REDACTED)
  return text.length > MAX_BODY || /batch/i.test(url) ? cut(redactBody(text)) : text
}

function isForm(rawHeaders: readonly string[]): boolean {
  return rawHeaders.some(
    (value, at) =>
      at % 2 === 1 &&
      rawHeaders[at - 1]?.toLowerCase() === 'content-type' &&
      /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(value)
  )
}

/** A text that was cut says so at its end. */
function cut(text: string): string {
  return text.length <= MAX_BODY ? text : `${copy(text.slice(0, MAX_BODY))}… [cut: ${text.length} characters in all]`
}

/** A slice would keep the whole text that it is of. */
function copy(slice: string): string {
  return Buffer.from(slice).toString()
}
