import fc from 'fast-check'
import t from 'tap'
import { EngineError } from '../../../src/graph/engine/engine-error.js'
import { PathError } from '../../../src/graph/odata/path/path-error.js'
import { QueryError } from '../../../src/graph/odata/query/query-error.js'
import { beta, Graph } from './ask.js'
import { bodies, COLLECTIONS } from './bodies.js'

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 400)

const ROOTS = [...beta.roots()]
const WORDS = [
  '$count',
  '$ref',
  '$value',
  'x',
  "('a')",
  'displayName',
  'microsoft.graph.user',
  'microsoft.graph.group',
  'delta',
  '__proto__',
  '',
  "(x='y')",
  '%00'
]

/** A path that follows the model most of the time. */
const paths = fc
  .tuple(
    fc.constantFrom(...ROOTS),
    fc.array(fc.tuple(fc.nat(1000), fc.constantFrom('member', 'member', 'key', 'word', 'operation')), { maxLength: 5 })
  )
  .map(([root, steps]) => {
    let path = `/${root}`
    let type = beta.type(beta.root(root)?.type ?? '')
    let collection = beta.root(root)?.collection ?? false
    for (const [number, kind] of steps) {
      const members = [...(type?.structured.navigation.values() ?? []), ...(type?.structured.properties.values() ?? [])]
      const member = members[number % Math.max(1, members.length)]
      const operations = type ? beta.model.operations({ type: type.structured, collection }) : []
      const operation = operations[number % Math.max(1, operations.length)]
      if (kind === 'word') path += `/${WORDS[number % WORDS.length] as string}`
      else if (kind === 'operation' && operation) path += `/${operation.name}`
      else if (collection) {
        path += '/1'
        collection = false
      } else if (member) {
        path += `/${member.name}`
        type = beta.type(member.type)
        collection = member.collection
      }
    }
    return path
  })

const queries = fc.constantFrom(
  '',
  '?$top=1',
  '?$select=id',
  '?$expand=*',
  "?$filter=id eq '1'",
  '?$orderby=id',
  '?$count=true&$skip=1',
  '?$search="a:b"',
  '?$expand=*($levels=2)',
  '?$id=users/1',
  '?$skiptoken=WzAsMV0'
)

const payloads = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    {},
    [],
    'x',
    5,
    { value: 1 },
    { '@odata.id': 'users/1' },
    { '@odata.type': '#microsoft.graph.user' }
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(...COLLECTIONS).chain(([, type]) => bodies(beta.type(type)?.structured as never, 1))
)

t.test('whatever is asked, the answer is one or a refusal', (t) => {
  const seeded = new Graph()
  seeded.userId = '1'
  const users = [
    'users',
    'groups',
    'devices',
    'applications',
    'deviceManagement/managedDevices',
    'deviceManagement/deviceConfigurations'
  ]
  for (const collection of users) {
    const type =
      { users: 'user', groups: 'group', devices: 'device', applications: 'application' }[collection] ?? 'managedDevice'
    seeded.entities = seeded.entities.put(collection, {
      key: '1',
      type: `microsoft.graph.${type}`,
      properties: { id: '1', displayName: 'x' }
    })
  }
  fc.assert(
    fc.property(
      fc.constantFrom('GET', 'POST', 'PATCH', 'PUT', 'DELETE'),
      paths,
      queries,
      payloads,
      fc.constantFrom('beta', 'v1.0'),
      fc.constantFrom('minimal', 'full'),
      (method, path, query, body, version, level) => {
        const graph = new Graph(seeded.entities)
        Object.assign(graph, { version, level, userId: '1' })
        try {
          const { status, body: answer } = graph.ask(method, path + query, method === 'GET' ? undefined : body)
          JSON.stringify(answer)
          return status >= 200 && status < 300
        } catch (error) {
          if (error instanceof EngineError)
            return error.status >= 400 && error.status < 500 && graph.entities === seeded.entities
          return error instanceof PathError || error instanceof QueryError
        }
      }
    ),
    { numRuns: RUNS }
  )
  t.end()
})
