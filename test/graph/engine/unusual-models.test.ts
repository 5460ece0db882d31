import t from 'tap'
import { GraphModel } from '../../../src/graph/engine/graph-model.js'
import { Model } from '../../../src/graph/model/model.js'
import { Graph, refusal, type Json } from './ask.js'

/** What a CSDL document may hold that Graph's own models do not: names of types that it lacks, and rare shapes. */
const LINES = [
  '!hub=FlostOne()>gone;FlostValue().gone;FcolourOf(a:#colour,b:b,c:i*,d:l)#colour;Fpair(n:i)>pair;Acheck(colour:#colour,gone:.gone,must:s!,pairs:>pair*,list:s*!);Fnothing()',
  '#colour=~red|green',
  '%source=test',
  '/abstracts=>abstractOne*',
  '/hub=>hub',
  '/keyless=>keyless*',

  '/lost=>gone*',
  '/pairs=>pair*',
  '/things=>thing*',
  'abstractOne=Ea:;id:s!&',
  'box=C:;inner:>thing;size:i;colour:#colour',
  'hub=E:;id:s!&;favourites:>thing*$;loose:>unset*(gp/g);only:>abstractOne^(guad);single:>thing^;unset:>unset*^;linked:>unset*$',
  'keyless=E:;name:s',
  'media=Es:;id:s!&',
  'pair=E:;a:s!&;b:s!&;colour:#missing;things:>thing*^',
  'thing=E:;id:s!&;box:.box;boxes:.box*;colours:#colour*;createdDateTime:d;flags:#colour;gone:.gone;lostEnum:#missing;mustBox:.box!;mustEnum:#missing!;mustUntyped:j!;mustColour:#colour!;stream:z;unset:>gone^;media:>media^;linked:>unset*$',
  'unset=E:;id:s!&;name:s'
]

function unusual(): Graph {
  const graph = new Graph()
  const model = new GraphModel(new Model(() => `${LINES.join('\n')}\n`))
  graph.models = { beta: model, 'v1.0': model }
  return graph
}

t.test('types that a model names and lacks', (t) => {
  const graph = unusual()
  const thing = graph.post('/things', {
    gone: { any: ['thing'] },
    lostEnum: 'whatever',
    stream: 'x',
    mustUntyped: { a: 1 }
  })
  t.strictSame(graph.get(`/things/${thing}`), {
    '@odata.context': 'https://graph.microsoft.com/beta/$metadata#things/$entity',
    id: thing,
    box: null,
    boxes: [],
    colours: [],
    createdDateTime: '2026-11-24T10:00:00.5Z',
    flags: null,
    gone: { any: ['thing'] },
    lostEnum: 'whatever',
    mustBox: null,
    mustEnum: null,
    mustUntyped: { a: 1 },
    mustColour: 'red'
  })
  for (const target of ['/lost', `/things/${thing}/unset`]) {
    t.match(
      refusal(() => graph.get(target)),
      { status: 400, kind: 'unknownType', message: /'microsoft.graph.gone' could not be resolved/ },
      target
    )
  }
  t.match(graph.get('/hub/lostOne'), { '@odata.context': /gone$/ })
  t.strictSame(graph.get('/hub/lostValue'), {
    '@odata.context': 'https://graph.microsoft.com/beta/$metadata#microsoft.graph.gone'
  })
  t.end()
})

t.test('enumerations of flags', (t) => {
  const graph = unusual()
  const thing = graph.post('/things', { flags: 'red, green', colours: ['red'], mustColour: 'green' })
  t.match(graph.get(`/things/${thing}`), { flags: 'red, green', colours: ['red'], mustColour: 'green' })
  t.match(graph.get("/things?$filter=flags has microsoft.graph.colour'green'")['value'], [{ id: thing }])
  t.match(
    refusal(() => graph.post('/things', { flags: 'red,gren' })),
    { status: 400, kind: 'badLiteral', message: "Requested value 'red,gren' was not found." }
  )
  t.match(
    refusal(() => graph.post('/things', { colours: ['blue'] })),
    { status: 400, kind: 'badLiteral', message: "Requested value 'blue' was not found." }
  )
  t.match(
    refusal(() => graph.post('/things', { lostEnum: 5 })),
    { status: 400, kind: 'wrongKind' }
  )
  t.match(
    refusal(() => graph.post('/pairs', { a: '1', b: '2', colour: [] })),
    { status: 400, kind: 'wrongKind' }
  )
  t.end()
})

t.test('operations with parameters of every kind', (t) => {
  const graph = unusual()
  t.match(graph.get("/hub/colourOf(a='red',b=true,c=[1,2],d=5)"), { value: 'red' })
  t.match(graph.get('/hub/colourOf(a=null,b=false,c=null,d=null)'), { value: 'red' })
  t.match(graph.get('/hub/pair(n=5)'), {
    '@odata.context': 'https://graph.microsoft.com/beta/$metadata#pairs/$entity',
    colour: null
  })
  t.equal(graph.ask('GET', '/hub/nothing').status, 204)
  t.equal(
    graph.ask('POST', '/hub/check', {
      colour: 'red',
      gone: { x: 1 },
      must: '',
      pairs: [{ a: '1', b: '2' }],
      list: null
    }).status,
    204
  )
  t.match(
    refusal(() => graph.ask('POST', '/hub/check', {})),
    { status: 400, kind: 'nullValue', message: /'must'/ }
  )
  t.match(
    refusal(() => graph.get("/hub/colourOf(a='x',b=true,c=[],d=1)")),
    { status: 400, kind: 'badLiteral' }
  )
  t.match(
    refusal(() => graph.get("/hub/colourOf(a='red',b=true,c=[%22x%22],d=1)")),
    { status: 400, kind: 'wrongKind' }
  )
  t.end()
})

