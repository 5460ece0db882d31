import fc from 'fast-check'
import t from 'tap'
import { writeMark } from '../../../src/graph/engine/page-mark.js'
import { Graph, refusal, type Json } from './ask.js'

const ROOT = 'https://graph.microsoft.com/beta'

function withUsers(count: number): Graph {
  const graph = new Graph()
  for (let at = 0; at < count; at++)
    graph.post('/users', {
      displayName: `U${String((at * 7) % count).padStart(3, '0')}`,
      city: at % 2 === 0 ? 'A' : 'B'
    })
  return graph
}

function names(answer: Json): unknown[] {
  return (answer['value'] as Json[]).map(({ displayName }) => displayName)
}

/** What a client reads that follows the links; something may be done between pages. */
function readAll(
  graph: Graph,
  target: string,
  between: (page: number, names: unknown[]) => void = () => undefined
): unknown[] {
  const found: unknown[] = []
  let next: string | undefined = target
  for (let page = 0; next !== undefined; page++) {
    const answer = graph.get(next)
    const page_ = names(answer)
    found.push(...page_)
    const link = answer['@odata.nextLink'] as string | undefined
    next = link?.slice(ROOT.length)
    between(page, page_)
  }
  return found
}

t.test('pages of 100; others where they are asked for', (t) => {
  const graph = withUsers(250)
  const rows: readonly (readonly [target: string, prefer: string | undefined, size: number])[] = [
    ['/users', undefined, 100],
    ['/users?$top=7', undefined, 7],
    ['/users?$top=5000', undefined, 250],
    ['/users?$top=9223372036854775807', undefined, 250],
    ['/users', 'odata.maxpagesize=30', 30],
    ['/users', 'respond-async, MaxPageSize="31"; x=y, maxpagesize=5', 31],
    ['/users?$top=20', 'odata.maxpagesize=30', 20],
    ['/users?$top=40', 'odata.maxpagesize=30', 30],
    ['/users', 'odata.maxpagesize=0', 100],
    ['/users', 'odata.maxpagesize=x', 100],
    ['/users', 'odata.maxpagesize=5000', 250]
  ]
  for (const [target, prefer, size] of rows) {
    graph.prefer = prefer
    const answer = graph.get(target)
    t.equal(names(answer).length, size, `${target} ${String(prefer)}`)
    t.equal('@odata.nextLink' in answer, size < 250)
  }
  t.end()
})

t.test('the link to the next page keeps the options, and the count is told once', (t) => {
  const graph = withUsers(5)
  const first = graph.get("/users?$top=1&$skip=1&$count=true&$select=displayName&$filter=city eq @c&@c='A'&x=%26y")
  t.equal(
    first['@odata.nextLink'],
    `${ROOT}/users?$top=1&$count=true&$select=displayName&$filter=city%20eq%20%40c&@c='A'&x=%26y&$skiptoken=${writeMark({ collection: 0, position: 3 })}`
  )
  t.equal(first['@odata.count'], 3)
  const second = graph.get('/users?$top=1&$count=true&$skiptoken=' + writeMark({ collection: 0, position: 1 }))
  t.notOk('@odata.count' in second)
  t.ok('@odata.nextLink' in second)
  t.equal(
    graph.get('/users?$skip=0&top=1')['@odata.nextLink'],
    `${ROOT}/users?top=1&$skiptoken=${writeMark({ collection: 0, position: 1 })}`
  )
  t.end()
})

t.test('links of every kind of collection', (t) => {
  const graph = withUsers(3)
  const users = graph.get('/users')['value'] as Json[]
  const me = String(users[0]?.['id'])
  graph.userId = me
  const group = graph.post('/groups', { 'members@odata.bind': users.map(({ id }) => `users/${String(id)}`) })
  for (const subject of ['1', '2']) graph.post('/me/messages', { subject })
  const rows: readonly (readonly [target: string, path: string])[] = [
    ['/me/messages?$top=1', '/me/messages'],
    [`/users/${me}/messages?$top=1`, `/users('${me}')/messages`],
    [`/groups/${group}/members/microsoft.graph.user?$top=1`, `/groups('${group}')/members/microsoft.graph.user`],
    ['/directoryObjects?$top=1', '/directoryObjects'],
    [`/groups/${group}/transitiveMembers?$top=1`, `/groups('${group}')/transitiveMembers`]
  ]
  for (const [target, path] of rows) {
    const link = String(graph.get(target)['@odata.nextLink'])
    t.ok(link.startsWith(`${ROOT}${path}?$top=1&$skiptoken=`), link)
    t.equal((graph.get(link.slice(ROOT.length))['value'] as Json[]).length, 1, target)
  }
  t.equal(readAll(graph, '/directoryObjects?$top=2&$select=id').length, 4)
  t.equal(readAll(graph, `/groups/${group}/members?$top=2`).length, 3)
  t.end()
})

