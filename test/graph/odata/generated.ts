import fc from 'fast-check'
import type { Expression, Literal, Path } from '../../../src/graph/odata/query/parse/expression.js'

/** Generated expressions over `microsoft.graph.thing`, each of a type, and entities to ask them of. */

type Made = fc.Arbitrary<Expression>

const position = 0
const characters = fc.constantFrom('a', 'B', "'", ' ', '/', 'ü', '(', '☃')
const text = fc.string({ unit: characters, maxLength: 4 })
const dateTime = fc
  .record({
    second: fc.integer({ min: 0, max: 5 }),
    fraction: fc.constantFrom('', '.1', '.0000001', '.1234567'),
    zone: fc.constantFrom('Z', '+00:00', '+01:00')
  })
  .map(({ second, fraction, zone }) => `2024-01-01T00:00:0${second}${fraction}${zone}`)
const int32 = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }))
const int64 = fc.oneof(int32.map(BigInt), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))
const cents = fc.integer({ min: -300, max: 300 }).map((number) => (number / 100).toFixed(2))

const literal = (type: Literal['type'], value: string): Literal => ({ kind: 'literal', position, type, value })
const NULL = fc.constant(literal('null', 'null'))
const path = (text: string): Path => {
  const names = text.split('/')
  const root = /^[a-z]$|^\$it$/.test(names[0] ?? '') ? names.shift() : undefined
  return { kind: 'path', position, root, segments: names.map((name) => ({ kind: 'property', position, name })) }
}
const call = (name: string, ...values: Made[]): Made =>
  fc.tuple(...values).map((found) => ({ kind: 'call', position, name, arguments: found }))
const unary = (kind: 'not' | 'negate', inner: Made): Made => inner.map((operand) => ({ kind, position, operand }))
const binary = (operators: readonly string[], left: Made, right: Made): Made =>
  fc
    .tuple(fc.constantFrom(...operators), left, right)
    .map(
      ([operator, first, second]) => ({ kind: 'binary', position, operator, left: first, right: second }) as Expression
    )

/** Paths of a type: from the entity, or from a variable in scope. */
interface Scope {
  readonly strings: readonly string[]
  readonly integers: readonly string[]
  readonly depth: number
}

const ENTITY: Scope = {
  strings: ['text', 'other', 'address/city', 'parent/text', '$it/text'],
  integers: ['number', 'big', 'address/zip', 'parent/number'],
  depth: 4
}

const COMPARISONS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const

function strings(scope: Scope): Made {
  const leaves: Made[] = [
    text.map((value) => literal('Edm.String', value)),
    fc.constantFrom(...scope.strings.map(path)),
    NULL
  ]
  if (scope.depth <= 0) return fc.oneof(...leaves)
  const inner = strings({ ...scope, depth: scope.depth - 2 })
  return fc.oneof(...leaves, ...leaves, call('concat', inner, inner), call('tolower', inner))
}

function integers(scope: Scope): Made {
  const leaves: Made[] = [
    int32.map((number) => literal('Edm.Int32', String(number))),
    fc.constantFrom(...scope.integers.map(path)),
    fc
      .constantFrom('tags', 'children', 'parent/tags')
      .map((source) => ({ kind: 'count', position, source: path(source) })),
    NULL
  ]
  if (scope.depth <= 0) return fc.oneof(...leaves)
  const inner = integers({ ...scope, depth: scope.depth - 1 })
  const texts = strings({ ...scope, depth: 0 })
  return fc.oneof(
    ...leaves,
    binary(['add', 'sub', 'mul', 'div', 'mod'], inner, inner),
    unary('negate', inner),
    call('length', texts),
    call('indexof', texts, texts)
  )
}

function decimals(depth: number): Made {
  const leaves: Made[] = [cents.map((value) => literal('Edm.Single', value)), fc.constant(path('price')), NULL]
  if (depth <= 0) return fc.oneof(...leaves)
  return fc.oneof(...leaves, binary(['add', 'sub', 'mul'], decimals(depth - 1), decimals(depth - 1)))
}

