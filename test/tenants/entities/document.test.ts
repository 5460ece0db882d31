import t from 'tap'
import { Entities } from '../../../src/tenants/entities/entities.js'
import { InvalidDocument } from '../../../src/tenants/invalid-document.js'

const ref = (key: string, collection = 'users') => ({ collection, key })
const entity = (key: string, position: number, version = position) => ({
  key,
  type: 'microsoft.graph.user',
  properties: { displayName: key },
  position,
  version
})
const DOCUMENT = {
  version: 20,
  knownSince: 1,
  collections: [
    { path: 'users', entities: [entity('a', 2, 12), entity('b', 3)] },
    { path: "users('a')/messages", entities: [entity('m', 4)] }
  ],
  links: [{ from: 2, name: 'manager', to: 3, position: 12 }],
  deleted: [{ entity: ref('c'), position: 5, version: 6 }],
  unlinked: [{ from: ref('a'), name: 'manager', to: ref('b'), position: 7, version: 8 }]
}
const [users, messages] = DOCUMENT.collections

t.test('a document is what it was written from', (t) => {
  const entities = Entities.from(DOCUMENT, { indexes: [['users', 'displayName']] })
  t.strictSame(entities.toDocument(), DOCUMENT)
  t.equal(entities.version, 20)
  t.strictSame([...entities.targets(ref('a'), 'manager')], [ref('b')])
  t.equal(entities.findBy('users', 'displayName', 'B')?.key, 'b')
  t.equal(entities.versionOf(ref('a')), 12)
  t.strictSame(entities.changesSince('users', 5)?.deleted, [{ key: 'c', version: 6 }])
  t.strictSame(Entities.from(Entities.none.toDocument()).toDocument(), Entities.none.toDocument())
  t.equal(Entities.from(DOCUMENT, { removalBytes: 0 }).changesSince('users', 5), undefined, 'its limit holds')
  t.end()
})

t.test('in any order', (t) => {
  const shuffled = {
    ...DOCUMENT,
    collections: [messages, { path: 'users', entities: users?.entities.toReversed() }]
  }
  t.strictSame(Entities.from(shuffled).toDocument(), DOCUMENT)
  const late = { ...DOCUMENT, deleted: [{ entity: ref('c'), position: 5, version: 9 }] }
  t.equal(
    Entities.from(late, { removalBytes: 0 }).changesSince('users', 8),
    undefined,
    'the last of the forgotten counts'
  )
  t.end()
})

t.test('what no writes give is refused', (t) => {
  const withUsers = (...entities: object[]) => ({ ...DOCUMENT, collections: [{ path: 'users', entities }, messages] })
  const [link] = DOCUMENT.links
  const [deletion] = DOCUMENT.deleted
  const [unlinking] = DOCUMENT.unlinked
  const cases: [document: unknown, message: string][] = [
    [null, 'the document must be an object'],
    [{ ...DOCUMENT, version: '1' }, 'version must be an integer'],
    [{ ...DOCUMENT, version: 2 ** 53 }, `version must be at most ${2 ** 52}`],
    [{ ...DOCUMENT, x: 1 }, 'x is not a known member'],
    [withUsers({ ...entity('a', 2), properties: [] }), 'collections.0.entities.0.properties must be an object'],
    [withUsers(entity('a', 0)), 'collections.0.entities.0.position must be at least 1'],
    [{ ...DOCUMENT, knownSince: 21 }, 'knownSince is later than the version of the document'],
    [withUsers(entity('a', 21)), 'collections.0.entities.0.position is later than the version of the document'],
    [withUsers(entity('a', 2, 21)), 'collections.0.entities.0.version is later than the version of the document'],
    [withUsers(entity('a', 2, 1)), 'collections.0.entities.0.position is later than its version'],
    [withUsers(entity('a', 2), entity('b', 2)), 'collections.0.entities.1.position is there twice'],
    [withUsers(entity('a', 2, 3), entity('b', 3)), 'collections.0.entities.1.version is there twice'],
    [withUsers(entity('a', 2), entity('a', 3)), 'collections.0.entities.1.key is there twice'],
    [withUsers(entity('b', 3)), "collections.1.path is below users('a'), which is not there"],
    [{ ...DOCUMENT, links: [{ ...link, from: 9 }] }, 'links.0.from is the position of no entity'],
    [{ ...DOCUMENT, links: [{ ...link, to: 9 }] }, 'links.0.to is the position of no entity'],
    [{ ...DOCUMENT, links: [{ ...link, position: 3 }] }, 'links.0.position is there twice'],
    [{ ...DOCUMENT, links: [{ ...link, position: 21 }] }, 'links.0.position is later than the version of the document'],
    [{ ...DOCUMENT, links: [link, { ...link, position: 13 }] }, 'links.1 is there twice'],
    [
      { ...DOCUMENT, deleted: [{ ...deletion, version: 21 }] },
      'deleted.0.version is later than the version of the document'
    ],
    [{ ...DOCUMENT, deleted: [{ ...deletion, version: 1 }] }, 'deleted.0.version is not later than knownSince'],
    [{ ...DOCUMENT, deleted: [{ ...deletion, version: 5 }] }, 'deleted.0.position is not earlier than its version'],
    [{ ...DOCUMENT, unlinked: [{ ...unlinking, version: 6, position: 5 }] }, 'unlinked.0.version is there twice']
  ]
  for (const [document, message] of cases) t.throws(() => Entities.from(document), new InvalidDocument(message))
  t.end()
})
