import type { Expand, OrderBy, Search, Select } from './clauses.js'
import type { Expression } from './expression.js'
import { parseExpand } from './parse-expand.js'
import { parseFilter, parseOrderBy } from './parse-expression.js'
import { parseSearch } from './parse-search.js'
import { parseSelect } from './parse-select.js'
import { QueryError, inOption } from '../query-error.js'
import { readQueryString, type QueryString } from './query-string.js'

/** What a query asks for, parsed, not yet held against a type. */
export interface QueryOptions {
  readonly select: Select | undefined
  readonly expand: Expand | undefined
  readonly filter: Expression | undefined
  readonly orderby: OrderBy | undefined
  readonly search: Search | undefined
  readonly top: number | undefined
  readonly skip: number | undefined
  readonly count: boolean
  /** Opaque, as sent. */
  readonly skiptoken: string | undefined
  readonly deltatoken: string | undefined
  readonly format: string | undefined
  /** The texts that all this was read from, for links to further pages and for what a service repeats in its errors. */
  readonly given: QueryString
}

const MAX_INT64 = 2n ** 63n - 1n

/**
 * Parses a query string.
 *
 * @param query without `?`
 * @param rules see `readQueryString`
 * @throws QueryError
 */
export function parseQueryOptions(query: string, rules: { readonly dollarOptional: boolean }): QueryOptions {
  const given = readQueryString(query, rules)
  const read = <T>(name: 'select' | 'filter' | 'orderby' | 'search', parse: (text: string) => T): T | undefined => {
    const option = given.system.get(name)
    // Without a text an option asks for nothing (assumed: Microsoft's OData library).
    return option && option.text.trim() !== '' ? inOption(`$${name}`, () => parse(option.text)) : undefined
  }
  const expand = given.system.get('expand')
  return {
    select: read('select', parseSelect),
    expand: expand && inOption('$expand', () => parseExpand(expand.text, { dollarOptional: !expand.dollar })),
    filter: read('filter', parseFilter),
    orderby: read('orderby', parseOrderBy),
    search: read('search', parseSearch),
    top: wholeNumber(given, 'top'),
    skip: wholeNumber(given, 'skip'),
    count: boolean(given),
    skiptoken: given.system.get('skiptoken')?.text,
    deltatoken: given.system.get('deltatoken')?.text,
    format: given.system.get('format')?.text,
    given
  }
}

/** Numbers above what JavaScript counts exactly are more than any collection holds. */
function wholeNumber({ system }: QueryString, name: 'top' | 'skip'): number | undefined {
  const text = system.get(name)?.text
  if (text === undefined) return undefined
  const digits = /^\s*\+?(\d{1,19})\s*$/.exec(text)?.[1]
  if (digits !== undefined && BigInt(digits) <= MAX_INT64) return Math.min(Number(digits), Number.MAX_SAFE_INTEGER)
  // Captured for $top: dcblogdev/laravel-microsoft-graph#90.
  throw new QueryError(
    `Invalid value '${text}' for $${name} query option found. The $${name} query option requires a non-negative integer value.`
  )
}

function boolean({ system }: QueryString): boolean {
  const text = system.get('count')?.text ?? 'false'
  const word = text.trim().toLowerCase()
  if (word === 'true' || word === 'false') return word === 'true'
  throw new QueryError(`'${text}' is not a valid count option.`)
}
