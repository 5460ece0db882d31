import { indexOf } from './index-of.js'

/**
 * Whether a text fits a pattern, in which `*` stands for any characters, also none; case does not matter. Takes time in
 * proportion to the text, whatever the pattern.
 */
export function fitsPattern(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*')
  const subject = text.toLowerCase()
  const last = rest.pop()
  if (last === undefined) return subject === first
  if (!subject.startsWith(first)) return false
  let at = first.length
  for (const part of rest) {
    const found = indexOf(subject, part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return subject.length - last.length >= at && subject.endsWith(last)
}

/** A path as matches see it: without query, decoded, without doubled slashes or one at the end, as the router has it. */
export function canonicalPath(path: string): string {
  const [bare = ''] = path.split('?', 1)
  const single = bare.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '')
  try {
    return decodeURIComponent(single)
  } catch {
    return single
  }
}
