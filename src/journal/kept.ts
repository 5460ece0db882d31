import { isUtf8 } from 'node:buffer'
import { REDACTED } from '../lib/redact-credentials.js'

/** Characters of a URL or a body that are kept. */
const MAX_LENGTH = 64 * 1024
/** Bytes of the headers of one request that are kept, more than a header block of 64 KiB takes. */
const MAX_HEADERS = 160 * 1024
/** Characters of why a request was refused, and of names that are not ours, such as the id of a part of a batch. */
export const MAX_REASON = 4096
export const MAX_NAME = 256

/** Bytes of a string's own, beside its characters, and of its place in a list. */
const STRING_BYTES = 32

/** Memory that a string takes, at most: V8 has one byte for a character, or two where a single one needs them. */
export function bytesOf(text: string): number {
  return STRING_BYTES + (Buffer.byteLength(text) === text.length ? text.length : 2 * text.length)
}

/** Of a string that came over a socket, where HTTP has no other characters than those of one byte. */
function bytesOfWire(text: string): number {
  return STRING_BYTES + text.length
}

/** A copy of its own, which keeps no larger string alive as a slice does, and says at its end what was cut. */
export function copyOf(text: string, most: number): string {
  const copy = Buffer.from(text.length <= most ? text : text.slice(0, most)).toString()
  return text.length <= most ? copy : `${copy}${cutMark(text.length)}`
}

export function cutMark(length: number): string {
  return `… [cut: ${length} characters in all]`
}

/**
 * A URL to keep. One that is too long ends before a segment or a parameter of which only a part would be there.
 *
 * @param isOfWire whether it came over a socket, as a string of its own
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
 * Headers to keep, those that are too many left out. The credential of the request, often the longest of its headers and
 * told to nobody, is not kept at all.
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

/** A body as it is kept. */
export interface KeptBody {
  readonly text: string
  /** What it is: a text of Graph's, a form, or only what is said of it. */
  readonly kind: 'text' | 'form' | 'told'
  /** Characters in all, where it was cut. */
  readonly cutFrom: number | undefined
}

export const NO_BODY: KeptBody = Object.freeze({ text: '', kind: 'told', cutFrom: undefined })
const WITHHELD: KeptBody = Object.freeze({ text: REDACTED, kind: 'told', cutFrom: undefined })

/** @param isStrict it is for Entra, or for nobody: then only what is known to be harmless is told, and that of forms only */
export function keptBody(received: Buffer | string, isStrict: boolean, headers: readonly string[]): KeptBody {
  if (received.length === 0) return NO_BODY
  if (typeof received !== 'string' && !isUtf8(received)) {
    return { ...NO_BODY, text: `[${received.length} bytes that are no UTF-8]` }
  }
  if (isStrict && !isForm(headers)) return WITHHELD
  return keptText(received.toString(), isStrict ? 'form' : 'text')
}

/** The body of an answer. Those of Entra are pages and tokens, of which nothing is told. */
export function keptAnswer(payload: Buffer | string, isStrict: boolean): KeptBody {
  if (isStrict) return WITHHELD
  return typeof payload === 'string' ? keptText(payload, 'text') : keptBody(payload, false, [])
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
