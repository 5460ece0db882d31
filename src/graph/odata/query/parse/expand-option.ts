import type { Expand } from './clauses.js'
import { parseFilter, parseOrderBy } from './parse-expression.js'
import { parseSearch } from './parse-search.js'
import { parseSelect } from './parse-select.js'
import { QueryError } from '../query-error.js'

/**
 * The value of an option in the parentheses of `$expand`; `undefined` for a name that is none.
 *
 * @param name without `$`, in lower case
 * @throws QueryError
 */
export function expandOption(name: string, value: string, expand: (text: string) => Expand): unknown {
  switch (name) {
    case 'select':
      return parseSelect(value)
    case 'expand':
      return expand(value)
    case 'filter':
      return parseFilter(value)
    case 'orderby':
      return parseOrderBy(value)
    case 'search':
      return parseSearch(value)
    case 'top':
      return wholeNumber(value, 'Top', 'a non-negative integer')
    case 'skip':
      return wholeNumber(value, 'Skip', 'a non-negative integer')
    case 'levels':
      return /^\s*max\s*$/i.test(value) ? 'max' : wholeNumber(value, 'Levels', "a non-negative integer or 'max'")
    case 'count':
      return boolean(value)
    default:
      return undefined
  }
}

function wholeNumber(value: string, option: string, what: string): number {
  const number = /^\s*\d{1,19}\s*$/.test(value) ? Number(value) : NaN
  if (Number.isNaN(number)) throw new QueryError(`${option} option must be ${what}, it is set to '${value}' instead.`)
  return number
}

function boolean(value: string): boolean {
  const word = value.trim().toLowerCase()
  if (word === 'true' || word === 'false') return word === 'true'
  throw new QueryError(`Count option must be a boolean value, it is set to '${value}' instead.`)
}
