import type { Search } from '../odata/query/parse/clauses.js'
import { matchesSearch, matchesWords, propertyTerm } from '../odata/query/evaluate/search.js'
import type { JsonObject } from '../../tenants/entities/entity.js'

/** Properties whose words are searched; of others the beginning (documented: concepts/search-query-parameter). */
const TOKENISED: ReadonlySet<string> = new Set(['displayName', 'description'])

/**
 * Whether the values of an entity fit `$search`. A term that names a property is sought there as the directory does
 * (documented: concepts/search-query-parameter); any other in all text of the entity's own (assumed).
 */
export function runSearch(search: Search): (values: JsonObject) => boolean {
  return (values) =>
    matchesSearch(search, (term) => {
      const named = propertyTerm(term)
      if (!named)
        return Object.values(values).some((value) => typeof value === 'string' && matchesWords(value, term.text))
      const { property, text } = named
      const name = Object.hasOwn(values, property) ? property : nameOf(property, values)
      return textsOf(name === undefined ? undefined : values[name]).some((value) => {
        return TOKENISED.has(name as string)
          ? matchesWords(value, text)
          : value.toLowerCase().startsWith(text.toLowerCase())
      })
    })
}

function nameOf(property: string, values: JsonObject): string | undefined {
  return Object.keys(values).find((name) => name.toLowerCase() === property.toLowerCase())
}

function textsOf(value: unknown): readonly string[] {
  const all = Array.isArray(value) ? (value as unknown[]) : [value]
  return all.filter((one) => typeof one === 'string')
}
