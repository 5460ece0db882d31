import { distance } from 'fastest-levenshtein'

/** Longer words are no misspelt names, and would cost time. */
const MAX_LENGTH = 100

/**
 * The names that someone may have meant, nearest first: those that differ in up to a third of their letters, case apart.
 *
 * @param limit how many at most
 */
export function nearest(word: string, names: Iterable<string>, limit = 3): readonly string[] {
  if (word.length > MAX_LENGTH) return []
  const meant = word.toLowerCase()
  const found: { name: string; far: number }[] = []
  for (const name of new Set(names)) {
    const reach = Math.ceil(Math.max(name.length, word.length) / 3)
    if (Math.abs(name.length - word.length) > reach) continue
    const far = distance(meant, name.toLowerCase())
    if (far <= reach) found.push({ name, far })
  }
  return found
    .sort((one, other) => one.far - other.far || (one.name < other.name ? -1 : 1))
    .slice(0, limit)
    .map(({ name }) => name)
}
