import t from 'tap'
import {
  matchesSearch,
  matchesWords,
  propertyTerm,
  searchWords
} from '../../../../src/graph/odata/query/evaluate/search.js'
import { parseSearch } from '../../../../src/graph/odata/query/parse/parse-search.js'

t.test('terms put together', (t) => {
  const rows: readonly (readonly [search: string, fits: boolean])[] = [
    ['a', true],
    ['z', false],
    ['NOT z', true],
    ['a b', true],
    ['a z', false],
    ['a AND b', true],
    ['z OR b', true],
    ['z OR y', false],
    ['a NOT z', true],
    ['(z OR a) AND NOT y', true]
  ]
  for (const [search, fits] of rows) {
    t.equal(
      matchesSearch(parseSearch(search), ({ text }) => 'ab'.includes(text)),
      fits,
      search
    )
  }
  t.end()
})

t.test('terms of the directory', (t) => {
  const term = (text: string, quoted: boolean) => ({ kind: 'term', position: 0, text, quoted }) as const
  t.same(propertyTerm(term('displayName:room 5', true)), { property: 'displayName', text: 'room 5' })
  t.same(propertyTerm(term('mail:a:b', true)), { property: 'mail', text: 'a:b' })
  t.equal(propertyTerm(term('room', true)), undefined)
  t.equal(propertyTerm(term('5:5', true)), undefined)
  t.equal(propertyTerm(term('a', false)), undefined)
  const rows: readonly (readonly [text: string, words: readonly string[]])[] = [
    ['', []],
    ['OneVideo', ['one', 'video']],
    ['hello world', ['hello', 'world']],
    ['a.b-c_d', ['a', 'b', 'c', 'd']],
    ['Room12b', ['room', '12', 'b']],
    ['HTTPServer', ['httpserver']],
    ['Zürich Ost', ['zürich', 'ost']]
  ]
  for (const [text, words] of rows) t.same(searchWords(text), words, text)
  t.ok(matchesWords('OneVideo Group', 'video one'))
  t.ok(matchesWords('OneVideo Group', 'vid'))
  t.notOk(matchesWords('OneVideo Group', 'deo'))
  t.ok(matchesWords('x', ''), 'nothing is sought')
  t.end()
})
