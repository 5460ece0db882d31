import t from 'tap'
import { writeText, type Line } from '../../../src/graph/model/compact-text.js'
import { Model } from '../../../src/graph/model/model.js'
import type { Operation } from '../../../src/graph/model/operation.js'
import type { StructuredType } from '../../../src/graph/model/structured-type.js'

/** A model of lines in the form of the compact text. */
function modelOf(text: string): Model {
  return new Model(() => writeText(linesOf(text)))
}

function linesOf(text: string): readonly Line[] {
  const lines = text.split('\n').map((line) => line.trim())
  return lines
    .filter(Boolean)
    .map((line) => ({ key: line.slice(0, line.indexOf('=')), body: line.slice(line.indexOf('=') + 1) }))
}

const SMALL = `
  %source=made up
  entity=Ea:;id:s!&
  directoryObject=Eo:entity;deletedDateTime:d@;memberOf:>directoryObject*
  user=Es:directoryObject;userPrincipalName:s%;businessPhones:s*!;age:i-;kind:#ownerType!;address:.address;photo:>profilePhoto^;manager:>directoryObject$;messages:>security.message*^;team:>security.message^(gud)
  profilePhoto=E:entity;height:i
  security.message=E:entity;subject:s;size:l
  address=C:;street:s
  bag=Co:
  keyed=E:;tenantId:s!&;part:i!&
  Capital=C:
  #ownerType=unknown|company|personal
  #security.rights=~none:0|read:1|write:2
  !directoryObject=FcheckMemberGroups(groupIds:s*!)s*;Arestore()>directoryObject
  !user=AassignLicense(add:.address*,remove:g*)>user;FreminderView(start:s,end:s)s*;FreminderView()s*;Asecurity.runQuery(query:s!)
  !user*=Fdelta()>user*
  !=Fnow()d
  /me=>user
  /users=>user*
  /templates=>profilePhoto*(g/g)
`

function demanded(model: Model, name: string): StructuredType {
  const type = model.type(name)
  if (!type) throw new Error(`no type ${name}`)
  return type
}

t.test('a type is found under each spelling of its name, in any case', async (t) => {
  const model = modelOf(SMALL)
  for (const name of [
    'user',
    'microsoft.graph.user',
    '#microsoft.graph.user',
    'graph.user',
    'USER',
    'Microsoft.Graph.User'
  ]) {
    t.equal(model.type(name)?.name, name.startsWith('M') ? undefined : 'microsoft.graph.user', name)
  }
  t.equal(model.type('security.message')?.name, 'microsoft.graph.security.message')
  t.equal(model.type('capital')?.name, 'microsoft.graph.Capital')
  t.equal(model.type('user'), model.type('USER'), 'parsed once')
  for (const name of [
    '',
    'users',
    'use',
    '#ownerType',
    '!user',
    '/users',
    '%source',
    'user*',
    'a b',
    '__proto__',
    'constructor',
    'u'.repeat(300)
  ]) {
    t.equal(model.type(name), undefined, name.slice(0, 20))
  }
})

t.test('a type has what its bases have, theirs first', async (t) => {
  const user = demanded(modelOf(SMALL), 'user')
  t.match(user, {
    kind: 'entity',
    abstract: false,
    open: true,
    hasStream: true,
    key: ['id'],
    alternateKeys: ['userPrincipalName']
  })
  t.equal(user.base?.name, 'microsoft.graph.directoryObject')
  t.same(
    [...user.properties.keys()],
    ['id', 'deletedDateTime', 'userPrincipalName', 'businessPhones', 'age', 'kind', 'address']
  )
  t.same([...user.navigation.keys()], ['memberOf', 'photo', 'manager', 'messages', 'team'])
  t.ok(user.is('microsoft.graph.entity'))
  t.notOk(user.is('microsoft.graph.address'))
  const model = modelOf(SMALL)
  t.ok(demanded(model, 'user').is(demanded(model, 'directoryObject')))
  t.match(demanded(model, 'entity'), { abstract: true, open: false, hasStream: false, base: undefined })
  t.match(demanded(model, 'bag'), { kind: 'complex', open: true, key: [], alternateKeys: [] })
  t.equal(demanded(model, 'bag').properties.size, 0)
  t.same(demanded(model, 'keyed').key, ['tenantId', 'part'])
})

