/** Characters. For parts up to this length `indexOf` of V8 is fast in every case. */
const SHORT = 8

/**
 * As `subject.indexOf(part, from)`, in time proportional to the length of both (Knuth, Morris and Pratt). `indexOf` of V8
 * can take the product of the two, for example to find `aabaa` in `aaaa…`.
 */
export function indexOf(subject: string, part: string, from: number): number {
  if (part.length <= SHORT) return subject.indexOf(part, from)
  const codes = Uint16Array.from({ length: part.length }, (_, at) => part.charCodeAt(at))
  const borders = bordersOf(codes)
  let matched = 0
  for (let at = from; at < subject.length; at++) {
    const code = subject.charCodeAt(at)
    while (matched > 0 && codes[matched] !== code) matched = borders[matched - 1] as number
    if (codes[matched] === code) matched++
    if (matched === codes.length) return at - matched + 1
  }
  return -1
}

/** For each prefix of a text, the length of the longest proper prefix that is also a suffix of it. */
function bordersOf(codes: Uint16Array): Uint32Array {
  const borders = new Uint32Array(codes.length)
  let length = 0
  for (let at = 1; at < codes.length; at++) {
    while (length > 0 && codes[length] !== codes[at]) length = borders[length - 1] as number
    if (codes[length] === codes[at]) length++
    borders[at] = length
  }
  return borders
}
