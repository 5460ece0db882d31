import fc from 'fast-check'
import t from 'tap'
import { EngineError } from '../../../src/graph/engine/engine-error.js'
import { serverSetOf } from '../../../src/graph/model/server-set.js'
import { beta, Graph, refusal, type Json } from './ask.js'
import { bodies, COLLECTIONS } from './bodies.js'

const RUNS = { numRuns: 12 }

function graphWithMe(): Graph {
  const graph = new Graph()
  graph.userId = graph.post('/users', { displayName: 'Me' })
  return graph
}

function structured(type: string) {
  const found = beta.model.type(type)
  if (!found) throw new Error(`no type ${type}`)
  return found
}

/** What is read of what was sent: members that were not sent come in addition. */
function holds(read: unknown, sent: unknown): boolean {
  if (Array.isArray(sent)) {
    return Array.isArray(read) && read.length === sent.length && sent.every((item, at) => holds(read[at], item))
  }
  if (typeof sent !== 'object' || sent === null) return Object.is(read, sent) || (read === 0 && sent === 0)
  return Object.entries(sent).every(
    ([name, value]) => Object.hasOwn(read as Json, name) && holds((read as Json)[name], value)
  )
}

t.test('what is written is read as it was written', (t) => {
  t.ok(COLLECTIONS.length > 50, String(COLLECTIONS.length))
  for (const [path, name] of COLLECTIONS) {
    const type = structured(name)
    const fixed = [...serverSetOf(type)].filter(([, set]) => set.fixed).map(([property]) => property)
    const graph = graphWithMe()
    fc.assert(
      fc.property(bodies(type), bodies(type), (body, change) => {
        for (const property of [...fixed, ...type.alternateKeys]) {
          Reflect.deleteProperty(body, property)
          Reflect.deleteProperty(change, property)
        }
        const id = graph.post(path, { '@odata.type': `#${name}`, ...body })
        const created = graph.get(`${path}/${id}`)
        const status = graph.ask('PATCH', `${path}/${id}`, change).status
        const after = graph.get(`${path}/${id}`)
        const whole = graph.ask('PUT', `${path}/${id}`, { '@odata.type': `#${name}`, ...body })
        const replaced = graph.get(`${path}/${id}`)
        return (
          holds(created, body) &&
          [200, 204].includes(status) &&
          holdsMerged(after, body, change) &&
          whole.entities === graph.entities &&
          holds(replaced, body)
        )
      }),
      RUNS
    )
    t.pass(path)
  }
  t.end()
})

/** What the change said, else what was there; complex values that both sent are merged. */
function holdsMerged(read: Json, body: Json, change: Json): boolean {
  return (
    Object.entries(change).every(([name, value]) => holds(read[name], value)) &&
    Object.entries(body).every(([name, value]) => Object.hasOwn(change, name) || holds(read[name], value))
  )
}

/** Bodies that do not fit: each one is a body that does, with one thing wrong. */
const WRONG: readonly ((body: Json) => Json)[] = [
  (body) => ({ ...body, notAProperty: 1 }),
  (body) => ({ ...body, displayNames: ['x'] }),
  (body) => ({ ...body, ['__proto__']: { a: 1 } }),
  (body) => ({ ...body, constructor: 'x' }),
  (body) => ({ ...body, '@odata.type': '#microsoft.graph.nothing' }),
  (body) => ({ ...body, '@odata.type': '#microsoft.graph.identity' }),
  (body) => ({ ...body, '@odata.type': 5 }),
  (body) => ({ ...body, id: 5 }),
  (body) => ({ ...body, 'x@y': 1 })
]

t.test('a refused write changes nothing', (t) => {
  for (const [path, name] of COLLECTIONS) {
    const type = structured(name)
    if (type.is('microsoft.graph.fieldValueSet')) continue
    const graph = graphWithMe()
    const id = graph.post(path, { '@odata.type': `#${name}` })
    const wrongKinds = [...type.properties.values()]
      .filter(({ type }) => type !== 'Edm.Untyped')
      .map((property) => (body: Json) => ({ ...body, [property.name]: property.collection ? [[[]]] : [{}] }))
    fc.assert(
      fc.property(
        bodies(type),
        fc.constantFrom(...WRONG, ...wrongKinds),
        fc.constantFrom('POST', 'PATCH', 'PUT'),
        (body, spoil, method) => {
          const before = graph.entities
          const target = method === 'POST' ? path : `${path}/${id}`
          const error = refusal(() => graph.ask(method, target, spoil({ '@odata.type': `#${name}`, ...body })))
          return error instanceof EngineError && error.status === 400 && graph.entities === before
        }
      ),
      RUNS
    )
    t.pass(path)
  }
  t.end()
})
