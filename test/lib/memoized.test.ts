import t from 'tap'
import { memoized } from '../../src/lib/memoized.js'

t.test('a result is made once, whoever waits for it', async (t) => {
  let made = 0
  const get = memoized(() => Promise.resolve(++made))
  t.strictSame(await Promise.all([get(), get()]), [1, 1])
  t.equal(await get(), 1)
})

t.test('a failure is not kept', async (t) => {
  const outcomes: (() => Promise<string>)[] = [
    () => Promise.reject(new Error('EMFILE: too many open files')),
    () => {
      throw new Error('EMFILE: at once')
    },
    () => Promise.resolve('made')
  ]
  const get = memoized(() => (outcomes.shift() as () => Promise<string>)())
  const both = [get(), get()]
  for (const failed of both) await t.rejects(failed, { message: 'EMFILE: too many open files' })
  t.throws(get, { message: 'EMFILE: at once' })
  t.equal(await get(), 'made')
  t.equal(await get(), 'made')
})

t.test(
  'a result that has served its time is made anew, and a late failure of the old one takes nothing away',
  async (t) => {
    let now = 0
    let made = 0
    const failures: ((error: Error) => void)[] = []
    const get = memoized(
      () => (++made === 1 ? new Promise<number>((_resolve, reject) => failures.push(reject)) : Promise.resolve(made)),
      { lasts: 10, now: () => now }
    )
    const first = get()
    now = 9
    t.equal(get(), first)
    now = 10
    t.equal(await get(), 2)
    failures[0]?.(new Error('late'))
    await t.rejects(first, { message: 'late' })
    t.equal(await get(), 2)
  }
)
