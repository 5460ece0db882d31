import { unbalancedBrackets } from '../query-error.js'

const [DOUBLE_QUOTE, BACKSLASH] = [0x22, 0x5c]

/**
 * Where what begins with an opening bracket ends: behind the one that closes it. What stands in single or double quotes
 * is passed over. Brackets of any kind close one another: which they are is for those to say who read what is between.
 *
 * @throws QueryError where the text ends before
 */
export function endOfBalanced(text: string, start: number): number {
  return endOf(text, start, 0) + 1
}

/**
 * Where an option in parentheses ends: before the semicolon or the bracket behind it.
 *
 * @throws QueryError where the text ends before
 */
export function endOfOption(text: string, start: number): number {
  return endOf(text, start, 1)
}

/** @param depth how many brackets are open already; a semicolon ends what stands directly in the first */
function endOf(text: string, start: number, depth: number): number {
  const optionDepth = depth === 0 ? -1 : depth
  let open = depth
  for (let at = start; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x27: // '
        at = endOfQuoted(text, at)
        break
      case DOUBLE_QUOTE:
        at = endOfDoubleQuoted(text, at)
        break
      case 0x28: // (
      case 0x5b: // [
      case 0x7b: // {
        open++
        break
      case 0x29: // )
      case 0x5d: // ]
      case 0x7d: // }
        if (--open === 0) return at
        break
      case 0x3b: // ;
        if (open === optionDepth) return at
        break
    }
  }
  throw unbalancedBrackets(start)
}

/** The position of the quote that ends a text, or the end of all. */
function endOfQuoted(text: string, start: number): number {
  const end = text.indexOf("'", start + 1)
  return end < 0 ? text.length : end
}

function endOfDoubleQuoted(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text.charCodeAt(at) !== DOUBLE_QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1
  return at
}