t.test('keys of several properties', (t) => {
  const graph = unusual()
  graph.ask('POST', '/pairs', { a: '1', b: "o'2" })
  const path = "/pairs(a='1',b='o''2')"
  t.equal(graph.ask('POST', `${path}/things`, {}).headers['location']?.includes('pairs('), true)
  graph.post(`${path}/things`, {})
  t.match(graph.get(`${path}/things?$top=1`)['@odata.nextLink'], /\/pairs\(a='1',b='o''2'\)\/things\?/)
  t.match(
    refusal(() => graph.ask('POST', '/pairs', { a: '1', b: "o'2" })),
    { kind: 'duplicate', message: /property a,b / }
  )
  t.end()
})

t.test('singletons that nobody wrote', (t) => {
  const graph = unusual()
  const thing = graph.post('/things', {})
  t.equal(graph.ask('POST', '/hub/favourites/$ref', { '@odata.id': `things/${thing}` }).status, 204)
  t.match(graph.get(`/hub/favourites/${thing}`), { id: thing })
  t.match(
    refusal(() => graph.ask('POST', '/hub/favourites/$ref', { '@odata.id': 'hub/single' })),
    {
      status: 400,
      kind: 'badReference',
      reason: 'single has not been written yet.'
    }
  )
  const id = graph.get('/hub')['id']
  t.match(id, /^[\da-f-]{36}$/)
  graph.ask('PATCH', '/hub', {})
  t.equal(graph.get('/hub')['id'], id, 'the same as before it was written')
  t.match(graph.get('/hub?$expand=single($select=id)'), {
    'single@odata.context': 'https://graph.microsoft.com/beta/$metadata#hub/single/$entity',
    single: null
  })
  graph.ask('PATCH', '/hub/single', { flags: 'red' })
  t.match(graph.get('/hub?$expand=single($select=flags)'), { single: { flags: 'red' } })
  t.match(
    refusal(() => graph.get('/hub/only')),
    { status: 404, kind: 'notFound' }
  )
  t.match(
    refusal(() => graph.ask('PUT', '/hub/only', {})),
    { status: 404, kind: 'notFound' }
  )
  t.match(
    refusal(() => graph.ask('POST', '/things', { '@odata.type': '#microsoft.graph.abstractOne' })),
    { kind: 'notAssignable' }
  )
  t.match(
    refusal(() => graph.get(`/things/${thing}/media/$value`)),
    { status: 404, kind: 'notFound' }
  )
  t.end()
})

t.test('entities that belong to no entity set', (t) => {
  const graph = unusual()
  const unset = graph.post('/hub/unset', { name: 'one' })
  graph.ask('POST', '/hub/linked/$ref', { '@odata.id': `hub/unset/${unset}` })
  t.match(graph.get(`/hub/linked/${unset}`), { name: 'one' })
  t.match(
    refusal(() => graph.get('/hub/linked/other')),
    { status: 404, kind: 'notFound' }
  )
  t.match(
    refusal(() => graph.ask('POST', '/hub/loose', {})),
    { status: 405, kind: 'methodNotAllowed' }
  )
  t.match(
    refusal(() => graph.post('/things', { linked: [{ name: 'two' }] })),
    { status: 405, kind: 'methodNotAllowed' }
  )
  const keyless = graph.ask('POST', '/keyless', { name: 'k' })
  t.match(keyless, { status: 201, json: { name: 'k' } })
  t.match(graph.get('/keyless'), { value: [{ name: 'k' }] })
  t.match(
    refusal(() => graph.post('/abstracts', {})),
    {
      status: 400,
      kind: 'abstractType',
      message: 'Cannot create an abstract class.',
      reason: 'microsoft.graph.abstractOne is abstract: name a type derived from it in @odata.type.'
    }
  )
  t.end()
})

t.test('entities that were not written by the engine', (t) => {
  const graph = unusual()
  graph.entities = graph.entities
    .put('things', {
      key: 'a',
      type: 'microsoft.graph.nothing',
      properties: { box: 'no box', boxes: 'no list', flags: 'red' }
    })
    .put('things', {
      key: 'b',
      type: 'microsoft.graph.thing',
      properties: { id: 'b', box: { inner: 1, size: 2 }, boxes: [null, { size: 1 }] }
    })
  t.match(graph.get('/things/a'), { box: 'no box', boxes: 'no list', flags: 'red' })
  t.match(graph.get('/things/a/box'), { value: 'no box' })
  graph.ask('PATCH', '/things/a', { id: 'x', createdDateTime: '2020-01-01T00:00:00Z', flags: 'green' })
  t.match(graph.get('/things/a'), { createdDateTime: null, flags: 'green' })
  t.notOk('id' in (graph.entities.get({ collection: 'things', key: 'a' })?.properties as Json))
  t.equal(graph.ask('PUT', '/things/a/flags', { value: 'red' }).status, 200)
  t.match(graph.get('/things/b'), { boxes: [null, { size: 1 }] })
  t.strictSame(graph.get("/things?$filter=box/inner/id eq 'x'")['value'], [])
  t.match(graph.get("/things?$filter=isof(box,'microsoft.graph.box')&$select=id")['value'], [{ id: 'b' }])
  t.match(
    refusal(() => graph.get('/things/b/box/inner')),
    { status: 400, kind: 'badRequest', message: 'The request URI is not valid.' }
  )
  t.match(graph.get('/things/b/box/microsoft.graph.box/size'), { value: 2 })
  t.match(
    refusal(() => graph.get('')),
    { status: 400, kind: 'badRequest', message: 'The request URI is not valid.' }
  )
  t.end()
})
