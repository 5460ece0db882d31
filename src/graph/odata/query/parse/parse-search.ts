import type { Search } from './clauses.js'
import { Depth } from './depth.js'
import { expected, syntaxError } from '../query-error.js'
import { SearchLexer } from './search-lexer.js'

/**
 * Parses the text of `$search`, already percent-decoded: words and texts in double quotes with `AND`, `OR`, `NOT` (in
 * capitals) and parentheses; two that stand beside each other both have to fit (OData 4.01 URL Conventions 5.1.8).
 *
 * @throws QueryError
 */
export function parseSearch(text: string): Search {
  const parser = new SearchParser(new SearchLexer(text))
  return parser.whole()
}

class SearchParser {
  readonly #lexer: SearchLexer
  readonly #depth = new Depth()

  constructor(lexer: SearchLexer) {
    this.#lexer = lexer
  }

  whole(): Search {
    const search = this.#or()
    if (this.#lexer.kind !== 'end') throw syntaxError(this.#lexer.end, this.#lexer.text)
    return search
  }

  #or(): Search {
    const first = this.#and()
    const operands = [first]
    while (this.#lexer.kind === 'OR') {
      this.#lexer.next()
      operands.push(this.#and())
    }
    return operands.length === 1 ? first : { kind: 'or', position: first.position, operands }
  }

  #and(): Search {
    const first = this.#not()
    const operands = [first]
    while (['AND', 'NOT', 'term', '('].includes(this.#lexer.kind)) {
      if (this.#lexer.kind === 'AND') this.#lexer.next()
      operands.push(this.#not())
    }
    return operands.length === 1 ? first : { kind: 'and', position: first.position, operands }
  }

  #not(): Search {
    const { kind, start: position } = this.#lexer
    if (kind !== 'NOT') return this.#primary()
    this.#lexer.next()
    return { kind: 'not', position, operand: this.#depth.nest(position, () => this.#not()) }
  }

  #primary(): Search {
    const lexer = this.#lexer
    const { kind, start: position, value, quoted, text } = lexer
    if (kind === '(') {
      lexer.next()
      const inner = this.#depth.nest(position, () => this.#or())
      if (lexer.kind !== ')') throw expected("')' or operator", lexer.start, text)
      lexer.next()
      return inner
    }
    if (kind !== 'term') throw expected('Expression', position, text)
    lexer.next()
    return { kind: 'term', position, text: value, quoted }
  }
}