t.test('properties say all of their facts', async (t) => {
  const { properties } = demanded(modelOf(SMALL), 'user')
  const plain = { collection: false, nullable: true, computed: false, readOnly: false }
  t.strictSame(properties.get('id'), { name: 'id', kind: 'primitive', type: 'Edm.String', ...plain, nullable: false })
  t.match(properties.get('deletedDateTime'), { type: 'Edm.DateTimeOffset', computed: true, readOnly: true })
  t.match(properties.get('age'), { type: 'Edm.Int32', computed: false, readOnly: true })
  t.match(properties.get('businessPhones'), { collection: true, nullable: false })
  t.strictSame(properties.get('kind'), {
    name: 'kind',
    kind: 'enum',
    type: 'microsoft.graph.ownerType',
    ...plain,
    nullable: false
  })
  t.strictSame(properties.get('address'), {
    name: 'address',
    kind: 'complex',
    type: 'microsoft.graph.address',
    ...plain
  })
})

t.test('navigation properties say where they lead and what is served there', async (t) => {
  const { navigation } = demanded(modelOf(SMALL), 'user')
  t.strictSame(navigation.get('messages'), {
    name: 'messages',
    type: 'microsoft.graph.security.message',
    collection: true,
    nullable: true,
    contained: true,
    references: false,
    verbs: { collection: ['GET', 'POST'], item: ['GET', 'PATCH', 'DELETE'] }
  })
  const single = ['GET', 'PATCH', 'DELETE']
  t.match(navigation.get('photo'), { collection: false, contained: true, verbs: { collection: single, item: single } })
  t.match(navigation.get('memberOf'), {
    contained: false,
    references: false,
    verbs: { collection: ['GET'], item: ['GET'] }
  })
  t.match(navigation.get('manager'), {
    contained: false,
    references: true,
    verbs: { collection: ['GET'], item: ['GET'] }
  })
  t.strictSame(navigation.get('team')?.verbs.item, ['GET', 'PUT', 'DELETE'])
})

t.test('a member is found in any case', async (t) => {
  const user = demanded(modelOf(SMALL), 'user')
  t.equal(user.member('messages')?.name, 'messages')
  t.equal(user.member('MESSAGES')?.name, 'messages')
  t.equal(user.member('userprincipalname')?.name, 'userPrincipalName')
  t.equal(user.member('userprincipalname'), user.member('userPrincipalName'))
  for (const name of ['', 'message', '__proto__', 'toString']) t.equal(user.member(name), undefined, name)
})

t.test('enumerations have their members in order, with values where they are known', async (t) => {
  const model = modelOf(SMALL)
  t.strictSame(model.enumeration('graph.ownertype'), {
    name: 'microsoft.graph.ownerType',
    flags: false,
    members: ['unknown', 'company', 'personal'].map((name) => ({ name, value: undefined }))
  })
  t.match(model.enumeration('security.rights'), {
    flags: true,
    members: [{ name: 'none', value: 0 }, { value: 1 }, { value: 2 }]
  })
  t.equal(model.enumeration('ownerType'), model.enumeration('OWNERTYPE'), 'parsed once')
  for (const name of ['user', '', '#', 'x'.repeat(300)]) t.equal(model.enumeration(name), undefined)
})

t.test('roots are entity sets and singletons', async (t) => {
  const model = modelOf(SMALL)
  t.equal(model.source, 'made up')
  t.same([...model.roots.keys()], ['me', 'templates', 'users'])
  t.strictSame(model.root('USERS'), {
    name: 'users',
    type: 'microsoft.graph.user',
    collection: true,
    verbs: { collection: ['GET', 'POST'], item: ['GET', 'PATCH', 'DELETE'] }
  })
  t.match(model.root('me'), { collection: false, verbs: { collection: ['GET', 'PATCH'] } })
  t.match(model.root('templates'), { verbs: { collection: ['GET'], item: ['GET'] } })
  for (const name of ['', 'user', 'usersx', '__proto__']) t.equal(model.root(name), undefined, name)
})

