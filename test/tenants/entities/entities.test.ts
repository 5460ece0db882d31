import t from 'tap'
import { Entities } from '../../../src/tenants/entities/entities.js'
import { containedIn } from '../../../src/tenants/entities/entity-path.js'
import { MissingEntity, type Entity } from '../../../src/tenants/entities/entity.js'

const user = (key: string, properties: object = {}): Entity => ({
  key,
  type: 'microsoft.graph.user',
  properties: { ...properties }
})
const ref = (key: string, collection = 'users') => ({ collection, key })
const keysOf = (entities: Entities, collection = 'users') => Array.from(entities.list(collection), ({ key }) => key)
const withUsers = (...keys: string[]) =>
  Entities.none.putAll(
    'users',
    keys.map((key) => user(key))
  )
const linkedTo = (entities: Entities, from: string, name: string) =>
  Array.from(entities.targets(ref(from), name), ({ key }) => key)

t.test('without entities', (t) => {
  const { none } = Entities
  t.equal(none.isEmpty, true)
  t.equal(none.version, 0)
  t.equal(none.bytes, 0)
  t.equal(none.get(ref('a')), undefined)
  t.equal(none.versionOf(ref('a')), undefined)
  t.equal(none.value('a'), undefined)
  t.equal(none.count('users'), 0)
  t.strictSame(keysOf(none), [])
  t.strictSame([...none.targets(ref('a'), 'manager'), ...none.sources(ref('a'), 'manager')], [])
  t.strictSame([...(none.changesSince('users', 0)?.changed ?? [0])], [])
  t.end()
})

t.test('a write gives a new value, and leaves the old one as it was', (t) => {
  const old = withUsers('b', 'a')
  const a = user('a', { displayName: 'A' })
  const entities = old.put('users', a).put('users', user('c'))
  t.equal(entities.get(ref('a')), a)
  t.strictSame(keysOf(entities), ['b', 'a', 'c'], 'what is replaced keeps its place')
  t.strictSame(old.get(ref('a')), user('a'))
  t.strictSame(keysOf(old), ['b', 'a'])
  t.strictSame([old.count('users'), entities.count('users')], [2, 3])
  t.ok(entities.version > old.version)
  t.strictSame(keysOf(entities.delete(ref('b')).put('users', user('b'))), ['a', 'c', 'b'], 'created anew is last')
  t.end()
})

t.test('what changes nothing gives the same value', (t) => {
  const entities = withUsers('a', 'b').link(ref('a'), 'manager', ref('b'))
  const same: Record<string, () => Entities> = {
    'delete what there is not': () => entities.delete(ref('c')),
    'delete in a collection that there is not': () => entities.delete(ref('a', 'groups')),
    'link what is linked': () => entities.link(ref('a'), 'manager', ref('b')),
    'link what is linked, and nothing else': () => entities.link(ref('a'), 'manager', ref('b'), true),
    'unlink what is not linked': () => entities.unlink(ref('b'), 'manager', ref('a')),
    'unlink by another name': () => entities.unlink(ref('a'), 'members', ref('b')),
    'unlink all of another name': () => entities.unlink(ref('a'), 'members'),
    'unlink from what there is not': () => entities.unlink(ref('c'), 'manager'),
    'unlink what there is not': () => entities.unlink(ref('a'), 'manager', ref('c')),
    'put none': () => entities.putAll('users', [])
  }
  for (const [name, change] of Object.entries(same)) t.equal(change(), entities, name)
  t.end()
})

t.test('pages go on where they ended, whatever is written in between', (t) => {
  let entities = withUsers('a', 'b', 'c', 'd', 'e')
  const page = (after: number) => {
    const [first, second] = entities.after('users', after)
    return [first, second].map((item) => item ?? ([Infinity, user('')] as const))
  }
  const read: string[] = []
  for (let position = 0; position < Infinity;) {
    const entries = page(position)
    read.push(...entries.map(([, { key }]) => key))
    position = entries[1]?.[0] as number
    entities = entities
      .put('users', user('a', { displayName: 'changed' }))
      .delete(ref('b'))
      .delete(ref('d'))
      .put('users', user('f'))
  }
  t.strictSame(read, ['a', 'b', 'c', 'e', 'f', ''])
  t.end()
})

t.test('an entity goes with all that it contains', (t) => {
  const folders = containedIn(ref('a'), 'mailFolders')
  const messages = containedIn(ref('inbox', folders), 'messages')
  const others = containedIn(ref('aa'), 'mailFolders')
  const full = withUsers('a', 'aa', 'b')
    .put(folders, user('inbox'))
    .put(messages, user('m'))
    .put(others, user('inbox'))
    .link(ref('b'), 'pinned', ref('m', messages))
    .link(ref('m', messages), 'author', ref('b'))
    .link(ref('m', messages), 'folder', ref('inbox', folders))
    .link(ref('a'), 'self', ref('a'))
  const left = full.delete(ref('a'))
  t.strictSame([left.count(folders), left.count(messages), left.count(others)], [0, 0, 1])
  t.equal(left.get(ref('m', messages)), undefined)
  t.strictSame(keysOf(left), ['aa', 'b'])
  t.strictSame([...left.targets(ref('b'), 'pinned')], [])
  t.strictSame([...left.sources(ref('b'), 'author')], [])
  t.strictSame([...full.targets(ref('b'), 'pinned')], [ref('m', messages)])
  const anew = left.put('users', user('a'))
  t.strictSame([...anew.targets(ref('a'), 'self')], [], 'one with its key starts without')
  t.equal(anew.count(folders), 0)
  t.end()
})

