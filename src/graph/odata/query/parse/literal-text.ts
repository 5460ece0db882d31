import { isDateTimeOffset } from '../../../../lib/date-time-offset.js'
import { isDigit, isLetter, isNamePart, isSpace } from './characters.js'
import type { LiteralType } from './expression.js'
import { QueryError, expected } from '../query-error.js'

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const GUID_LENGTH = 36
const DATE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/
const DATE_TIME = /^\d{4}-\d\d-\d\dT/
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,12})?)?$/
const INTEGER = /^-?\d{1,19}$/

const [MINUS, PLUS, DOT, COLON, CLOSE, COMMA, SEMICOLON, LOWER_E] = Array.from('-+.:),;e', (c) => c.charCodeAt(0))
const MAX_INT32 = 2n ** 31n
const MAX_INT64 = 2n ** 63n
/** Digits that a single, a double and a decimal of .NET hold without loss. */
const [SINGLE_DIGITS, DOUBLE_DIGITS, DECIMAL_DIGITS] = [7, 15, 29] as const

export interface LiteralText {
  readonly type: LiteralType
  readonly end: number
}

/** A GUID without quotes at a position. */
export function guidAt(text: string, start: number): LiteralText | undefined {
  const end = start + GUID_LENGTH
  if (!GUID.test(text.slice(start, end)) || text.charCodeAt(end) === MINUS || isNamePart(text.charCodeAt(end))) {
    return undefined
  }
  return { type: 'Edm.Guid', end }
}

/**
 * The literal that begins with a digit, or with `-` and a digit: a number, date, time or GUID.
 *
 * @throws QueryError
 */
export function literalAt(text: string, start: number): LiteralText {
  const end = digitsFrom(text, text.charCodeAt(start) === MINUS ? start + 1 : start)
  const next = text.charCodeAt(end)
  const word = next === MINUS || isLetter(next) ? guidAt(text, start) : undefined
  return word ?? (next === MINUS || next === COLON ? temporalAt(text, start) : undefined) ?? numberAt(text, start, end)
}

/** A date-time without offset is refused (captured: OpenAEV-Platform/collectors#564). */
function temporalAt(text: string, start: number): LiteralText | undefined {
  let end = start
  while (end < text.length && !isDelimiter(text.charCodeAt(end))) end++
  const word = text.slice(start, end)
  if (DATE.test(word)) return { type: 'Edm.Date', end }
  if (TIME.test(word)) return { type: 'Edm.TimeOfDay', end }
  if (!DATE_TIME.test(word)) return undefined
  if (isDateTimeOffset(word)) return { type: 'Edm.DateTimeOffset', end }
  throw new QueryError(
    `The DateTimeOffset text '${word}' should be in format 'yyyy-mm-ddThh:mm:ss('.'s+)?(zzzzzz)?' and each field value is within valid range.`,
    start
  )
}

function isDelimiter(code: number): boolean {
  return code === CLOSE || code === COMMA || code === SEMICOLON || isSpace(code)
}

function numberAt(text: string, start: number, whole: number): LiteralText {
  let end = whole
  if (text.charCodeAt(end) === DOT) end = demandDigits(text, end + 1)
  if ((text.charCodeAt(end) | 0x20) === LOWER_E) {
    const sign = text.charCodeAt(end + 1)
    end = demandDigits(text, sign === PLUS || sign === MINUS ? end + 2 : end + 1)
  }
  return { type: numericType(text.slice(start, end)), end }
}

function digitsFrom(text: string, start: number): number {
  let at = start
  while (isDigit(text.charCodeAt(at))) at++
  return at
}

function demandDigits(text: string, start: number): number {
  const end = digitsFrom(text, start)
  if (end === start) throw expected('A digit was', start, text)
  return end
}

/** The smallest type that holds a number without loss, as Microsoft's OData library guesses it (assumed). */
function numericType(digits: string): LiteralType {
  if (INTEGER.test(digits)) {
    const value = BigInt(digits)
    if (value >= -MAX_INT32 && value < MAX_INT32) return 'Edm.Int32'
    if (value >= -MAX_INT64 && value < MAX_INT64) return 'Edm.Int64'
  }
  if (/e/i.test(digits)) return 'Edm.Double'
  const significant = digits.replace(/^-?[0.]*|\./g, '').length
  if (significant <= SINGLE_DIGITS) return 'Edm.Single'
  if (significant <= DOUBLE_DIGITS) return 'Edm.Double'
  return significant <= DECIMAL_DIGITS ? 'Edm.Decimal' : 'Edm.Double'
}
