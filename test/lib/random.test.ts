import t from 'tap'
import { Random } from '../../src/lib/random.js'

t.test('the same seed gives the same values', (t) => {
  const [a, b] = [new Random(7), new Random(7)]
  const take = (random: Random) => Array.from({ length: 600 }, (_, at) => (at % 3 ? random.uuid() : random.number()))
  const values = take(a)
  t.strictSame(values, take(b))
  t.equal(new Set(values).size, values.length)
  t.equal(new Random(7).uuid(), 'a6193268-6963-47ba-8bbe-440a9d02718a', 'on every machine')
  t.ok(values.every((value) => typeof value === 'string' || (value >= 0 && value < 1)))
  t.not(new Random().seed, new Random().seed)
  t.end()
})