t.test('operations are those of a type and of its bases', async (t) => {
  const model = modelOf(SMALL)
  const type = demanded(model, 'user')
  const names = (operations: readonly Operation[]) => operations.map(({ name }) => name)
  t.same(names(model.operations({ type, collection: false })), [
    'assignLicense',
    'reminderView',
    'reminderView',
    'security.runQuery',
    'checkMemberGroups',
    'restore'
  ])
  t.same(names(model.operations({ type, collection: true })), ['delta'])
  t.same(names(model.operations({ type: demanded(model, 'entity'), collection: false })), [])
  t.equal(model.operation({ type, collection: false }, 'REMINDERVIEW').length, 2)
  t.same(names(model.operation({ type, collection: false }, 'runQuery')), ['security.runQuery'])
  t.same(names(model.operation({ type, collection: false }, 'microsoft.graph.security.runQuery')), [
    'security.runQuery'
  ])
  t.same(names(model.operation({ type, collection: false }, 'query')), [])
  t.same(names(model.unboundOperations), ['now'])
  t.same(modelOf('a=C:').unboundOperations, [])
})

t.test('an operation has its parameters and its answer', async (t) => {
  const model = modelOf(SMALL)
  const type = demanded(model, 'user')
  const [assign] = model.operation({ type, collection: false }, 'assignLicense')
  t.strictSame(assign, {
    kind: 'action',
    name: 'assignLicense',
    parameters: [
      { name: 'add', kind: 'complex', type: 'microsoft.graph.address', collection: true, nullable: true },
      { name: 'remove', kind: 'primitive', type: 'Edm.Guid', collection: true, nullable: true }
    ],
    returns: { kind: 'entity', type: 'microsoft.graph.user', collection: false, nullable: true }
  })
  const [check] = model.operation({ type, collection: false }, 'checkMemberGroups')
  t.match(check, {
    kind: 'function',
    parameters: [{ nullable: false }],
    returns: { type: 'Edm.String', collection: true }
  })
  const [run] = model.operation({ type, collection: false }, 'runQuery')
  t.equal(run?.returns, undefined)
})

t.test('derived types and all names are told', async (t) => {
  const model = modelOf(SMALL)
  const names = (types: readonly StructuredType[]) => types.map(({ name }) => name.replace('microsoft.graph.', ''))
  t.same(names(model.derived(demanded(model, 'entity'))), ['directoryObject', 'profilePhoto', 'security.message'])
  t.same(names(model.derived(demanded(model, 'user'))), [])
  t.equal([...model.typeNames()].length, 9)
  t.same([...model.enumerationNames()], ['microsoft.graph.ownerType', 'microsoft.graph.security.rights'])
  t.equal(modelOf('a=C:').source, '')
})

t.test('a text is loaded at the first question, and once', async (t) => {
  let loads = 0
  const model = new Model(() => {
    loads += 1
    return writeText(linesOf(SMALL))
  })
  t.equal(loads, 0)
  model.type('user')
  model.type('group')
  model.root('users')
  t.equal(loads, 1)
})

t.test('a supplement adds what a CSDL document leaves out', async (t) => {
  const csdl =
    'entity=Ea:;id:s!&\nuser=E:entity;upn:s;mail:s;age:l;messages:>user*^;members:>user*^;owners:>user*\nnew=C:;x:s'
  const known =
    'entity=E:;id:s\nuser=E:entity;upn:s%;mail:s-;age:i%;messages:>user*^(g/g);members:>user*(g/gd);owners:>user*$;gone:s'
  const model = new Model(() => writeText(linesOf(csdl)), modelOf(known))
  const user = demanded(model, 'user')
  t.same(user.alternateKeys, ['upn'], 'of the same kind only')
  t.equal(user.properties.get('mail')?.readOnly, true)
  t.strictSame(user.navigation.get('messages')?.verbs, { collection: ['GET'], item: ['GET'] })
  t.strictSame(user.navigation.get('members')?.verbs.collection, ['GET', 'POST'], 'of what is contained in both only')
  t.equal(user.navigation.get('owners')?.references, true)
  t.same([...user.properties.keys()], ['id', 'upn', 'mail', 'age'])
  t.equal(demanded(model, 'new').properties.size, 1)
  t.strictSame(user.key, ['id'])
})
