import { Depth } from './depth.js'
import type { BinaryOperator, Expression, Literal } from './expression.js'
import type { Lexer } from './lexer.js'
import { HIGHEST_PRECEDENCE, PRECEDENCE, UNARY_PRECEDENCE, type Operator } from './operators.js'
import { PathParser } from './path-parser.js'
import { QueryError, expected } from '../query-error.js'

const WORDS: ReadonlyMap<string, Literal['type']> = new Map([
  ['true', 'Edm.Boolean'],
  ['false', 'Edm.Boolean'],
  ['null', 'null']
])
const FLOATS = new Set(['INF', 'NaN'])
/** ISO 8601 durations of days, hours, minutes and seconds (OData 4.01 ABNF `durationValue`). */
const DURATION = /^-?P(?=[\dT])(?:\d{1,9}D)?(?:T(?=\d)(?:\d{1,9}H)?(?:\d{1,9}M)?(?:\d{1,9}(?:\.\d{1,12})?S)?)?$/i
const BASE64URL = /^[\w-]*={0,2}$/

/** Parses the expressions of `$filter` and `$orderby`, from the present token of a lexer on. */
export class ExpressionParser {
  readonly #lexer: Lexer
  readonly #depth = new Depth()
  readonly #paths: PathParser
  /** Looked up once for each token, though each level of operators asks. */
  readonly #looked: { at: number; operator: Operator | undefined; precedence: number } = {
    at: -1,
    operator: undefined,
    precedence: 0
  }

  constructor(lexer: Lexer) {
    this.#lexer = lexer
    this.#paths = new PathParser(lexer, this.#depth, () => this.expression())
  }

  /** @throws QueryError */
  expression(): Expression {
    return this.#depth.nest(this.#lexer.start, () => this.#binary(0))
  }

  /** Operators that bind more tightly than `above`. */
  #binary(above: number): Expression {
    let left = this.#unary(above)
    for (;;) {
      const { operator, precedence } = this.#operator()
      if (operator === undefined || precedence <= above) return left
      if (operator === 'and' || operator === 'or') left = this.#logical(operator, precedence, left)
      else if (operator === 'in') left = this.#in(left)
      else left = this.#pair(operator, precedence, left)
    }
  }

  /** Names of operators are taken in any case (documented: OData 4.01 URL Conventions 5.1.1). */
  #operator(): { readonly operator: Operator | undefined; readonly precedence: number } {
    const looked = this.#looked
    const { start } = this.#lexer
    if (looked.at !== start) {
      const word = this.#lexer.is('name') ? this.#lexer.token.toLowerCase() : ''
      const precedence = PRECEDENCE.get(word)
      looked.at = start
      looked.operator = precedence === undefined ? undefined : (word as Operator)
      looked.precedence = precedence ?? 0
    }
    return looked
  }

  #pair(operator: BinaryOperator, precedence: number, left: Expression): Expression {
    const height = this.#depth.height
    this.#lexer.next()
    const right = this.#binary(precedence)
    this.#depth.built(1 + Math.max(height, this.#depth.height), left.position)
    return { kind: 'binary', position: left.position, operator, left, right }
  }

  #logical(operator: 'and' | 'or', precedence: number, first: Expression): Expression {
    const operands = [first]
    let { height } = this.#depth
    while (this.#operator().operator === operator) {
      this.#lexer.next()
      operands.push(this.#binary(precedence))
      height = Math.max(height, this.#depth.height)
    }
    this.#depth.built(1 + height, first.position)
    return { kind: operator, position: first.position, operands }
  }

  #in(operand: Expression): Expression {
    const lexer = this.#lexer
    const { height } = this.#depth
    lexer.next()
    const list = lexer.is('(') ? this.#paths.list() : this.#binary(HIGHEST_PRECEDENCE)
    this.#depth.built(1 + Math.max(height, this.#depth.height), operand.position)
    return { kind: 'in', position: operand.position, operand, list }
  }

  #unary(above: number): Expression {
    const { kind, start: position } = this.#lexer
    const isNot = kind === 'name' && this.#lexer.token.toLowerCase() === 'not'
    if (kind !== '-' && !isNot) return this.#primary()
    this.#lexer.next()
    const operand = this.#depth.nest(position, () => this.#binary(Math.max(above, UNARY_PRECEDENCE)))
    this.#depth.built(1 + this.#depth.height, position)
    return { kind: isNot ? 'not' : 'negate', position, operand }
  }

  #primary(): Expression {
    const lexer = this.#lexer
    if (lexer.is('(')) return this.#parentheses()
    if (lexer.is('name') && !this.#isWord()) return this.#paths.path()
    const expression = this.#simple()
    lexer.next()
    this.#depth.built(1, expression.position)
    return expression
  }

  #isWord(): boolean {
    const { token, following } = this.#lexer
    return (WORDS.has(token.toLowerCase()) || FLOATS.has(token)) && following !== '/' && following !== '('
  }

  #parentheses(): Expression {
    const lexer = this.#lexer
    lexer.next()
    const inner = this.expression()
    if (!lexer.is(')')) throw expected("')' or operator", lexer.start, lexer.text)
    lexer.next()
    return inner
  }

  /** An expression of one token. */
  #simple(): Expression {
    const lexer = this.#lexer
    const { kind, start: position, text } = lexer
    switch (kind) {
      case 'string':
        return { kind: 'literal', position, type: 'Edm.String', value: lexer.unquoted }
      case 'literal':
        return literal(lexer.literal, lexer.token, position)
      case 'name':
        return word(lexer.token, position)
      case 'prefixed':
        return prefixed(lexer.token, lexer.unquoted, position, text)
      case 'alias':
        return { kind: 'alias', position, name: lexer.token }
      default:
        throw expected('Expression', position, text)
    }
  }
}

function literal(type: Literal['type'], token: string, position: number): Literal {
  return { kind: 'literal', position, type, value: type === 'Edm.Guid' ? token.toLowerCase() : token }
}

function word(token: string, position: number): Literal {
  const type = WORDS.get(token.toLowerCase())
  if (type === undefined) return { kind: 'literal', position, type: 'Edm.Double', value: token }
  return { kind: 'literal', position, type, value: token.toLowerCase() }
}

function prefixed(token: string, value: string, position: number, text: string): Expression {
  const prefix = token.slice(0, token.indexOf("'"))
  const lower = prefix.toLowerCase()
  if (lower !== 'duration' && lower !== 'binary') return { kind: 'enum', position, type: prefix, value }
  const type = lower === 'duration' ? 'Edm.Duration' : 'Edm.Binary'
  if ((lower === 'duration' ? DURATION : BASE64URL).test(value)) return { kind: 'literal', position, type, value }
  throw new QueryError(`Unrecognized '${type}' literal '${token}' at '${position}' in '${text}'.`, position)
}
