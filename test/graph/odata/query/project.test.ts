import t from 'tap'
import { bindSelect } from '../../../../src/graph/odata/query/bind/selection.js'
import { parseSelect } from '../../../../src/graph/odata/query/parse/parse-select.js'
import { project } from '../../../../src/graph/odata/query/evaluate/project.js'
import { thing, things } from '../things.js'

function selected(select: string, value: unknown): unknown {
  const type = things.type('microsoft.graph.thing')
  if (!type) throw new Error('no type')
  return project(value, bindSelect(parseSelect(select), type, things))
}

t.test('what $select leaves of an entity', (t) => {
  const rows: readonly (readonly [select: string, left: unknown])[] = [
    ['', thing],
    ['*', thing],
    ['number,id', { id: 't1', number: 42 }],
    ['NUMBER', { number: 42 }],
    ['address', { address: thing.address }],
    ['address/city', { address: { city: 'Bern' } }],
    ['address/place/latitude,address/zip', { address: { zip: 3000, place: { latitude: 46.9 } } }],
    [
      'addresses/city',
      { addresses: [{ city: 'Basel' }, { '@odata.type': '#microsoft.graph.foreignAddress', city: 'Paris' }] }
    ],
    ['picture', {}]
  ]
  for (const [select, left] of rows) t.same(selected(select, thing), left, select)
  t.same(Object.keys(selected('number,id', thing) as object), ['id', 'number'], 'in the order of the entity')
  t.end()
})

t.test('annotations stay with what they belong to', (t) => {
  const entity = {
    '@odata.type': '#microsoft.graph.thing',
    'at@odata.type': '#DateTimeOffset',
    at: 'x',
    'text@odata.x': 1,
    text: 'y',
    address: null
  }
  t.same(selected('at,address/city', entity), {
    '@odata.type': '#microsoft.graph.thing',
    'at@odata.type': '#DateTimeOffset',
    at: 'x',
    address: null
  })
  const own = JSON.parse('{"__proto__":{"x":1},"id":"1"}') as object
  t.equal(JSON.stringify(selected('id', own)), '{"id":"1"}')
  t.equal(selected('id', null), null)
  t.end()
})
