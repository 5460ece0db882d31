import { distance } from 'fastest-levenshtein'

const MOST = 3
/** Longer names than any of Graph's are not compared. */
const LONGEST = 128

/** The names that are most like a text, the nearest first; none where all are too far from it. */
export function nearestNames(text: string, names: Iterable<string>): string[] {
  if (text.length > LONGEST) return []
  const wanted = text.toLowerCase()
  const limit = Math.max(1, Math.floor(text.length / 3))
  const near: { name: string; far: number }[] = []
  for (const name of names) {
    if (Math.abs(name.length - text.length) > limit) continue
    const far = distance(wanted, name.toLowerCase())
    if (far <= limit) near.push({ name, far })
  }
  near.sort((left, right) => left.far - right.far || (left.name < right.name ? -1 : 1))
  return near.slice(0, MOST).map(({ name }) => name)
}
