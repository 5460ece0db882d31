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
    const found = find(subject, part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return subject.length - last.length >= at && subject.endsWith(last)
}

/** Characters of a part for which the engine's own search, which compares each of them at each place, is quick enough. */
const SHORT = 32

/** Where a part stands in a text from a place on, -1 for nowhere: by Knuth, Morris and Pratt where it is long. */
function find(text: string, part: string, from: number): number {
  if (part.length <= SHORT) return text.indexOf(part, from)
  const borders = bordersOf(part)
  let matched = 0
  for (let at = from; at < text.length; at++) {
    const character = text.charCodeAt(at)
    while (matched > 0 && part.charCodeAt(matched) !== character) matched = borders[matched - 1] as number
    if (part.charCodeAt(matched) === character) matched++
    if (matched === part.length) return at - matched + 1
  }
  return -1
}

/** For each beginning of a text the length of the longest shorter one that it also ends with. */
function bordersOf(text: string): Uint32Array {
  const borders = new Uint32Array(text.length)
  let border = 0
  for (let at = 1; at < text.length; at++) {
    const character = text.charCodeAt(at)
    while (border > 0 && text.charCodeAt(border) !== character) border = borders[border - 1] as number
    if (text.charCodeAt(border) === character) border++
    borders[at] = border
  }
  return borders
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
