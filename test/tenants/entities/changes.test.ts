import t from 'tap'
import { Entities } from '../../../src/tenants/entities/entities.js'
import { containedIn } from '../../../src/tenants/entities/entity-path.js'
import type { Entity } from '../../../src/tenants/entities/entity.js'

const user = (key: string): Entity => ({ key, type: 'microsoft.graph.user', properties: {} })
const ref = (key: string, collection = 'users') => ({ collection, key })
const start = Entities.none
  .putAll('users', ['a', 'b', 'c'].map(user))
  .put('groups', user('a'))
  .link(ref('a', 'groups'), 'members', ref('a'))
  .link(ref('a', 'groups'), 'members', ref('b'))
  .link(ref('a', 'groups'), 'owners', ref('b'))
const group = ref('a', 'groups')

/** What happened in `start` since it was kept. */
function since(change: (entities: Entities) => Entities, collection = 'users') {
  const changes = change(start).changesSince(collection, start.version)
  if (changes === undefined) return undefined
  const keys = (refs: Iterable<{ key: string }>) => Array.from(refs, ({ key }) => key)
  const changed = keys(changes.changed)
  t.strictSame(keys(changes.changed), changed, 'can be read twice')
  return {
    changed,
    deleted: keys(changes.deleted),
    linked: keys(changes.linked('a', 'members')),
    unlinked: keys(changes.unlinked('a', 'members'))
  }
}
const NOTHING = { changed: [], deleted: [], linked: [], unlinked: [] }

t.test('entities', (t) => {
  const cases: [what: string, change: (entities: Entities) => Entities, expected: object][] = [
    ['nothing', (entities) => entities, {}],
    ['elsewhere', (entities) => entities.put('devices', user('x')).delete(ref('x', 'devices')), {}],
    ['created', (entities) => entities.put('users', user('d')), { changed: ['d'] }],
    ['replaced', (entities) => entities.put('users', user('c')).put('users', user('a')), { changed: ['c', 'a'] }],
    ['changed twice', (entities) => entities.put('users', user('c')).put('users', user('c')), { changed: ['c'] }],
    ['deleted', (entities) => entities.delete(ref('c')).delete(ref('a')), { deleted: ['c', 'a'] }],
    ['came and went', (entities) => entities.put('users', user('d')).delete(ref('d')), {}],
    ['changed and deleted', (entities) => entities.put('users', user('c')).delete(ref('c')), { deleted: ['c'] }],
    ['deleted and created', (entities) => entities.delete(ref('c')).put('users', user('c')), { changed: ['c'] }],
    [
      'deleted, created and deleted',
      (entities) => entities.delete(ref('c')).put('users', user('c')).delete(ref('c')),
      { deleted: ['c'] }
    ]
  ]
  for (const [what, change, expected] of cases) t.strictSame(since(change), { ...NOTHING, ...expected }, what)
  t.end()
})

t.test('links count where they come from', (t) => {
  const cases: [what: string, change: (entities: Entities) => Entities, expected: object][] = [
    ['made', (entities) => entities.link(group, 'members', ref('c')), { changed: ['a'], linked: ['c'] }],
    ['made again', (entities) => entities.link(group, 'members', ref('b')), {}],
    ['of another name', (entities) => entities.link(group, 'owners', ref('c')), { changed: ['a'] }],
    ['removed', (entities) => entities.unlink(group, 'members', ref('b')), { changed: ['a'], unlinked: ['b'] }],
    ['all removed', (entities) => entities.unlink(group, 'members'), { changed: ['a'], unlinked: ['a', 'b'] }],
    ['its target deleted', (entities) => entities.delete(ref('b')), { changed: ['a'], unlinked: ['b'] }],
    [
      'replaced',
      (entities) => entities.link(group, 'members', ref('c'), true),
      { changed: ['a'], linked: ['c'], unlinked: ['a', 'b'] }
    ],
    [
      'made and removed',
      (entities) => entities.link(group, 'members', ref('c')).unlink(group, 'members', ref('c')),
      { changed: ['a'] }
    ],
    [
      'removed and made',
      (entities) => entities.unlink(group, 'members', ref('b')).link(group, 'members', ref('b')),
      { changed: ['a'], linked: ['b'] }
    ],
    [
      'its source deleted',
      (entities) => entities.unlink(group, 'members', ref('b')).delete(group),
      { deleted: ['a'], unlinked: ['b'] }
    ]
  ]
  for (const [what, change, expected] of cases) t.strictSame(since(change, 'groups'), { ...NOTHING, ...expected }, what)
  t.strictSame(
    since((entities) => entities.link(group, 'members', ref('c'))),
    NOTHING,
    'not where they go to'
  )
  t.end()
})

