/** What may not stand in a segment as it is: what ends one, what begins an escape, and what no URL holds. */
// eslint-disable-next-line no-control-regex -- control characters are among what no URL holds
const RESERVED_IN_SEGMENT = /[%/?#\\\u0000-\u0020\u007f-\u{10ffff}]/gu
/** All but what RFC 3986 reserves for nothing, and `'`, of which OData makes its own use. */
const RESERVED = /[^A-Za-z\d\-._~']/gu

/** A segment of a path, with as few escapes as can be. */
export function encodeSegment(text: string): string {
  return text.replace(RESERVED_IN_SEGMENT, escaped)
}

/** A value within a URL. */
export function encodeValue(text: string): string {
  return text.replace(RESERVED, escaped)
}

/** In UTF-8; half a character, which UTF-8 has no form for, is U+FFFD. */
function escaped(character: string): string {
  return [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
}
