import t from 'tap'
import { EngineError } from '../../../src/graph/engine/engine-error.js'
import { PathError } from '../../../src/graph/odata/path/path-error.js'
import { QueryError } from '../../../src/graph/odata/query/query-error.js'
import { Graph, refusal, type Json } from './ask.js'

function nested(levels: number, inner: unknown = 1): unknown {
  return JSON.parse(`${'{"a":'.repeat(levels)}${JSON.stringify(inner)}${'}'.repeat(levels)}`)
}

function many(count: number): Json {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`p${String(at)}`, at]))
}

t.test('bodies are refused in time, and change nothing', (t) => {
  const graph = new Graph()
  const user = graph.post('/users', { displayName: 'Ada' })
  const megabyte = 'x'.repeat(1 << 20)
  const bodies: readonly (readonly [body: unknown, kind: string])[] = [
    [many(50_000), 'unknownProperty'],
    [nested(10_000), 'tooDeep'],
    [{ displayName: nested(10_000) }, 'tooDeep'],
    [JSON.parse(`${'['.repeat(10_000)}${']'.repeat(10_000)}`), 'tooDeep'],
    [{ businessPhones: Array.from({ length: 100_000 }, (_, at) => at) }, 'wrongKind'],
    [{ accountEnabled: megabyte }, 'wrongKind'],
    [{ employeeHireDate: megabyte }, 'badLiteral'],
    [{ [megabyte]: 1 }, 'unknownProperty'],
    [{ '@odata.type': `#microsoft.graph.${megabyte}` }, 'unknownType'],
    [{ 'manager@odata.bind': megabyte }, 'badReference'],
    [{ 'manager@odata.bind': 'users/'.repeat(100_000) }, 'badReference'],
    [JSON.parse('{"__proto__":{"displayName":"x"}}'), 'unknownProperty'],
    [JSON.parse('{"constructor":{"prototype":{}}}'), 'unknownProperty'],
    [JSON.parse('{"mailboxSettings":{"__proto__":{}}}'), 'unknownProperty'],
    [JSON.parse('{"mailboxSettings":{"toString":1}}'), 'unknownProperty']
  ]
  for (const [body, kind] of bodies) {
    for (const [method, target] of [
      ['POST', '/users'],
      ['PATCH', `/users/${user}`],
      ['PUT', `/users/${user}`]
    ] as const) {
      const before = graph.entities
      const error = refusal(() => graph.ask(method, target, body))
      t.match(error, { kind, status: 400 }, `${method} ${kind}`)
      t.ok((error as Error).message.length < 2000)
      t.equal(graph.entities, before)
    }
  }
  t.match(
    refusal(() => graph.ask('PUT', `/users/${user}/mailboxSettings`, nested(10_000))),
    { kind: 'tooDeep' }
  )
  t.match(
    refusal(() => graph.ask('POST', `/users/${user}/revokeSignInSessions`, nested(10_000))),
    { kind: 'tooDeep' }
  )
  t.match(
    refusal(() => graph.ask('PUT', `/users/${user}/manager/$ref`, nested(10_000))),
    { kind: 'tooDeep' }
  )
  t.end()
})

t.test('large bodies that fit are taken', (t) => {
  const graph = new Graph()
  const megabyte = 'x'.repeat(1 << 20)
  const phones = Array.from({ length: 50_000 }, (_, at) => String(at))
  const user = graph.post('/users', { displayName: megabyte, businessPhones: phones })
  t.match(graph.get(`/users/${user}?$select=displayName,businessPhones`), {
    displayName: megabyte,
    businessPhones: phones
  })
  const extension = graph.post(`/users/${user}/extensions`, {
    '@odata.type': '#microsoft.graph.openTypeExtension',
    ...many(50_000),
    ['__proto__']: { x: 1 },
    constructor: 'c'
  })
  const read = graph.get(`/users/${user}/extensions/${extension}`)
  t.equal(read['p49999'], 49_999)
  t.strictSame(Object.getOwnPropertyDescriptor(read, '__proto__')?.value, { x: 1 })
  t.equal(Object.getPrototypeOf(read), Object.prototype)
  t.end()
})