t.test('each change has the version that it took', (t) => {
  const changed = start.put('users', user('b'))
  t.equal(changed.versionOf(ref('b')), changed.version)
  t.equal(changed.versionOf(ref('a')), start.versionOf(ref('a')))
  t.equal(start.versionOf(group), start.version, 'of a link that of its source')
  const deleted = changed.delete(ref('c'))
  t.strictSame(deleted.changesSince('users', start.version)?.deleted, [{ key: 'c', version: deleted.version }])
  t.strictSame(deleted.changesSince('users', deleted.version)?.deleted, [])
  t.end()
})

t.test('what is not known', (t) => {
  t.equal(start.changesSince('users', start.version + 1), undefined, 'the future')
  const folders = containedIn(ref('a'), 'mailFolders')
  const messages = containedIn(ref('x', folders), 'messages')
  const full = start.put(folders, user('x')).put(messages, user('m')).put('x/items', user('i')).setValue('x', user(''))
  const cases: [collection: string, gone: { collection: string; key: string }, isKnown: boolean][] = [
    [folders, ref('a'), false],
    [messages, ref('a'), false],
    [messages, ref('x', folders), false],
    [folders, ref('x', folders), true],
    [folders, ref('b'), true],
    ['x/items', ref('', 'x'), false]
  ]
  for (const [collection, gone, isKnown] of cases) {
    const left = full.delete(gone)
    t.equal(left.changesSince(collection, full.version) !== undefined, isKnown, `${collection} ${gone.key}`)
    t.ok(left.changesSince(collection, left.version))
  }
  t.end()
})

t.test('deletions are remembered in so many bytes', (t) => {
  let entities = Entities.empty({ removalBytes: 10_000 })
  const keys = Array.from({ length: 1000 }, (_, at) => `key-${at}`)
  entities = entities.putAll('users', keys.map(user))
  const versions: number[] = []
  for (const key of keys) {
    versions.push(entities.version)
    entities = entities.delete(ref(key))
  }
  t.ok(entities.bytes <= 10_000)
  t.ok(entities.bytes > 9000)
  const known = versions.filter((version) => entities.changesSince('users', version) !== undefined)
  t.ok(known.length > 20)
  t.strictSame(known, versions.slice(-known.length), 'the last ones')
  t.equal(entities.changesSince('users', known[0] as number)?.deleted.length, known.length)
  const forgetful = Entities.empty({ removalBytes: 0 }).put('users', user('a'))
  t.equal(forgetful.delete(ref('a')).changesSince('users', forgetful.version), undefined)
  t.end()
})

t.test('in the place of others, nothing from before is known', (t) => {
  const later = start.delete(ref('a')).put('users', user('d'))
  for (const [restored, current] of [
    [start, later],
    [later, start]
  ] as const) {
    const entities = restored.inPlaceOf(current)
    t.ok(entities.version > later.version)
    t.equal(entities.changesSince('users', later.version), undefined)
    t.equal(entities.changesSince('users', start.version), undefined)
    t.strictSame([...entities.list('users')], [...restored.list('users')])
    const changed = entities.put('users', user('b'))
    t.strictSame([...(changed.changesSince('users', entities.version)?.changed ?? [])], [user('b')])
    t.equal(changed.delete(ref('b')).changesSince('users', later.version), undefined, 'nor later')
    t.ok(entities.bytes <= restored.bytes)
  }
  t.end()
})
