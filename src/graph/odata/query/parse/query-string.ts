import { unescape } from 'node:querystring'
import { QueryError, givenTwice } from '../query-error.js'

/** The system query options that Graph has (documented: concepts/query-parameters.md) or pages with. */
const SYSTEM_OPTIONS = [
  'select',
  'expand',
  'filter',
  'orderby',
  'search',
  'top',
  'skip',
  'count',
  'format',
  'skiptoken',
  'deltatoken'
] as const
/** OData's, which no page of Graph has. To pass over them would answer what was not asked for. */
const REFUSED_OPTIONS = ['compute', 'apply'] as const

export type SystemOption = (typeof SYSTEM_OPTIONS)[number]

export interface GivenOption {
  /** Percent-decoded. */
  readonly text: string
  /** Whether it was written with `$`. */
  readonly dollar: boolean
}

/** A query string taken apart, nothing of it read. */
export interface QueryString {
  /** In the order in which they were sent. */
  readonly system: ReadonlyMap<SystemOption, GivenOption>
  /** Parameter aliases by name, with `@`. */
  readonly aliases: ReadonlyMap<string, string>
  /** All else, which a service passes over (documented: concepts/query-parameters.md). */
  readonly custom: ReadonlyMap<string, string>
}

/**
 * Takes a query string apart. Names of options are taken in any case (documented: OData 4.01 URL Conventions 5.1).
 *
 * @param query without `?`
 * @param rules `dollarOptional`: whether `filter` means `$filter`, as on beta (documented: concepts/query-parameters.md);
 *   else it is a custom option
 * @throws QueryError for an option given twice (captured: msgraph-sdk-java#336), and for `$compute` and `$apply` (text
 *   captured for options that a resource lacks: microsoft-graph-docs-contrib#2556)
 */
export function readQueryString(query: string, rules: { readonly dollarOptional: boolean }): QueryString {
  const system = new Map<SystemOption, GivenOption>()
  const aliases = new Map<string, string>()
  const custom = new Map<string, string>()
  for (const part of query.split('&')) {
    const equals = part.indexOf('=')
    const [name, value] = equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)]
    const decoded = decode(name)
    const dollar = decoded.startsWith('$')
    const option = dollar || rules.dollarOptional ? decoded.slice(dollar ? 1 : 0).toLowerCase() : ''
    if (isSystemOption(option)) {
      if (system.has(option)) throw givenTwice(option)
      system.set(option, { text: option === 'expand' ? unescape(value) : decode(value), dollar })
    } else if ((REFUSED_OPTIONS as readonly string[]).includes(option)) throw notAllowed(option)
    else if (decoded.startsWith('@')) aliases.set(decoded, decode(value))
    else if (decoded !== '') custom.set(decoded, decode(value))
  }
  return { system, aliases, custom }
}

/**
 * `+` is a space, but for `$expand`, in which it stays what it is (captured: msgraph-sdk-dotnet#1081). A `%` that begins
 * no escape stays (assumed: .NET's Uri.UnescapeDataString).
 */
function decode(text: string): string {
  return unescape(text.replaceAll('+', ' '))
}

function isSystemOption(name: string): name is SystemOption {
  return (SYSTEM_OPTIONS as readonly string[]).includes(name)
}

function notAllowed(option: string): QueryError {
  const name = option.charAt(0).toUpperCase() + option.slice(1)
  return new QueryError(
    `The query specified in the URI is not valid. Query option '${name}' is not allowed. To allow it, set the 'AllowedQueryOptions' property on EnableQueryAttribute or QueryValidationSettings.`
  )
}