t.test('writes between pages neither repeat nor skip what was there', (t) => {
  const options = [
    "$top=2&$filter=city eq 'A'&$orderby=displayName desc",
    '$top=3',
    '$top=3&$orderby=displayName',
    '$top=3&$orderby=city desc,displayName desc',
    "$top=3&$filter=city eq 'A'",
    '$top=3&$orderby=tolower(displayName)'
  ]
  fc.assert(
    fc.property(
      fc.constantFrom(...options.slice(0, 5)),
      fc.array(
        fc.record({ page: fc.nat(5), kind: fc.constantFrom('add', 'delete', 'deleteRead', 'rename'), at: fc.nat(11) })
      ),
      (option, writes) => {
        const graph = withUsers(12)
        const touched = new Set<unknown>()
        const all = names(graph.get('/users'))
        const expected = readAll(graph, `/users?${option}`)
        const found = readAll(graph, `/users?${option}`, (page, read) => {
          for (const { kind, at } of writes.filter((write) => write.page === page)) {
            const name = kind === 'deleteRead' ? read.at(-1) : all[at]
            const [user] = graph.get(`/users?$filter=displayName eq '${String(name)}'`)['value'] as Json[]
            if (kind === 'add') graph.post('/users', { displayName: `N${String(at)}`, city: 'A' })
            else if (user && kind === 'rename') graph.ask('PATCH', `/users/${String(user['id'])}`, { jobTitle: 'x' })
            else if (user) {
              touched.add(name)
              graph.ask('DELETE', `/users/${String(user['id'])}`)
            }
          }
        }).filter((name) => !String(name).startsWith('N'))
        const untouched = (list: unknown[]) => list.filter((name) => !touched.has(name))
        return (
          new Set(found).size === found.length &&
          JSON.stringify(untouched(found)) === JSON.stringify(untouched(expected))
        )
      }
    ),
    { numRuns: 60 }
  )
  t.end()
})

t.test('goes on where the last of a page would stand now', (t) => {
  const graph = withUsers(6)
  const first = graph.get('/users?$top=2&$orderby=displayName')
  t.strictSame(names(first), ['U000', 'U001'])
  const next = String(first['@odata.nextLink']).slice(ROOT.length)
  const [, second] = first['value'] as Json[]
  graph.ask('PATCH', `/users/${String(second?.['id'])}`, { displayName: 'Z' })
  graph.post('/users', { displayName: 'U0005' })
  graph.post('/users', { displayName: 'U0015' })
  t.strictSame(names(graph.get(next)), ['U0015', 'U002'])
  graph.ask('DELETE', `/users/${String(second?.['id'])}`)
  t.strictSame(names(graph.get(next)), ['U0015', 'U002'])
  t.end()
})

t.test('an order by more than properties goes on behind the last of a page where it stands now', (t) => {
  const graph = withUsers(4)
  const target = '/users?$top=1&$orderby=tolower(displayName)'
  t.strictSame(readAll(graph, target), ['U000', 'U001', 'U002', 'U003'])
  const next = String(graph.get(target)['@odata.nextLink']).slice(ROOT.length)
  const [first] = graph.get(target)['value'] as Json[]
  graph.ask('DELETE', `/users/${String(first?.['id'])}`)
  t.match(
    refusal(() => graph.get(next)),
    { kind: 'pageToken', code: 'Directory_ExpiredPageToken', status: 400 }
  )
  t.strictSame(readAll(graph, '/users?$top=2&$orderby=manager/displayName').length, 3)
  t.end()
})

t.test('tokens keep what may be ordered by, shortened', (t) => {
  const graph = new Graph()
  const long = 'x'.repeat(100_000)
  for (const at of [1, 2, 3])
    graph.post('/applications', {
      displayName: long + String(at),
      web: { homePageUrl: long, redirectUris: [long], implicitGrantSettings: { enableIdTokenIssuance: true } }
    })
  const link = String(
    graph.get('/applications?$top=1&$orderby=displayName,web/homePageUrl,isFallbackPublicClient,id')['@odata.nextLink']
  )
  t.ok(link.length < 2000, String(link.length))
  t.equal((graph.get(link.slice(ROOT.length))['value'] as Json[]).length, 1)
  t.end()
})

t.test('tokens that no page told are refused', (t) => {
  const graph = withUsers(1)
  const tokens = [
    '',
    '!',
    'x',
    'x'.repeat(70_000),
    ...['{}', '[]', '[0]', '["0",1]', '[0,-1]', '[0,1,2]', '[0,1,[]]', '[0,1,{},0]', '[0.5,1]', 'null'].map((json) =>
      Buffer.from(json).toString('base64url')
    )
  ]
  for (const token of tokens)
    t.match(
      refusal(() => graph.get(`/users?$skiptoken=${token}`)),
      { kind: 'pageToken', status: 400 },
      token.slice(0, 20)
    )
  const far = writeMark({ collection: 9, position: 1 })
  t.strictSame(names(graph.get(`/users?$skiptoken=${far}`)), [])
  t.end()
})
