import type { Search, SearchTerm } from '../parse/clauses.js'

/**
 * Whether something fits `$search`.
 *
 * @param fits whether it fits one term, which is for the collection to say
 */
export function matchesSearch(search: Search, fits: (term: SearchTerm) => boolean): boolean {
  switch (search.kind) {
    case 'term':
      return fits(search)
    case 'not':
      return !matchesSearch(search.operand, fits)
    case 'and':
      return search.operands.every((operand) => matchesSearch(operand, fits))
    case 'or':
      return search.operands.some((operand) => matchesSearch(operand, fits))
  }
}

/**
 * A term of the directory, `"displayName:room"`, taken apart; `undefined` for one that names no property (documented:
 * concepts/search-query-parameter.md).
 */
export function propertyTerm({ quoted, text }: SearchTerm): { property: string; text: string } | undefined {
  const [, property, rest] = (quoted ? /^([A-Za-z_]\w*):([^]*)$/ : /^$/).exec(text) ?? []
  return property === undefined || rest === undefined ? undefined : { property, text: rest }
}

/** Where a word begins besides behind spaces and symbols: at a capital after a small letter, and where digits begin or end. */
const BREAKS = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Nd})(?=\p{L})|(?<=\p{L})(?=\p{Nd})|[^\p{L}\p{Nd}]+/u

/** The words of a text as the directory splits `displayName` and `description`, in lower case (documented there). */
export function searchWords(text: string): string[] {
  return text
    .split(BREAKS)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase())
}

/** Whether each word that is sought begins a word of the text, in any order (documented there; the beginning assumed). */
export function matchesWords(text: string, sought: string): boolean {
  const words = searchWords(text)
  return searchWords(sought).every((wanted) => words.some((word) => word.startsWith(wanted)))
}
