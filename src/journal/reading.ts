import { isDeeperThan } from '../lib/json.js'
import { redactCredentials, REDACTED } from '../lib/redact-credentials.js'
import { REASON_HEADER } from '../http/reason-header.js'
import { pathOf, queryOf } from '../http/request-path.js'
import type { JournalEntry } from './entry.js'
import { cutMark, type KeptBody } from './kept.js'
import { multimap } from './multimap.js'
import { redactAnswerBody, redactBody } from './redact-body.js'
import { redactAnswerHeaders, redactForm, redactHeaders, redactQuery } from './redact.js'

/** A deeper body is shown as text, because `JSON.stringify` of its value could overflow the stack. */
const MAX_DEPTH = 64

/** What an entry shows of a request: parsed, and without secrets. Each part is worked out at its first use. */
export class Reading {
  readonly entry: JournalEntry
  #path: string | undefined
  #body: { readonly value: unknown } | undefined

  constructor(entry: JournalEntry) {
    this.entry = entry
  }

  /** As it was sent, without query. */
  get path(): string {
    return (this.#path ??= redactCredentials(pathOf(this.entry)))
  }

  /** By decoded name; a list where a name was sent more than once. */
  get query(): Record<string, string | string[]> {
    const query = queryOf(this.entry)
    return multimap(this.entry.redaction === 'allowlist' ? redactForm(query) : redactQuery(query))
  }

  /** By lower-case name. Values of a repeated name are joined by commas (RFC 9110, 5.3). */
  get headers(): Record<string, string> {
    return byName(redactHeaders(this.entry.headers))
  }

  /** What was answered; `null` as long as nothing was. */
  get answer(): { readonly headers: Record<string, string>; readonly body: unknown } | null {
    const { answer, redaction } = this.entry
    if (!answer) return null
    // The reason stands in the entry itself; encoded as it is in the header no secret would be found in it.
    const told = Object.entries(answer.headers).filter(([name]) => name !== REASON_HEADER)
    const named = told.flatMap(([name, value]) => [name, String(value)])
    return {
      headers: byName(redactAnswerHeaders(named, redaction === 'allowlist')),
      body: readBody(answer.body, redactAnswerBody)
    }
  }

  /** JSON, parameters by name, or text; `null` for none. */
  get body(): unknown {
    return (this.#body ??= { value: readBody(this.entry.body, redactBody) }).value
  }
}

/** @param headers names and values in turn */
function byName(headers: readonly string[]): Record<string, string> {
  const values = new Map<string, string>()
  for (let at = 0; at < headers.length; at += 2) {
    const name = (headers[at] as string).toLowerCase()
    const value = headers[at + 1] as string
    const before = values.get(name)
    values.set(name, before === undefined ? value : `${before}, ${value}`)
  }
  return Object.fromEntries(values)
}

/** JSON, parameters by name, or text; `null` for none. */
function readBody({ text, kind, cutFrom }: KeptBody, redact: typeof redactBody): unknown {
  if (text === '') return null
  if (kind === 'note') return text
  const end = cutFrom === undefined ? '' : cutMark(cutFrom)
  if (kind === 'form') {
    const parameters = redactForm(text)
    return multimap(parameters.map(([name, value], at) => [name, at < parameters.length - 1 ? value : value + end]))
  }
  const redacted = redact(text, cutFrom !== undefined)
  if (cutFrom !== undefined) return redacted === REDACTED ? REDACTED : redacted + end
  try {
    const value = JSON.parse(redacted) as unknown
    return isDeeperThan(value, MAX_DEPTH) ? redacted : value
  } catch {
    return redacted
  }
}
