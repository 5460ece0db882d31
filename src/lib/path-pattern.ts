import { indexOf } from './index-of.js'

/**
 * Whether a text matches a pattern, in which `*` stands for any number of characters; case does not matter. Takes linear time
 * for every pattern.
 */
export function matchesPattern(pattern: string, text: string): boolean {
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

/** A path for matching: without query, decoded, without doubled slashes or one at the end, as the router compares. */
export function canonicalPath(path: string): string {
  const [bare = ''] = path.split('?', 1)
  const single = bare.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '')
  try {
    return decodeURIComponent(single)
  } catch {
    return single
  }
}
