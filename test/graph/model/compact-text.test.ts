import { isDeepStrictEqual as same } from 'node:util'
import fc from 'fast-check'
import t from 'tap'
import {
  parseSpec,
  parseType,
  shortName,
  writeSpec,
  writeText,
  writeType
} from '../../../src/graph/model/compact-text.js'
import { parseEnum, writeEnum } from '../../../src/graph/model/enum-type.js'
import { ModelText } from '../../../src/graph/model/model-text.js'
import { parseOperations, writeOperation } from '../../../src/graph/model/operation.js'

/** With the prototype of what parsing gives. */
function record<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(model, { noNullPrototype: true })
}

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.]{0,12}$/)
const kind = fc.oneof(
  fc.constantFrom('s', 'b', 'd', 'D', 'i', 'l', 'j'),
  fc.tuple(fc.constantFrom('#', '.', '>'), name).map(([sigil, type]) => sigil + type)
)
const spec = record({
  kind,
  flags: fc.subarray(['*', '!', '@', '-', '&', '%', '^', '$']).map((flags) => flags.join('')),
  verbs: fc.option(fc.stringMatching(/^[gpaud]{0,3}(\/[gpaud]{0,3})?$/), { nil: undefined })
})
const parameter = record({ kind, flags: fc.constantFrom('', '*', '!', '*!'), verbs: fc.constant(undefined) })

/** Reads of what was written must give what was written. */
function holds<T>(of: fc.Arbitrary<T>, check: (value: T) => boolean): void {
  fc.assert(fc.property(of, check), { numRuns: 200 })
}

t.test('what is written is read again', async () => {
  holds(spec, (one) => same(parseSpec(writeSpec(one)), one))
  const members = fc.uniqueArray(fc.tuple(name, spec), { maxLength: 5, selector: ([member]) => member })
  const type = record({
    name,
    entity: fc.boolean(),
    abstract: fc.boolean(),
    open: fc.boolean(),
    stream: fc.boolean(),
    base: fc.option(name, { nil: undefined }),
    members: members.map((all) => all.map(([member, spec]) => ({ name: member, ...spec })))
  })
  holds(type, (one) => same(parseType(writeType(one)), one))
  const member = record({ name: fc.stringMatching(/^\w{1,8}$/), value: fc.option(fc.integer(), { nil: undefined }) })
  const enumeration = record({ name, flags: fc.boolean(), members: fc.array(member, { minLength: 1 }) })
  holds(enumeration, (one) => same(parseEnum(writeEnum(one)), { ...one, name: `microsoft.graph.${one.name}` }))
})

t.test('operations that are written are read again', async () => {
  const parameters = fc.array(
    fc.tuple(name, parameter).map(([name, spec]) => ({ name, ...spec })),
    { maxLength: 3 }
  )
  const operation = record({
    action: fc.boolean(),
    name,
    parameters,
    returns: fc.option(parameter, { nil: undefined })
  })
  const shape = (one: { name: string; parameters: readonly { name: string }[]; returns: unknown }) => {
    return [one.name, one.parameters.map((each) => each.name), one.returns !== undefined]
  }
  holds(fc.array(operation, { minLength: 1, maxLength: 3 }), (operations) => {
    return same(parseOperations(operations.map(writeOperation).join(';')).map(shape), operations.map(shape))
  })
})

t.test('each line is found by its key in any case, and nothing else is', async () => {
  const key = fc
    .tuple(fc.constantFrom('', '#', '!', '/'), name, fc.constantFrom('', '*'))
    .map((parts) => parts.join(''))
  const lines = fc.uniqueArray(record({ key, body: fc.stringMatching(/^[a-z;:=]{0,20}$/) }), {
    selector: (line) => line.key.toLowerCase(),
    maxLength: 40
  })
  holds(fc.tuple(lines, key), ([lines, other]) => {
    const text = new ModelText(writeText(lines))
    const wanted = (key: string) => lines.find((line) => line.key.toLowerCase() === key.toLowerCase())
    const keys = [...lines.map((line) => line.key), ...lines.map((line) => line.key.toUpperCase()), other]
    const prefixes = ['', '#', '!', '/', other].every((prefix) => {
      const expected = lines.filter((line) => line.key.toLowerCase().startsWith(prefix.toLowerCase()))
      return same(new Set([...text.startingWith(prefix)]), new Set(expected))
    })
    return prefixes && keys.every((one) => same(text.find(one), wanted(one)))
  })
})

t.test('what cannot be looked up is not written', async (t) => {
  const line = (key: string, body = 'C:') => ({ key, body })
  t.throws(() => writeText([line('user'), line('a'), line('User')]), new Error('two lines have the key user'))
  t.throws(
    () => writeText([line('user', 'C:;naïve:s')]),
    new Error('a model has the character ï, which is not of ASCII')
  )
  t.equal(writeText([]), '')
})

t.test('what is no compact text is refused', async (t) => {
  for (const text of ['', 'ss', '.', '#a b', 's?', 's(x)', 's*)']) {
    t.throws(() => parseSpec(text), new Error(`not a kind of the compact text: ${text}`))
  }
  t.throws(() => parseOperations('Xname()'), new Error('not an operation of the compact text: Xname()'))
})

t.test('names are shortened', async (t) => {
  for (const text of ['user', '#user', 'graph.user', 'microsoft.graph.user', '#microsoft.graph.user'])
    t.equal(shortName(text), 'user')
  t.equal(shortName('microsoft.graph.security.alert'), 'security.alert')
  t.equal(shortName('mygraph.user'), 'mygraph.user')
})
