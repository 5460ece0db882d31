import fc from 'fast-check'
import { isDeepStrictEqual } from 'node:util'
import t from 'tap'
import { parseFilter } from '../../../../src/graph/odata/query/parse/parse-expression.js'
import { Ask } from '../ask.js'
import { bare } from '../bare.js'
import { booleans, entities } from '../generated.js'
import { print } from '../print.js'
import { refer } from '../reference.js'
import { things } from '../things.js'

t.test('what is printed and parsed again is the same', (t) => {
  fc.assert(
    fc.property(booleans(), (expression) => isDeepStrictEqual(bare(parseFilter(print(expression))), bare(expression))),
    { numRuns: 500 }
  )
  t.end()
})

t.test('expressions give what a plain interpreter gives', (t) => {
  const ask = new Ask(things, 'microsoft.graph.thing')
  fc.assert(
    fc.property(booleans(), fc.array(entities, { minLength: 3, maxLength: 3 }), (expression, some) => {
      const filter = print(expression)
      for (const entity of some) {
        const [got, wanted] = [ask.value(filter, entity), refer(expression, entity)]
        if (got !== wanted)
          throw new Error(`${filter} of ${JSON.stringify(entity)} is ${JSON.stringify([got, wanted])}`)
      }
    }),
    { numRuns: 1000 }
  )
  t.end()
})

t.test('any text is parsed or refused, and nothing else happens', (t) => {
  const words = fc.constantFrom(
    ..."a,b/,eq,and,or,not,(,),',1,-,2024-01-01,T00:00Z,any(,x:,in,has,isof(,$it,$count,@p,duration',.,%,null, ,\u00e9,\ud83d".split(
      ','
    )
  )
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(words, { maxLength: 12 }).map((found) => found.join(' '))
  )
  fc.assert(
    fc.property(anything, (text) => {
      try {
        parseFilter(text)
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'QueryError') throw error
      }
    }),
    { numRuns: 1500 }
  )
  t.end()
})
