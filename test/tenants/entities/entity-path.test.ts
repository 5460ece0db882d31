import fc from 'fast-check'
import t from 'tap'
import { containedIn, parentOf, pathOf } from '../../../src/tenants/entities/entity-path.js'

const A = { collection: 'users', key: 'a' }
const NESTED = { collection: containedIn(A, 'mailFolders'), key: 'inbox' }

t.test('paths of entities and of what they contain', (t) => {
  const cases: [ref: { collection: string; key: string }, path: string, name: string, contained: string][] = [
    [A, "users('a')", 'messages', "users('a')/messages"],
    [NESTED, "users('a')/mailFolders('inbox')", 'messages', "users('a')/mailFolders('inbox')/messages"],
    [A, "users('a')", 'settings/windows', "users('a')/settings/windows"],
    [{ collection: 'users', key: "o'neil" }, "users('o''neil')", 'x', "users('o''neil')/x"],
    [{ collection: 'users', key: "'" }, "users('''')", 'x', "users('''')/x"],
    [{ collection: 'users', key: "a')/x('b" }, "users('a'')/x(''b')", 'x', "users('a'')/x(''b')/x"],
    [{ collection: 'users', key: '/\0😀' }, "users('/\0😀')", '__proto__', "users('/\0😀')/__proto__"],
    [A, "users('a')", "x('b')/y", "users('a')/x%28'b')/y"],
    [A, "users('a')", '%28', "users('a')/%2528"],
    [A, "users('a')", '', "users('a')/"]
  ]
  for (const [ref, path, name, contained] of cases) {
    t.equal(pathOf(ref), path)
    t.equal(containedIn(ref, name), contained)
    t.strictSame(parentOf(contained), { ref, name }, contained)
  }
  t.end()
})

t.test('a singleton has the path of its collection', (t) => {
  const singleton = { collection: 'deviceManagement/settings', key: '' }
  t.equal(pathOf(singleton), 'deviceManagement/settings')
  t.equal(containedIn(singleton, 'x'), 'deviceManagement/settings/x')
  t.end()
})

t.test('what is in no entity', (t) => {
  for (const path of [
    'users',
    'deviceManagement/managedDevices',
    '',
    "users('a')",
    "users('a",
    "users('a''",
    "users('a'x",
    "x'y"
  ]) {
    t.equal(parentOf(path), undefined, path)
  }
  t.end()
})

t.test('any key and name come back', (t) => {
  const text = fc.string({ unit: fc.constantFrom("'", '(', ')', '/', '%', '2', '8', "('", "')/", 'a', '\0', '😀') })
  const key = text.filter((key) => key !== '')
  fc.assert(
    fc.property(fc.array(fc.tuple(key, text), { minLength: 1, maxLength: 4 }), (steps) => {
      let collection = 'users'
      for (const [key, name] of steps) {
        const ref = { collection, key }
        collection = containedIn(ref, name)
        t.strictSame(parentOf(collection), { ref, name })
      }
    })
  )
  t.end()
})
