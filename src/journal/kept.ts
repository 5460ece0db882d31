import { isUtf8 } from 'node:buffer'
import { REDACTED } from '../lib/redact-credentials.js'

/** Characters of a URL or a body that are kept. */
const MAX_LENGTH = 64 * 1024
/** Bytes of the headers of one request that are kept, more than a header block of 64 KiB takes. */
const MAX_HEADERS = 160 * 1024
/** Characters of a reason, and of names that clients choose, such as the id of a part of a batch. */
export const MAX_REASON = 4096
export const MAX_NAME = 256

/** Bytes of a string beside its characters, and of its place in a list. */
const STRING_BYTES = 32

/** The most memory that a string takes: V8 stores one byte per character, or two if any character needs them. */
export function bytesOf(text: string): number {
  return STRING_BYTES + (Buffer.byteLength(text) === text.length ? text.length : 2 * text.length)
}

/** The same for a string that came over a socket, where every character has one byte. */
function bytesOfWire(text: string): number {
  return STRING_BYTES + text.length
}

/** A copy that keeps no larger string alive, as a slice would. A copy that was cut ends with a mark that says so. */
export function copyOf(text: string, most: number): string {
  const copy = Buffer.from(text.length <= most ? text : text.slice(0, most)).toString()
  return text.length <= most ? copy : `${copy}${cutMark(text.length)}`
}

export function cutMark(length: number): string {
  return `… [cut: ${length} characters in all]`
}

/**
 * A URL for an entry. One that is too long is cut between segments or parameters, never within one.
 *
 * @param isOfWire whether it came over a socket, as a string that is no slice
 */
export function keptUrl(url: string, isOfWire: boolean): string {
  if (url.length <= MAX_LENGTH) return isOfWire ? url : copyOf(url, MAX_LENGTH)
  const beginning = url.slice(0, MAX_LENGTH)
  const end = Math.max(...['/', '?', '&'].map((separator) => beginning.lastIndexOf(separator)))
  return copyOf(beginning.slice(0, end + 1), MAX_LENGTH) + cutMark(url.length)
}

export interface KeptHeaders {
  /** Names and values in turn. */
  readonly headers: readonly string[]
  readonly bytes: number
}

/**
 * Headers for an entry, cut where they are too many. The value of `Authorization`, often the longest and never shown, is
 * not kept at all.
 *
 * @param rawHeaders names and values in turn, each a string of its own
 * @param isOfWire whether they came over a socket
 */
export function keptHeaders(rawHeaders: readonly string[], isOfWire: boolean): KeptHeaders {
  const size = isOfWire ? bytesOfWire : bytesOf
  const headers = rawHeaders.slice()
  let bytes = 0
  for (let at = 0; at < headers.length; at += 2) {
    const name = headers[at] as string
    if (name.length === 13 && name.toLowerCase() === 'authorization') headers[at + 1] = REDACTED
    bytes += size(name) + size(headers[at + 1] as string)
    if (bytes <= MAX_HEADERS) continue
    headers.splice(at, Infinity, '…', `[cut: ${rawHeaders.length / 2} headers in all]`)
    return { headers, bytes: MAX_HEADERS }
  }
  return { headers, bytes }
}

/** A body in an entry. */
export interface KeptBody {
  readonly text: string
  /** `note`: `text` is a remark in place of the body. */
  readonly kind: 'text' | 'form' | 'note'
  /** Characters in all, where it was cut. */
  readonly cutFrom: number | undefined
}

export const NO_BODY: KeptBody = Object.freeze({ text: '', kind: 'note', cutFrom: undefined })
const WITHHELD: KeptBody = Object.freeze({ text: REDACTED, kind: 'note', cutFrom: undefined })

/** @param redaction with an allowlist only forms are kept, because their parameters have known names */
export function keptBody(
  received: Buffer | string,
  redaction: 'allowlist' | 'denylist',
  headers: readonly string[]
): KeptBody {
  if (received.length === 0) return NO_BODY
  if (typeof received !== 'string' && !isUtf8(received)) {
    return { ...NO_BODY, text: `[${received.length} bytes that are no UTF-8]` }
  }
  if (redaction === 'allowlist' && !isForm(headers)) return WITHHELD
  return keptText(received.toString(), redaction === 'allowlist' ? 'form' : 'text')
}

/** The body of an answer. Entra answers with pages and tokens, which are withheld. */
export function keptAnswer(payload: Buffer | string, redaction: 'allowlist' | 'denylist'): KeptBody {
  if (redaction === 'allowlist') return WITHHELD
  return typeof payload === 'string' ? keptText(payload, 'text') : keptBody(payload, redaction, [])
}

function keptText(text: string, kind: 'text' | 'form'): KeptBody {
  if (text.length <= MAX_LENGTH) return { text, kind, cutFrom: undefined }
  return { text: copyOf(text.slice(0, MAX_LENGTH), MAX_LENGTH), kind, cutFrom: text.length }
}

/** By name in lower case. None is longer than a header block of a request may be. */
export type AnswerHeaders = Readonly<Record<string, string | number | readonly string[] | undefined>>

/** Of the headers of an answer, whose names are the program's own. */
export function bytesOfHeaders(headers: AnswerHeaders): number {
  let bytes = 0
  for (const name in headers) bytes += STRING_BYTES + String(headers[name]).length
  return bytes
}

function isForm(headers: readonly string[]): boolean {
  return headers.some(
    (value, at) =>
      at % 2 === 1 &&
      headers[at - 1]?.toLowerCase() === 'content-type' &&
      /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(value)
  )
}
