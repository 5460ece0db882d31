import type { Depth } from './depth.js'
import type { Expression, Path, PathSegment } from './expression.js'
import { FUNCTIONS } from '../functions.js'
import type { Lexer } from './lexer.js'
import { QueryError, expected, identifierExpected, syntaxError, unknownFunction } from '../query-error.js'

/** Parses what begins with a name: paths, lambdas over them, function calls. */
export class PathParser {
  readonly #lexer: Lexer
  readonly #depth: Depth
  readonly #expression: () => Expression
  /** The variables of the lambdas that the present token is in. */
  readonly #variables = new Set<string>()

  constructor(lexer: Lexer, depth: Depth, expression: () => Expression) {
    this.#lexer = lexer
    this.#depth = depth
    this.#expression = expression
  }

  path(): Expression {
    const lexer = this.#lexer
    const { start: position, token: first } = lexer
    if (lexer.following === '(') return this.#call()
    lexer.next()
    const root = first === '$it' || this.#variables.has(first) ? first : undefined
    const segments: PathSegment[] = root === undefined ? [segment(first, position)] : []
    const path: Path = { kind: 'path', position, root, segments }
    this.#depth.built(1, position)
    while (lexer.is('/')) {
      lexer.next()
      const { start, token } = lexer
      if (!lexer.is('name')) throw identifierExpected(start)
      const lower = token.toLowerCase()
      const isCall = lexer.following === '('
      lexer.next()
      if (lower === '$count') return { kind: 'count', position, source: path }
      if ((lower === 'any' || lower === 'all') && lexer.is('(')) return this.#lambda(lower, path)
      if (isCall) throw unknownFunction(token, start)
      segments.push(segment(token, start))
    }
    return path
  }

  /** What stands in parentheses, separated by commas; the present token is the opening one. */
  list(): Expression[] {
    const lexer = this.#lexer
    const items: Expression[] = []
    const { start } = lexer
    let height = 0
    lexer.next()
    if (!lexer.is(')')) {
      do {
        if (items.length > 0) lexer.next()
        items.push(this.#expression())
        height = Math.max(height, this.#depth.height)
      } while (lexer.is(','))
      if (!lexer.is(')')) throw expected("')' or ','", lexer.start, lexer.text)
    }
    lexer.next()
    this.#depth.built(height, start)
    return items
  }

  #lambda(kind: 'any' | 'all', source: Path): Expression {
    const lexer = this.#lexer
    const { position } = source
    lexer.next()
    if (lexer.is(')')) {
      lexer.next()
      return { kind, position, source, variable: undefined, predicate: undefined }
    }
    const variable = lexer.token
    if (!lexer.is('name')) throw identifierExpected(lexer.start)
    if (this.#variables.has(variable)) {
      throw new QueryError(`The range variable '${variable}' has already been declared.`, lexer.start)
    }
    lexer.next()
    if (!lexer.is(':')) throw syntaxError(lexer.end, lexer.text)
    lexer.next()
    this.#variables.add(variable)
    const predicate = this.#expression()
    this.#variables.delete(variable)
    if (!lexer.is(')')) throw expected("')' or ','", lexer.start, lexer.text)
    lexer.next()
    this.#depth.built(1 + this.#depth.height, position)
    return { kind, position, source, variable, predicate }
  }

  #call(): Expression {
    const { start: position, token } = this.#lexer
    const lower = token.toLowerCase()
    this.#lexer.next()
    const operands = this.list()
    this.#depth.built(1 + this.#depth.height, position)
    if (lower === 'isof' || lower === 'cast') return typeCall(lower, operands, position)
    // Functions are known in any case (documented: OData 4.01 URL Conventions 5.1.1); others keep their spelling.
    return { kind: 'call', position, name: FUNCTIONS.has(lower) ? lower : token, arguments: operands }
  }
}

function segment(name: string, position: number): PathSegment {
  return { kind: name.includes('.') && !name.startsWith('@') ? 'cast' : 'property', name, position }
}

function typeCall(kind: 'isof' | 'cast', operands: Expression[], position: number): Expression {
  const [last, operand] = [operands.at(-1), operands.length > 1 ? operands[0] : undefined]
  if (last === undefined || operands.length > 2) {
    throw new QueryError(
      `The Cast or IsOf expression has an invalid number of operands: number of operands is '${operands.length}' and it should be 1 or 2.`,
      position
    )
  }
  const type = typeName(last)
  if (type === undefined) throw new QueryError('Cast or IsOf Function must have a type in its arguments.', position)
  return { kind, position, operand, type }
}

/** A type is named bare or, as Intune's documents do, between quotes. */
function typeName(expression: Expression): string | undefined {
  if (expression.kind === 'literal' && expression.type === 'Edm.String') return expression.value
  if (expression.kind !== 'path' || expression.root !== undefined || expression.segments.length > 1) return undefined
  const [only] = expression.segments
  return only?.kind === 'cast' ? only.name : undefined
}
