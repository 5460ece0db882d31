import { endOfBalanced } from './balanced.js'
import type { Select, SelectItem } from './clauses.js'
import { Lexer } from './lexer.js'
import { QueryError, identifierExpected, invalidTerm, tooDeep } from '../query-error.js'

/** Segments of one path (assumed: the limit of Microsoft's OData library). */
const MAX_PATH = 100

/**
 * Parses the text of `$select`, already percent-decoded. An empty text selects everything, as no `$select` does.
 *
 * @throws QueryError without the words that begin the message of an option, see `inOption`
 */
export function parseSelect(text: string): Select {
  const lexer = new Lexer(text)
  const items: SelectItem[] = []
  while (!lexer.is('end')) {
    const position = lexer.start
    items.push({ position, segments: selectPath(lexer) })
    if (lexer.is('(')) {
      throw invalidTerm(text.slice(lexer.start, endOfBalanced(text, lexer.start)), lexer.start)
    }
    demandComma(lexer)
  }
  return items
}

/** The path of an item; the lexer is left behind it. */
function selectPath(lexer: Lexer): string[] {
  if (lexer.is('*')) {
    lexer.next()
    return ['*']
  }
  return termPath(lexer, () => false)
}

/**
 * The segments of a path in `$select` or `$expand`; the lexer is left behind it.
 *
 * @param takes which names that begin with `$` may stand in it
 */
export function termPath(lexer: Lexer, takes: (name: string) => boolean): string[] {
  const segments: string[] = []
  for (;;) {
    if (!lexer.is('name')) throw identifierExpected(lexer.start)
    const name = lexer.token
    if (name.startsWith('$') && !takes(name)) {
      throw new QueryError(`Found system token '${name}' in select or expand clause '${lexer.text}'.`, lexer.start)
    }
    segments.push(name)
    if (segments.length > MAX_PATH) throw tooDeep(lexer.start)
    lexer.next()
    if (!lexer.is('/')) return segments
    lexer.next()
  }
}

/** After an item stands the end or a comma; one comma too many at the end is passed over. */
export function demandComma(lexer: Lexer): void {
  if (lexer.is(',')) lexer.next()
  else if (!lexer.is('end')) throw invalidTerm(lexer.text, lexer.start)
}
