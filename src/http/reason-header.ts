/** Name of the one header that this mock adds to the service's own: why a request was refused, in plain words. */
export const REASON_HEADER = 'x-mock-reason'

const MAX_BYTES = 1024

/**
 * A reason as the value of a header: bytes outside plain ASCII, and `%` itself, percent-encoded, so that
 * `decodeURIComponent` gives the text back; at most 1 KiB, cut between characters.
 */
export function encodeReason(reason: string): string {
  let value = ''
  for (const character of reason) {
    const encoded = encodeCharacter(character)
    if (value.length + encoded.length > MAX_BYTES) break
    value += encoded
  }
  return value
}

function encodeCharacter(character: string): string {
  if (character >= ' ' && character <= '~' && character !== '%') return character
  // Buffer, unlike encodeURIComponent, takes a lone surrogate.
  return Array.from(Buffer.from(character), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
}
