/** A header that this mock adds to those of the service: why a request was refused, in plain words. */
export const REASON_HEADER = 'x-mock-reason'

const MAX_BYTES = 1024

/**
 * Encodes a reason as the value of a header: bytes outside printable ASCII, and `%` itself, are percent-encoded, so that
 * `decodeURIComponent` decodes it; at most 1 KiB, cut between characters.
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
  // Unlike encodeURIComponent, Buffer accepts a lone surrogate.
  return Array.from(Buffer.from(character), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
}
