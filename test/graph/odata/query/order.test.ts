import t from 'tap'
import { Ask } from '../ask.js'
import { things } from '../things.js'

const ask = new Ask(things, 'microsoft.graph.thing')

t.test('$orderby', (t) => {
  const rows: readonly (readonly [orderby: string, property: string, ascending: readonly unknown[]])[] = [
    ['number', 'number', [null, -5, 0, 7, 40]],
    ['text', 'text', [null, '', 'B', 'a', 'b', 'ä']],
    ['flag', 'flag', [null, false, true]],
    ['big', 'big', [null, '-9007199254740993', 5, '9007199254740992', '9007199254740993']],
    ['price', 'price', [null, -0.1, 0.1, '0.10000000000000001', 2]],
    ['ratio', 'ratio', [null, 'NaN', '-INF', 0, 1.5, 'INF']],
    [
      'at',
      'at',
      [
        null,
        '2024-03-01T00:30:15+02:00',
        '2024-03-01T00:00:00Z',
        '2024-03-01T00:00:00.0000001Z',
        '2024-03-01T00:00:00.5Z'
      ]
    ],
    ['day', 'day', [null, '2024-02-28', '2024-02-29']],
    ['clock', 'clock', [null, '00:00', '00:00:00.1', '12:00']],
    ['span', 'span', [null, '-PT1S', 'PT1M', 'PT61S', 'P1D']],
    ['state', 'state', [null, 'unknown', 'on', 'off']],
    ['anything', 'anything', [null, false, true, 1, 2, 'a', 'b']],
    ['length(text)', 'text', [null, 'zz', 'aaa']],
    ['number mod 10', 'number', [null, 40, 1, 12]]
  ]
  for (const [orderby, property, ascending] of rows) {
    const shuffled = [...ascending].reverse().map((value) => ({ [property]: value }))
    const values = (order: string) => ask.order(order, shuffled).map((entity) => entity[property])
    t.same(values(orderby), ascending, orderby)
    t.same(values(`${orderby} desc`), [...ascending].reverse(), `${orderby} desc`)
  }
  t.end()
})

t.test('what is alike keeps its order, and later items decide', (t) => {
  const entities = [
    { id: '1', text: 'b', number: 1 },
    { id: '2', text: 'a', number: 1 },
    { id: '3', text: 'b', number: 0 },
    { id: '4', text: 'a', number: 1 }
  ]
  const ids = (orderby: string) => ask.order(orderby, entities).map(({ id }) => id)
  t.same(ids('number'), ['3', '1', '2', '4'])
  t.same(ids('number desc'), ['1', '2', '4', '3'])
  t.same(ids('number desc,text'), ['2', '4', '1', '3'])
  t.same(ids('text desc,number'), ['3', '1', '2', '4'])
  t.same(
    ask
      .order('price,ratio', [
        { id: 'a', price: 1, ratio: 'NaN' },
        { id: 'b', price: '1.0', ratio: 'NaN' }
      ])
      .map(({ id }) => id),
    ['a', 'b']
  )
  t.same(
    entities.map(({ id }) => id),
    ['1', '2', '3', '4'],
    'what was given stays as it was'
  )
  const ignoring = new Ask(things, 'microsoft.graph.thing', { collation: 'ignoreCase' })
  t.same(
    ignoring.order('text', [{ text: 'b' }, { text: 'B' }, { text: 'a' }]).map(({ text }) => text),
    ['a', 'b', 'B']
  )
  t.end()
})
