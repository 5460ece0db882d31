import t from 'tap'
import { GraphModel } from '../../../src/graph/engine/graph-model.js'
import { Model } from '../../../src/graph/model/model.js'
import { Graph, beta, refusal, v1 } from './ask.js'

t.test('v1.0 and beta are views of the same entities', (t) => {
  const graph = new Graph()
  const user = graph.post('/users', { displayName: 'Ada', infoCatalogs: ['x'] })
  graph.version = 'v1.0'
  const seen = graph.get(`/users/${user}`)
  t.equal(seen['@odata.context'], 'https://graph.microsoft.com/v1.0/$metadata#users/$entity')
  t.equal(seen['displayName'], 'Ada')
  t.notOk('infoCatalogs' in seen)
  t.match(
    refusal(() => graph.get(`/users/${user}?$select=infoCatalogs`)),
    { kind: 'badRequest', message: /infoCatalogs/ }
  )
  t.match(
    refusal(() => graph.ask('PATCH', `/users/${user}`, { infoCatalogs: [] })),
    { kind: 'unknownProperty' }
  )
  graph.ask('PATCH', `/users/${user}`, { displayName: 'Bob' })
  const other = graph.post('/users', { displayName: 'From v1.0' })
  graph.version = 'beta'
  t.match(graph.get(`/users/${user}`), { displayName: 'Bob', infoCatalogs: ['x'] })
  t.match(
    graph.get('/users?$filter=deviceEnrollmentLimit eq 0&$select=id')['value'],
    [{ id: user }, { id: other }],
    'what is never null is set'
  )
  t.end()
})

t.test('a type that v1.0 lacks shows as the nearest base that it has', (t) => {
  const graph = new Graph()
  const path = '/deviceManagement/deviceConfigurations'
  const id = graph.post(path, {
    '@odata.type': '#microsoft.graph.androidForWorkCustomConfiguration',
    displayName: 'Only in beta',
    omaSettings: []
  })
  graph.version = 'v1.0'
  const seen = graph.get(`${path}/${id}`)
  t.notOk('@odata.type' in seen, 'the declared one')
  t.equal(seen['displayName'], 'Only in beta')
  t.notOk('omaSettings' in seen)
  graph.ask('PATCH', `${path}/${id}`, { displayName: 'Changed in v1.0' })
  graph.version = 'beta'
  t.match(graph.get(`${path}/${id}`), {
    '@odata.type': '#microsoft.graph.androidForWorkCustomConfiguration',
    displayName: 'Changed in v1.0',
    omaSettings: []
  })
  t.end()
})

/** Two versions of a small model, of which the second has more. */
const NARROW = new Model(
  () =>
    '#colour=red|unknownFutureValue\n#plain=one\n#set=~red|unknownFutureValue\n%source=x\n/things=>thing*\nbase=Co:;a:s\nthing=E:;id:s!&;colour:#colour;colours:#colour*;plain:#plain;set:#set;value:.base\n'
)
const WIDE = new Model(
  () =>
    '#colour=red|unknownFutureValue|blue\n#plain=one|two\n#set=~red|unknownFutureValue|blue\n%source=x\n/things=>thing*\nbase=Co:;a:s;extra:s\nlarge=C:base;b:s\nlarger=C:large;c:s\nthing=E:;id:s!&;colour:#colour;colours:#colour*;plain:#plain;set:#set;value:.base\n'
)

t.test('members of enumerations and types that v1.0 lacks', (t) => {
  const wide = new GraphModel(WIDE)
  const narrow = new GraphModel(NARROW, wide)
  const graph = new Graph()
  graph.models = { beta: wide, 'v1.0': narrow }
  const id = graph.post('/things', {
    colour: 'blue',
    colours: ['red', 'blue'],
    plain: 'two',
    set: 'red,blue',
    value: {
      '@odata.type': '#microsoft.graph.larger',
      a: '1',
      b: '2',
      c: '3',
      extra: 'e',
      dynamic: 'd',
      ['__proto__']: 'p'
    }
  })
  t.match(graph.get(`/things/${id}`), {
    colour: 'blue',
    value: { '@odata.type': '#microsoft.graph.larger', c: '3', dynamic: 'd' }
  })
  graph.version = 'v1.0'
  t.strictSame(graph.get(`/things/${id}`), {
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#things/$entity',
    id,
    colour: 'unknownFutureValue',
    colours: ['red', 'unknownFutureValue'],
    plain: 'two',
    set: 'red,unknownFutureValue',
    value: { a: '1', dynamic: 'd', ['__proto__']: 'p' }
  })
  graph.entities = graph.entities.put('things', {
    key: 'raw',
    type: 'microsoft.graph.thing',
    properties: { id: 'raw', colour: 5, value: { '@odata.type': '#microsoft.graph.nothing', a: '1' } }
  })
  t.match(graph.get('/things/raw'), { colour: 5, value: { a: '1' } }, 'what no client can write is shown as it is')
  t.equal(wide.nearestKnown('microsoft.graph.nothing'), undefined)
  t.equal(narrow.nearestKnown('microsoft.graph.nothing'), undefined)
  t.end()
})