t.test('what has to be there', (t) => {
  const entities = withUsers('a')
  const messages = containedIn(ref('b'), 'messages')
  const cases: [change: () => Entities, message: string][] = [
    [() => entities.put(messages, user('m')), "There is no entity users('b')"],
    [() => entities.setValue(messages, user('')), "There is no entity users('b')"],
    [() => entities.putAll(messages, [user('m')]), "There is no entity users('b')"],
    [() => entities.link(ref('a'), 'manager', ref('b')), "There is no entity users('b')"],
    [() => entities.link(ref("o'neil"), 'manager', ref('a')), "There is no entity users('o''neil')"],
    [() => entities.link(ref('a'), 'x', ref('', 'settings')), 'There is no entity settings']
  ]
  for (const [change, message] of cases) t.throws(change, new MissingEntity(message))
  t.end()
})

t.test('links', (t) => {
  const linked = withUsers('a', 'b', 'c')
    .link(ref('a'), 'manager', ref('c'))
    .link(ref('a'), 'manager', ref('b'))
    .link(ref('b'), 'manager', ref('c'))
    .link(ref('a'), 'managers', ref('a'))
  t.strictSame(linkedTo(linked, 'a', 'manager'), ['c', 'b'], 'in the order of linking')
  t.strictSame([...linked.sources(ref('c'), 'manager')], [ref('a'), ref('b')])
  t.strictSame([...linked.sources(ref('a'), 'managers')], [ref('a')])
  t.equal(linked.hasLink(ref('a'), 'manager', ref('b')), true)
  t.equal(linked.hasLink(ref('b'), 'manager', ref('a')), false)
  t.equal(linked.hasLink(ref('a'), 'manager', ref('x')), false)
  t.equal(linked.hasLink(ref('x'), 'manager', ref('a')), false)

  t.strictSame(linkedTo(linked.link(ref('a'), 'manager', ref('c'), true), 'a', 'manager'), ['c'])
  t.strictSame(linkedTo(linked.link(ref('a'), 'manager', ref('a'), true), 'a', 'manager'), ['a'])
  t.strictSame(linkedTo(linked.link(ref('a'), 'manager', ref('a'), true), 'a', 'managers'), ['a'])
  t.strictSame(linkedTo(linked.unlink(ref('a'), 'manager'), 'a', 'manager'), [])
  t.strictSame(linkedTo(linked.unlink(ref('a'), 'manager', ref('c')), 'a', 'manager'), ['b'])
  t.strictSame([...linked.unlink(ref('a'), 'manager', ref('c')).sources(ref('c'), 'manager')], [ref('b')])
  t.strictSame(linkedTo(linked.put('users', user('a', { mail: 'x' })), 'a', 'manager'), ['c', 'b'])
  t.strictSame(linkedTo(linked, 'a', 'manager'), ['c', 'b'], 'and it stays as it was')
  t.end()
})

t.test('links go on behind a position', (t) => {
  const linked = withUsers('a', 'b', 'c')
    .link(ref('a'), 'x', ref('b'))
    .link(ref('a'), 'x', ref('c'))
    .link(ref('b'), 'x', ref('c'))
  const [[first] = [0], [second, c] = [0]] = linked.targetsAfter(ref('a'), 'x', 0)
  t.strictSame(c, ref('c'))
  const changed = linked.unlink(ref('a'), 'x', ref('b')).link(ref('a'), 'x', ref('a'))
  t.strictSame(
    Array.from(changed.targetsAfter(ref('a'), 'x', first), ([, { key }]) => key),
    ['c', 'a']
  )
  t.strictSame(
    Array.from(changed.sourcesAfter(ref('c'), 'x', second), ([, { key }]) => key),
    ['b']
  )
  t.strictSame([...changed.targetsAfter(ref('d'), 'x', 0), ...changed.sourcesAfter(ref('d'), 'x', 0)], [])
  t.end()
})

