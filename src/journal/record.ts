import { keptBody, NO_BODY, type KeptBody } from './body.js'
import type { JournalEntry, SentRequest } from './entry.js'
import { redactForm, redactHeaders, redactQuery } from './redact.js'

/** What a request sent, free of secrets. */
export interface Recorded extends KeptBody {
  readonly path: string
  /** Without `?`; '' for none. */
  readonly query: string
  /** Names and values in turn. */
  readonly headers: readonly string[]
}

/** @param received the body, as far as it has come */
export function record(sent: SentRequest, received: Buffer | string | undefined, isStrict: boolean): Recorded {
  const { rawHeaders } = sent
  const url = withoutOrigin(sent.url)
  const at = url.indexOf('?')
  const { body, bodyKind } =
    received === undefined ? NO_BODY : keptBody(received, isStrict, /batch/i.test(url), rawHeaders)
  return {
    // A slice would keep the whole URL that it is of.
    path: at < 0 ? url : Buffer.from(url.slice(0, at)).toString(),
    query: at < 0 ? '' : (isStrict ? redactForm : redactQuery)(url.slice(at + 1)),
    headers: redactHeaders(rawHeaders),
    body,
    bodyKind
  }
}

/** What an entry tells of what was sent; of one that is pending, as far as it has come. */
export function recordOf(entry: JournalEntry): Recorded {
  return entry.sent ? record(entry.sent, entry.received, entry.isStrict) : entry
}

/** Puts it into an entry that is over. @returns bytes, about */
export function keep(entry: JournalEntry, { path, query, headers, body, bodyKind }: Recorded): number {
  entry.path = path
  entry.query = query
  entry.headers = headers
  entry.body = body
  entry.bodyKind = bodyKind
  let bytes = path.length + query.length + body.length
  for (const text of headers) bytes += text.length + 24
  return bytes
}

/** A request line may hold a whole URL, as for a proxy, and that a password. */
function withoutOrigin(url: string): string {
  return url.startsWith('/') ? url : url.replace(/^[a-z]+:\/\/[^/?#]*/i, '')
}
