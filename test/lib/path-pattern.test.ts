import fc from 'fast-check'
import t from 'tap'
import { matchesPattern } from '../../src/lib/path-pattern.js'

/** As said: the whole text, `*` for any characters, in any case. Found by trying every place, which takes its time. */
function fitsSlowly(pattern: string, text: string): boolean {
  const parts = pattern.toLowerCase().split('*')
  let ends = new Set([0])
  for (const [at, part] of parts.entries()) {
    const next = new Set<number>()
    for (let from = 0; from + part.length <= text.length; from++) {
      const mayBegin = at === 0 ? from === 0 : [...ends].some((end) => end <= from)
      if (mayBegin && text.toLowerCase().startsWith(part, from)) next.add(from + part.length)
    }
    ends = next
  }
  return ends.has(text.length)
}

t.test('long parts are found where they stand, however they repeat themselves', (t) => {
  const repeated = fc
    .tuple(fc.string({ unit: fc.constantFrom('a', 'B'), minLength: 1, maxLength: 4 }), fc.integer({ min: 0, max: 40 }))
    .map(([unit, times]) => unit.repeat(times))
  const text = fc.array(repeated, { maxLength: 4 }).map((parts) => parts.join(''))
  const pattern = fc.array(repeated, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('*'))
  fc.assert(
    fc.property(pattern, text, (pattern, text) => matchesPattern(pattern, text) === fitsSlowly(pattern, text)),
    { numRuns: 300 }
  )
  fc.assert(
    fc.property(text, text, text, (before, part, after) => matchesPattern(`*${part}*`, before + part + after)),
    { numRuns: 300 }
  )
  t.equal(matchesPattern(`/*${'a'.repeat(40)}b*${'a'.repeat(40)}b`, `/${'a'.repeat(81)}b${'a'.repeat(41)}b`), true)
  t.equal(matchesPattern(`/*${'a'.repeat(40)}b*${'a'.repeat(40)}b`, `/${'a'.repeat(81)}b${'a'.repeat(39)}b`), false)
  t.end()
})
