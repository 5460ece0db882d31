import type { Expression, Path } from '../../../src/graph/odata/query/parse/expression.js'

const LEVELS: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  eq: 3,
  ne: 3,
  gt: 4,
  ge: 4,
  lt: 4,
  le: 4,
  add: 5,
  sub: 5,
  mul: 6,
  div: 6,
  divby: 6,
  mod: 6,
  not: 7,
  negate: 7,
  has: 8,
  in: 8
}
const PRIMARY = 9

/** The text of an expression, with no more parentheses than it needs. */
export function print(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return literal(expression.type, expression.value)
    case 'enum':
      return `${expression.type}'${expression.value}'`
    case 'alias':
      return expression.name
    case 'path':
      return path(expression)
    case 'count':
      return `${path(expression.source)}/$count`
    case 'any':
    case 'all': {
      const { variable, predicate } = expression
      const inner = variable === undefined || !predicate ? '' : `${variable}:${print(predicate)}`
      return `${path(expression.source)}/${expression.kind}(${inner})`
    }
    case 'call':
      return `${expression.name}(${expression.arguments.map(print).join(',')})`
    case 'isof':
    case 'cast': {
      const operand = expression.operand ? `${print(expression.operand)},` : ''
      return `${expression.kind}(${operand}${expression.type})`
    }
    case 'not':
      return `not ${within(expression.operand, 7)}`
    case 'negate':
      return `- ${within(expression.operand, 7)}`
    case 'and':
    case 'or':
      return expression.operands.map((operand) => within(operand, level(expression) + 1)).join(` ${expression.kind} `)
    case 'in': {
      const { list } = expression
      const right = 'kind' in list ? within(list, PRIMARY) : `(${list.map(print).join(',')})`
      return `${within(expression.operand, 8)} in ${right}`
    }
    case 'binary': {
      const at = level(expression)
      return `${within(expression.left, at)} ${expression.operator} ${within(expression.right, at + 1)}`
    }
  }
}

function level(expression: Expression): number {
  return LEVELS[expression.kind === 'binary' ? expression.operator : expression.kind] ?? PRIMARY
}

function within(expression: Expression, least: number): string {
  return level(expression) < least ? `(${print(expression)})` : print(expression)
}

function path({ root, segments }: Path): string {
  return [...(root === undefined ? [] : [root]), ...segments.map(({ name }) => name)].join('/')
}

function literal(type: string, value: string): string {
  if (type === 'Edm.String') return `'${value.replaceAll("'", "''")}'`
  if (type === 'Edm.Duration') return `duration'${value}'`
  return type === 'Edm.Binary' ? `binary'${value}'` : value
}