t.test('found by a property', (t) => {
  const indexes = ['mail', 'deviceId', '__proto__', 'constructor'].map((property) => ['indexed', property] as const)
  const put = (collection: string) =>
    Entities.empty({ indexes })
      .put(collection, user('a', { mail: 'A@Contoso.com', deviceId: 1, constructor: 'own' }))
      .put(collection, user('b', { mail: 'a@contoso.COM', deviceId: '1' }))
      .put(collection, user('c', { mail: null, deviceId: [1], ['__proto__']: 'own' }))
      .put(collection, user('d', { mail: 'É', deviceId: true }))
  for (const collection of ['indexed', 'scanned']) {
    const entities = put(collection)
    const find = (property: string, value: string | number | boolean, among = entities) =>
      among.findBy(collection, property, value)?.key
    const cases: [property: string, value: string | number | boolean, key: string | undefined][] = [
      ['mail', 'a@contoso.com', 'a'],
      ['mail', 'A@CONTOSO.COM', 'a'],
      ['mail', 'a@contoso.co', undefined],
      ['mail', 'é', 'd'],
      ['mail', 'null', undefined],
      ['deviceId', 1, 'a'],
      ['deviceId', '1', 'b'],
      ['deviceId', true, 'd'],
      ['deviceId', 'true', undefined],
      ['constructor', 'OWN', 'a'],
      ['__proto__', 'own', 'c'],
      ['toString', 'x', undefined]
    ]
    for (const [property, value, key] of cases)
      t.equal(find(property, value), key, `${collection} ${property} ${value}`)
    t.equal(find('mail', 'a@contoso.com', entities.delete(ref('a', collection))), 'b')
    t.equal(find('mail', 'a@contoso.com', entities.put(collection, user('a'))), 'b')
    t.equal(find('mail', 'new', entities.put(collection, user('b', { mail: 'New' }))), 'b')
    t.equal(find('mail', 'a@contoso.com'), 'a', 'and it stays as it was')
  }
  t.end()
})

t.test('singletons', (t) => {
  const settings = { type: 'microsoft.graph.deviceManagementSettings', properties: { x: 1 } }
  const path = 'deviceManagement/settings'
  const entities = Entities.none.setValue(path, settings).put(`${path}/items`, user('a'))
  t.strictSame(entities.value(path), settings)
  t.strictSame(entities.get(ref('', path)), { key: '', ...settings })
  t.strictSame(entities.setValue(path, { ...settings, properties: {} }).value(path)?.properties, {})
  const left = entities.delete(ref('', path))
  t.equal(left.value(path), undefined)
  t.equal(left.count(`${path}/items`), 0)
  t.equal(left.isEmpty, true)
  t.end()
})

t.test('names of any kind are ordinary', (t) => {
  const names = ['__proto__', 'constructor', 'toString', '', '\0', "'", "')/x('", '/', '😀', '\ud800']
  let entities = Entities.none
  for (const collection of names) {
    entities = entities.putAll(
      collection,
      names.map((key) => user(key))
    )
    for (const key of names) entities = entities.link(ref(key, collection), key, ref('', collection))
  }
  for (const collection of names) {
    t.strictSame(keysOf(entities, collection), names)
    for (const key of names) {
      t.equal(entities.hasLink(ref(key, collection), key, ref('', collection)), true)
      t.strictSame([...entities.sources(ref('', collection), key)], [ref(key, collection)])
    }
  }
  t.end()
})

t.test('thousands, deleted in any order, with what was kept of them', (t) => {
  const all = Array.from({ length: 3000 }, (_, at) => `key-${(at * 7919) % 3000}`)
  const full = withUsers(...all)
  let entities = full.put('groups', user('g'))
  for (const key of all) entities = entities.link(ref('g', 'groups'), 'members', ref(key))
  const linked = entities
  const gone = new Set<string>()
  const half = () => all.filter((key) => !gone.has(key))
  for (let at = 0; at < 2990; at++) {
    const key = `key-${(at * 104729) % 3000}`
    gone.add(key)
    entities = entities.delete(ref(key))
    if (at % 500 > 0) continue
    t.strictSame(keysOf(entities), half())
    t.strictSame(
      Array.from(entities.targets(ref('g', 'groups'), 'members'), ({ key }) => key),
      half()
    )
  }
  t.strictSame(keysOf(entities), half())
  t.equal(entities.count('users'), 10)
  t.strictSame(keysOf(full), all)
  t.strictSame(
    Array.from(linked.targets(ref('g', 'groups'), 'members'), ({ key }) => key),
    all
  )
  t.strictSame([...linked.sources(ref('key-7'), 'members')], [ref('g', 'groups')])
  t.strictSame(keysOf(linked.delete(ref('g', 'groups'))), all)
  t.end()
})

t.test('bytes run with what is held', (t) => {
  const options = { indexes: [['users', 'mail']] as const, removalBytes: 0 }
  const empty = Entities.empty(options)
  const small = empty.put('users', user('a', { mail: 'a' }))
  const large = small.put('users', user('a', { mail: 'a'.repeat(1000) }))
  t.ok(large.bytes - small.bytes >= 2 * 999, 'the text')
  t.equal(large.put('users', user('a', { mail: 'a' })).bytes, small.bytes)
  const linked = large.put('groups', user('g')).link(ref('g', 'groups'), 'members', ref('a'))
  t.ok(linked.bytes > large.bytes)
  t.equal(linked.unlink(ref('g', 'groups'), 'members').delete(ref('g', 'groups')).bytes, large.bytes)
  t.equal(linked.delete(ref('g', 'groups')).delete(ref('a')).bytes, 0)
  t.ok(Entities.none.put('users', user('a')).delete(ref('a')).bytes > 0, 'the deletion')
  t.end()
})
