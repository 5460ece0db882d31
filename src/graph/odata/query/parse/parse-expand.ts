import { endOfBalanced, endOfOption } from './balanced.js'
import type { Expand, ExpandItem, ExpandOptions } from './clauses.js'
import { expandOption } from './expand-option.js'
import { Lexer } from './lexer.js'
import { demandComma, termPath } from './parse-select.js'
import { QueryError, givenTwice, identifierExpected, invalidTerm, tooDeep } from '../query-error.js'

/** Levels of `$expand` within `$expand`; each reads its text again. */
const MAX_LEVELS = 10
const OPTION = /^\s*(\$?)(\w+)\s*=([^]*)$/
const FORMS: Readonly<Record<string, ExpandItem['form']>> = { $ref: 'references', $count: 'count' }

/** How the options in parentheses are spelt. */
export interface ExpandSpelling {
  /**
   * Whether they may stand without `$`: where `expand` itself does (captured: msgraph-sdk-javascript#466,
   * microsoft-graph-docs-contrib#496).
   */
  readonly dollarOptional: boolean
}

/**
 * Parses the text of `$expand`, already percent-decoded. An empty text expands nothing.
 *
 * @throws QueryError without the words that begin the message of an option, see `inOption`
 */
export function parseExpand(text: string, spelling: ExpandSpelling = { dollarOptional: false }): Expand {
  return expandItems(text, spelling, 1)
}

function expandItems(text: string, spelling: ExpandSpelling, level: number): Expand {
  if (level > MAX_LEVELS) throw tooDeep(0)
  const lexer = new Lexer(text)
  const items: ExpandItem[] = []
  while (!lexer.is('end')) {
    items.push(expandItem(lexer, spelling, level))
    demandComma(lexer)
  }
  return items
}

function expandItem(lexer: Lexer, spelling: ExpandSpelling, level: number): ExpandItem {
  const position = lexer.start
  const path = lexer.is('*') ? starPath(lexer) : termPath(lexer, (name) => Object.hasOwn(FORMS, name))
  const last = path.at(-1) as string
  const form = Object.hasOwn(FORMS, last) ? FORMS[last] : undefined
  const segments = form === undefined ? path : path.slice(0, -1)
  const early = segments.find((name) => name.startsWith('$'))
  if (early !== undefined) throw new QueryError(`No property is allowed after ${early} segment.`, position)
  if (segments.length === 0) throw identifierExpected(position)
  const options = lexer.is('(') ? expandOptions(lexer, segments, spelling, level) : {}
  return { position, segments, form: form ?? 'entities', options }
}

// A star, alone or with `/$ref` behind it.
function starPath(lexer: Lexer): string[] {
  lexer.next()
  if (!lexer.is('/')) return ['*']
  lexer.next()
  if (lexer.token !== '$ref') throw new QueryError('Only $ref is allowed with star in $expand option.', lexer.start)
  lexer.next()
  return ['*', '$ref']
}

/** Each option may stand once (documented: OData 4.01 URL Conventions 5.1.3; text captured for options of a request). */
function expandOptions(lexer: Lexer, path: string[], spelling: ExpandSpelling, level: number): ExpandOptions {
  const { text, start } = lexer
  const refused = () => invalidTerm(text.slice(start, endOfBalanced(text, start)), start)
  const options: Record<string, unknown> = {}
  let at = start + 1
  while (text.charAt(at) !== ')') {
    const stop = endOfOption(text, at)
    const [, dollar, name = '', value = ''] = OPTION.exec(text.slice(at, stop)) ?? []
    const option = name.toLowerCase()
    if (dollar === '' && !spelling.dollarOptional) throw refused()
    const read = expandOption(option, value, (nested) => expandItems(nested, spelling, level + 1))
    if (read === undefined) throw refused()
    if (Object.hasOwn(options, option)) throw givenTwice(option, start)
    options[option] = read
    at = text.charAt(stop) === ';' ? stop + 1 : stop
  }
  if (Object.keys(options).length === 0) throw noOption(path, start)
  lexer.skipTo(at + 1)
  return options
}

function noOption(path: string[], position: number): QueryError {
  return new QueryError(
    `Missing expand option on navigation property '${path.join('/')}'. If a parenthesis expression follows an expanded navigation property, then at least one expand option must be provided.`,
    position
  )
}
