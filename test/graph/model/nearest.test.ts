import t from 'tap'
import { nearest } from '../../../src/graph/model/nearest.js'

t.test('the names that were meant come first', async (t) => {
  const names = ['users', 'user', 'groups', 'devices', 'deviceManagement', 'managedDevices']
  const cases: readonly (readonly [word: string, expected: readonly string[]])[] = [
    ['uesrs', ['users']],
    ['USERS', ['users', 'user']],
    ['group', ['groups']],
    ['managedDevice', ['managedDevices']],
    ['devicemanagment', ['deviceManagement']],
    ['zzz', []],
    ['', []]
  ]
  for (const [word, expected] of cases) t.same(nearest(word, names), expected, word)
  t.same(
    nearest('user', ['users', 'user1', 'user2', 'users', 'suer'], 2),
    ['user1', 'user2'],
    'in the order of names, each once'
  )
  t.same(nearest('x'.repeat(10_000_000), names), [])
})
