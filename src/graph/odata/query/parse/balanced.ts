import { unbalancedBrackets } from '../query-error.js'

const QUOTE = 0x27
const DOUBLE_QUOTE = 0x22
const BACKSLASH = 0x5c
/** Opening and closing pairs, told apart by nothing else: what is between is read by another. */
const STEPS: Readonly<Record<string, number>> = { '(': 1, '[': 1, '{': 1, ')': -1, ']': -1, '}': -1 }

/**
 * Where a part ends that begins at a bracket or within one: behind the bracket that closes it, or before one of the
 * characters of `until` outside all brackets. What stands in single or double quotes is passed over.
 *
 * @throws QueryError where the text ends within a bracket that was opened
 */
export function endOfBalanced(text: string, start: number, until = ''): number {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfQuoted(text, at)
    else if (code === DOUBLE_QUOTE) at = endOfDoubleQuoted(text, at)
    else {
      const character = text.charAt(at)
      if (depth === 0 && until.includes(character)) return at
      depth += STEPS[character] ?? 0
      if (depth === 0 && until === '') return at + 1
    }
  }
  if (depth > 0 || until === '') throw unbalancedBrackets(start)
  return text.length
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