t.test('keys of any characters', (t) => {
  const graph = new Graph()
  const keys = [
    '__proto__',
    'constructor',
    "O'Brien",
    'a/b',
    'a\\b',
    '\u0000',
    '𝒳',
    '$count',
    '(x)',
    '%2F',
    "')/x('",
    'ö'.repeat(1000),
    ' ',
    '.',
    '..',
    'microsoft.graph.user'
  ]
  for (const id of keys) {
    const { headers } = graph.ask('POST', '/domains', { id })
    const segment = `/domains('${encodeURIComponent(id.replaceAll("'", "''"))}')`
    t.match(graph.get(segment), { id }, id)
    const location = String(headers['location']).replace('https://graph.microsoft.com/beta', '')
    t.match(graph.get(location), { id }, location)
    const below = graph.ask('POST', `${segment}/serviceConfigurationRecords`, { label: id })
    const path = String(below.headers['location']).replace('https://graph.microsoft.com/beta', '')
    t.match(graph.get(path), { label: id }, path)
  }
  t.equal(graph.ask('GET', '/domains/$count').body, String(keys.length))
  const link = String(graph.get('/domains?$top=1&x=\ud800&\ud800=1')['@odata.nextLink'])
  t.match(link, /%EF%BF%BD/)
  t.end()
})

t.test('queries that multiply are refused', (t) => {
  const graph = new Graph()
  const users = Array.from({ length: 30 }, (_, at) =>
    graph.post('/users', { displayName: String(at), businessPhones: Array.from({ length: 100 }, String) })
  )
  const groups = Array.from({ length: 30 }, () =>
    graph.post('/groups', { 'members@odata.bind': users.map((id) => `users/${id}`) })
  )
  const lambda = (depth: number): string =>
    depth === 0 ? 'false' : `businessPhones/any(p${String(depth)}:${lambda(depth - 1)})`
  const walk = (depth: number): string =>
    depth === 0
      ? "displayName eq 'x'"
      : `memberOf/any(g${String(depth)}:g${String(depth)}/members/any(m${String(depth)}:m${String(depth)}/${walk(depth - 1)}))`
  const expand = (depth: number): string =>
    depth === 0
      ? 'members($select=id)'
      : `members($select=id;$expand=memberOf($select=id;$expand=${expand(depth - 1)}))`
  const rows = [
    `/users?$filter=${lambda(8)}`,
    `/users?$filter=${walk(4)}`,
    `/groups?$expand=${expand(3)}`,
    '/groups?$select=id&$expand=members($select=id;$levels=max;$expand=memberOf($select=id;$expand=members($select=id)))'
  ]
  for (const target of rows) {
    t.match(
      refusal(() => graph.get(target)),
      { kind: 'tooMuch', status: 400, code: 'Request_UnsupportedQuery', message: 'Unsupported Query.' },
      target.slice(0, 60)
    )
  }
  for (const [at, group] of groups.entries())
    graph.ask('POST', `/groups/${group}/members/$ref`, {
      '@odata.id': `groups/${groups[(at + 1) % groups.length] as string}`
    })
  t.equal(
    graph.ask('GET', `/groups/${groups[0] as string}/transitiveMembers/$count`).body,
    '59',
    'groups that hold one another'
  )
  t.equal(graph.ask('GET', `/groups/${groups[0] as string}/transitiveMemberOf/$count`).body, '29')
  t.end()
})

t.test('texts of a megabyte in queries and paths', (t) => {
  const graph = new Graph()
  graph.post('/users', { displayName: 'Ada' })
  const much = (text: string) => text.repeat(Math.ceil((1 << 20) / text.length))
  const targets = [
    `/users?$filter=${much('(')}`,
    `/users?$filter=displayName eq '${much('x')}'`,
    `/users?$filter=displayName in (${much("'a',")}'b')`,
    `/users?$select=${much('displayName,')}id`,
    `/users?$expand=${much('manager,')}manager`,
    `/users?$expand=${much('manager($expand=')}`,
    `/users?$orderby=${much('displayName,')}id`,
    `/users?$search=${much('"')}`,
    `/users?$search="displayName:${much('a')}"`,
    `/users?$skiptoken=${much('A')}`,
    `/users?$top=${much('9')}`,
    `/users?${much('x=1&')}`,
    `/users/${much('a')}`,
    `/users/${much('a/')}`,
    `/users('${much("''")}')`,
    `/${much('__proto__/')}`
  ]
  for (const target of targets) {
    const isKnown = (error: unknown) =>
      error instanceof EngineError || error instanceof QueryError || error instanceof PathError
    try {
      graph.ask('GET', target)
      t.pass(target.slice(0, 30))
    } catch (error) {
      t.ok(isKnown(error), `${target.slice(0, 30)}: ${String(error).slice(0, 200)}`)
    }
  }
  t.end()
})