const dates: Made = fc.oneof(
  dateTime.map((value) => literal('Edm.DateTimeOffset', value)),
  fc.constantFrom(path('at'), path('until')),
  NULL
)

function lambda(scope: Scope): Made {
  const over = (source: string, variable: string, inner: Scope): Made =>
    fc.tuple(fc.constantFrom('any', 'all'), booleans(inner)).map(([kind, predicate]) => ({
      kind,
      position,
      source: path(source),
      variable,
      predicate
    }))
  const depth = scope.depth - 2
  // A variable is declared once on the way; each name stands for items of one type.
  const free = (variable: string) =>
    ![...scope.strings, ...scope.integers].some((name) => name.split('/')[0] === variable)
  const lambdas: Made[] = [
    fc.constantFrom('tags', 'numbers').map((source) => ({
      kind: 'any' as const,
      position,
      source: path(source),
      variable: undefined,
      predicate: undefined
    }))
  ]
  if (free('s')) lambdas.push(over('tags', 's', { ...scope, strings: [...scope.strings, 's'], depth }))
  if (free('n')) lambdas.push(over('numbers', 'n', { ...scope, integers: [...scope.integers, 'n'], depth }))
  if (free('a')) {
    lambdas.push(
      over('addresses', 'a', {
        strings: [...scope.strings, 'a/city'],
        integers: [...scope.integers, 'a/zip'],
        depth
      })
    )
  }
  return fc.oneof(...lambdas)
}

export function booleans(scope: Scope = ENTITY): Made {
  const flat = { ...scope, depth: Math.min(scope.depth, 2) - 1 }
  const compared: Made[] = [
    binary(COMPARISONS, strings(flat), strings(flat)),
    binary(COMPARISONS, integers(flat), integers(flat)),
    binary(COMPARISONS, decimals(2), decimals(2)),
    binary(COMPARISONS, decimals(1), integers({ ...flat, depth: 0 })),
    binary(COMPARISONS, dates, dates)
  ]
  const leaves: Made[] = [
    fc.constantFrom(literal('Edm.Boolean', 'true'), literal('Edm.Boolean', 'false'), path('flag'), path('parent/flag')),
    NULL,
    ...compared,
    call('contains', strings(flat), strings(flat)),
    call('startswith', strings(flat), strings(flat)),
    call('endswith', strings(flat), strings(flat)),
    fc
      .tuple(integers(flat), fc.array(integers({ ...flat, depth: 0 }), { maxLength: 3 }))
      .map(([operand, list]) => ({ kind: 'in', position, operand, list }))
  ]
  if (scope.depth <= 0) return fc.oneof(...leaves)
  const inner = booleans({ ...scope, depth: scope.depth - 1 })
  return fc.oneof(
    ...leaves,
    lambda(scope),
    unary('not', inner),
    fc
      .tuple(fc.constantFrom('and', 'or'), fc.array(inner, { minLength: 2, maxLength: 3 }))
      .map(([kind, operands]) => ({ kind, position, operands }))
  )
}

const maybe = <T>(made: fc.Arbitrary<T>) => fc.oneof(made, fc.constant(null), fc.constant(undefined))
const address = fc.record({ city: maybe(text), zip: maybe(int32) })
const flat = {
  text: maybe(text),
  other: maybe(text),
  flag: maybe(fc.boolean()),
  number: maybe(int32),
  big: maybe(int64.map(String)),
  price: maybe(fc.oneof(cents, cents.map(Number))),
  at: maybe(dateTime),
  until: maybe(dateTime),
  address: maybe(address),
  tags: maybe(fc.array(text, { maxLength: 3 })),
  numbers: maybe(fc.array(int32, { maxLength: 3 })),
  addresses: maybe(fc.array(address, { maxLength: 3 }))
}

export const entities = fc.record({
  ...flat,
  parent: maybe(fc.record(flat)),
  children: maybe(fc.array(fc.record(flat), { maxLength: 2 }))
})
