import type { Expression, Path } from '../../../src/graph/odata/query/parse/expression.js'

/**
 * A plain interpreter of a part of the language, written apart from the one it is compared with: numbers are fractions,
 * date-times ticks, and types are told by the names of the properties of `microsoft.graph.thing`.
 */
interface Fraction {
  readonly top: bigint
  readonly bottom: bigint
  readonly whole: boolean
}
interface Ticks {
  readonly ticks: bigint
}
type Value = null | boolean | string | Fraction | Ticks | readonly unknown[]
type Json = Readonly<Record<string, unknown>>
type Variables = Readonly<Record<string, unknown>>

export function refer(expression: Expression, entity: Json, variables: Variables = {}): Value {
  const value = (inner: Expression): Value => refer(inner, entity, variables)
  switch (expression.kind) {
    case 'literal':
      return literal(expression.type, expression.value)
    case 'path':
      return typed(expression, follow(expression, entity, variables))
    case 'count':
      return whole(BigInt(list(follow(expression.source, entity, variables)).length))
    case 'any':
    case 'all': {
      const items = list(follow(expression.source, entity, variables))
      const { variable = '', predicate } = expression
      const truths = items.map(
        (item) => !predicate || refer(predicate, entity, { ...variables, [variable]: item }) === true
      )
      return expression.kind === 'any' ? truths.includes(true) : !truths.includes(false)
    }
    case 'call':
      return call(expression.name, expression.arguments.map(value))
    case 'not': {
      const truth = value(expression.operand)
      return truth === null ? null : truth === false
    }
    case 'negate': {
      const number = value(expression.operand) as Fraction | null
      return number && reckon('sub', { top: 0n, bottom: 1n, whole: number.whole }, number)
    }
    case 'and': {
      const truths = expression.operands.map(value)
      return truths.includes(false) ? false : truths.includes(null) ? null : true
    }
    case 'or': {
      const truths = expression.operands.map(value)
      return truths.includes(true) ? true : truths.includes(null) ? null : false
    }
    case 'in':
      return (expression.list as readonly Expression[]).some(
        (item) => compare(value(expression.operand), value(item)) === 0
      )
    case 'binary': {
      const [left, right] = [value(expression.left), value(expression.right)]
      const order = compare(left, right)
      switch (expression.operator) {
        case 'eq':
          return order === 0
        case 'ne':
          return order !== 0
        case 'gt':
          return order === 1
        case 'lt':
          return order === -1
        case 'ge':
          return order === 0 || order === 1
        case 'le':
          return order === 0 || order === -1
        default:
          return left === null || right === null
            ? null
            : reckon(expression.operator, left as Fraction, right as Fraction)
      }
    }
    default:
      throw new Error(`not in the reference: ${expression.kind}`)
  }
}

function follow({ root, segments }: Path, entity: Json, variables: Variables): unknown {
  let at: unknown = root === undefined || root === '$it' ? entity : variables[root]
  for (const { name } of segments) at = at === null || at === undefined ? null : ((at as Json)[name] ?? null)
  return at ?? null
}

/** By the last name of a path; the variables are named by what they stand for. */
function typed({ root, segments }: Path, json: unknown): Value {
  if (json === null) return null
  switch (segments.at(-1)?.name ?? root) {
    case 'number':
    case 'zip':
    case 'n':
      return whole(BigInt(json as number))
    case 'big':
      return whole(BigInt(json as string))
    case 'price':
      return fraction(`${json as string | number}`, false)
    case 'at':
    case 'until':
      return ticks(json as string)
    default:
      return json as Value
  }
}

function list(json: unknown): readonly unknown[] {
  return (json ?? []) as readonly unknown[]
}

function literal(type: string, text: string): Value {
  switch (type) {
    case 'null':
      return null
    case 'Edm.Boolean':
      return text === 'true'
    case 'Edm.String':
      return text
    case 'Edm.DateTimeOffset':
      return ticks(text)
    default:
      return fraction(text, type === 'Edm.Int32' || type === 'Edm.Int64')
  }
}

function whole(top: bigint): Fraction {
  return { top, bottom: 1n, whole: true }
}

function fraction(text: string, isWhole: boolean): Fraction {
  const [digits = '', places = ''] = text.split('.')
  return { top: BigInt(digits + places), bottom: 10n ** BigInt(places.length), whole: isWhole }
}

function ticks(text: string): Ticks {
  const [, second = '', digits = '', offset = ''] = /^(.{19})(?:\.(\d+))?(.+)$/.exec(text) ?? []
  return { ticks: BigInt(Date.parse(`${second}${offset}`)) * 10_000n + BigInt(digits.padEnd(7, '0')) }
}

function reckon(operator: string, left: Fraction, right: Fraction): Fraction | null {
  const isWhole = left.whole && right.whole
  const made = (top: bigint, bottom: bigint): Fraction | null =>
    isWhole && (top > 2n ** 63n - 1n || top < -(2n ** 63n)) ? null : { top, bottom, whole: isWhole }
  switch (operator) {
    case 'add':
      return made(left.top * right.bottom + right.top * left.bottom, left.bottom * right.bottom)
    case 'sub':
      return made(left.top * right.bottom - right.top * left.bottom, left.bottom * right.bottom)
    case 'mul':
      return made(left.top * right.top, left.bottom * right.bottom)
    case 'div':
      return right.top === 0n ? null : made(left.top / right.top, 1n)
    case 'mod':
      return right.top === 0n ? null : made(left.top % right.top, 1n)
    default:
      throw new Error(`not in the reference: ${operator}`)
  }
}

/** `undefined` where one of both is null. */
function compare(left: Value, right: Value): number | undefined {
  if (left === null || right === null) return left === right ? 0 : undefined
  const [first, second] = comparable(left, right)
  return first < second ? -1 : first > second ? 1 : 0
}

function comparable(left: Value, right: Value): [string | number | bigint, string | number | bigint] {
  if (typeof left === 'string') return [left, right as string]
  if (typeof left === 'boolean') return [Number(left), Number(right)]
  if (left !== null && 'ticks' in left) return [left.ticks, (right as Ticks).ticks]
  const [first, second] = [left as Fraction, right as Fraction]
  return [first.top * second.bottom, second.top * first.bottom]
}

function call(name: string, values: readonly Value[]): Value {
  if (values.includes(null)) return null
  const [text, part] = values as [string, string]
  switch (name) {
    case 'contains':
      return text.split(part).length > 1 || part === ''
    case 'startswith':
      return text.startsWith(part)
    case 'endswith':
      return part.length <= text.length && text.endsWith(part)
    case 'length':
      return whole(BigInt(text.length))
    case 'indexof':
      return whole(BigInt(text.indexOf(part)))
    case 'concat':
      return `${text}${part}`
    case 'tolower':
      return text.toLowerCase()
    default:
      throw new Error(`not in the reference: ${name}`)
  }
}
