import type { OrderBy, OrderByItem } from './clauses.js'
import type { Expression } from './expression.js'
import { ExpressionParser } from './expression-parser.js'
import { Lexer } from './lexer.js'
import { syntaxError } from '../query-error.js'

/**
 * Parses the text of `$filter`, already percent-decoded.
 *
 * @throws QueryError without the words that begin the message of an option, see `inOption`
 */
export function parseFilter(text: string): Expression {
  const lexer = new Lexer(text)
  const expression = new ExpressionParser(lexer).expression()
  demandEnd(lexer)
  return expression
}

/** Parses the text of `$orderby`; throws as {@link parseFilter} does. */
export function parseOrderBy(text: string): OrderBy {
  const lexer = new Lexer(text)
  const parser = new ExpressionParser(lexer)
  const items: OrderByItem[] = []
  for (;;) {
    const expression = parser.expression()
    const direction = lexer.is('name') ? lexer.token.toLowerCase() : ''
    if (direction === 'asc' || direction === 'desc') lexer.next()
    items.push({ expression, descending: direction === 'desc' })
    if (!lexer.is(',')) break
    lexer.next()
  }
  demandEnd(lexer)
  return items
}

function demandEnd(lexer: Lexer): void {
  if (!lexer.is('end')) throw syntaxError(lexer.end, lexer.text)
}
