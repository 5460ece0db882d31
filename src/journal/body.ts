import { isUtf8 } from 'node:buffer'
import { isDeeperThan } from '../json-depth.js'
import { multimap } from './multimap.js'
import { redactBody, redactForm } from './redact.js'
import { REDACTED } from './secret-names.js'

/** Characters of a body that are kept. */
const MAX_BODY = 64 * 1024
/** A deeper body is told as text, because writing it out again could overflow the stack. */
const MAX_DEPTH = 64

/** A body as it is kept. */
export interface KeptBody {
  /** '' for none. */
  readonly body: string
  /** Parameters, a text free of secrets, or a text from which they go when it is read. */
  readonly bodyKind: 'form' | 'redacted' | 'raw'
}

export const NO_BODY: KeptBody = Object.freeze({ body: '', bodyKind: 'redacted' })

/**
 * A body to keep, its secrets gone. Only those of an ordinary body of Graph, which holds none by nature, go when it is
 * read, because most never are.
 *
 * @param isStrict it is for Entra, or for nobody
 * @param mayHoldTokens it is a batch
 */
export function keptBody(
  received: Buffer | string,
  isStrict: boolean,
  mayHoldTokens: boolean,
  rawHeaders: readonly string[]
): KeptBody {
  if (received.length === 0) return NO_BODY
  if (typeof received !== 'string' && !isUtf8(received)) {
    return { body: `[${received.length} bytes that are no UTF-8]`, bodyKind: 'redacted' }
  }
  const text = received.toString()
  if (isStrict && isForm(rawHeaders)) return { body: cut(redactForm(text)), bodyKind: 'form' }
  if (isStrict) return { body: REDACTED, bodyKind: 'redacted' }
  if (text.length <= MAX_BODY && !mayHoldTokens) return { body: text, bodyKind: 'raw' }
  return { body: cut(redactBody(text)), bodyKind: 'redacted' }
}

/** JSON, parameters by name, or text; `null` for none. */
export function readBody({ body, bodyKind }: KeptBody): unknown {
  if (body === '') return null
  if (bodyKind === 'form') return multimap(new URLSearchParams(body))
  const text = bodyKind === 'raw' ? redactBody(body) : body
  try {
    const value = JSON.parse(text) as unknown
    return isDeeperThan(value, MAX_DEPTH) ? text : value
  } catch {
    return text
  }
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
  if (text.length <= MAX_BODY) return text
  // A slice would keep the whole text that it is of.
  return `${Buffer.from(text.slice(0, MAX_BODY)).toString()}… [cut: ${text.length} characters in all]`
}