t.test('models', (t) => {
  t.equal(beta.entitySet('microsoft.graph.user'), 'users')
  t.equal(beta.entitySet('microsoft.graph.orgContact'), 'contacts')
  t.equal(beta.entitySet('microsoft.graph.message'), undefined)
  t.equal(beta.type('microsoft.graph.user'), beta.type('graph.USER'))
  t.equal(beta.type('microsoft.graph.nothing'), undefined)
  t.equal(v1.wider, beta)
  const state = beta.enumeration('microsoft.graph.complianceState')
  t.equal(state, beta.enumeration('microsoft.graph.complianceState'))
  t.strictSame([state?.value('unknown'), state?.value('COMPLIANT'), state?.value('nothing')], [0, 1, undefined])
  const flags = beta.enumeration('microsoft.graph.mailTipsType')
  t.strictSame([flags?.isFlags, flags?.value('automaticReplies'), flags?.value('mailboxFullStatus')], [true, 1, 2])
  const none = [...beta.model.enumerationNames()]
    .map((name) => beta.model.enumeration(name))
    .find((type) => type?.flags && type.members[0]?.name === 'none')
  t.equal(beta.enumeration(none?.name ?? '')?.value('none'), 0)
  t.equal(beta.enumeration('microsoft.graph.nothing'), undefined)
  t.strictSame(
    beta.operations(
      'wipe',
      { ...(beta.type('microsoft.graph.user') as object), name: 'microsoft.graph.nothing' } as never,
      false
    ),
    []
  )
  t.ok([...(beta.type('microsoft.graph.group')?.members() ?? [])].includes('checkMemberGroups'))
  t.ok([...(beta.type('microsoft.graph.group')?.navigations() ?? [])].some((one) => one.name === 'members'))
  t.equal(
    beta.type('microsoft.graph.user')?.property('DisplayName'),
    beta.type('microsoft.graph.user')?.property('displayName')
  )
  t.equal(beta.type('microsoft.graph.user')?.property('nothing'), undefined)
  t.match(beta.type('microsoft.graph.user')?.property('extension_0123456789abcdef0123456789abcdef_skill'), {
    type: 'Edm.Untyped'
  })
  t.match(beta.type('microsoft.graph.openTypeExtension')?.property('anything'), { type: 'Edm.Untyped' })
  t.end()
})

t.test('extensions of open types', (t) => {
  const graph = new Graph()
  const skill = 'extension_0123456789abcdef0123456789abcdef_skill'
  const user = graph.post('/users', { displayName: 'Ada', [skill]: 'Analysis', ext12345678_course: { id: 1 } })
  t.match(graph.get(`/users/${user}`), { [skill]: 'Analysis', ext12345678_course: { id: 1 } })
  t.strictSame(graph.get(`/users/${user}?$select=${skill}`)[skill], 'Analysis')
  t.match(graph.get(`/users?$filter=${skill} eq 'Analysis'`)['value'], [{ id: user }])
  graph.entities = graph.entities.put('users', {
    key: 'raw',
    type: 'microsoft.graph.user',
    properties: { id: 'raw', weird: 1 }
  })
  t.notOk('weird' in graph.get('/users/raw'), 'no name of an extension')
  const extension = graph.post(`/users/${user}/extensions`, {
    '@odata.type': '#microsoft.graph.openTypeExtension',
    extensionName: 'x',
    theme: 'dark',
    deep: { a: [1] }
  })
  t.match(graph.get(`/users/${user}/extensions/${extension}`), { extensionName: 'x', theme: 'dark', deep: { a: [1] } })
  t.end()
})
