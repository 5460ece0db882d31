import { quoted, type PathArgument } from '../odata/path/path-arguments.js'
import { encodeValue } from '../odata/path/percent.js'
import type { KeyValue, ResolvedPath, ResolvedSegment } from '../odata/path/resolved-path.js'
import type { QueryOptions } from '../odata/query/parse/query-options.js'
import type { EntityRef } from '../../tenants/entities/entity.js'
import { parentOf } from '../../tenants/entities/entity-path.js'

/** The path of an entity as a URL has it: `users('a%40b')/messages('1')`. */
export function urlOf({ collection, key }: EntityRef): string {
  return key === '' ? collectionUrl(collection) : `${collectionUrl(collection)}(${quoted(key)})`
}

/** The path of a collection as a URL has it. */
export function collectionUrl(collection: string): string {
  const parent = parentOf(collection)
  return parent ? `${urlOf(parent.ref)}/${parent.name}` : collection
}

/** A resolved path as a URL has it, keys in parentheses. */
export function pathUrl({ segments }: ResolvedPath): string {
  let text = ''
  for (const segment of segments)
    text += segment.kind === 'key' ? `(${keyText(segment.values)})` : `/${nameOf(segment)}`
  return text.slice(1)
}

function keyText(values: readonly KeyValue[]): string {
  const [only] = values
  if (only && values.length === 1) return quoted(only.value)
  return values.map(({ name, value }) => `${name}=${quoted(value)}`).join(',')
}

function nameOf(segment: Exclude<ResolvedSegment, { kind: 'key' }>): string {
  switch (segment.kind) {
    case 'root':
      return segment.root.name
    case 'navigation':
    case 'property':
      return segment.property.name
    case 'cast':
      return segment.type.name
    case 'operation': {
      const given = [...segment.arguments].map(([name, argument]) => `${name}=${argumentText(argument)}`)
      return `${segment.operation.name}${segment.operation.kind === 'function' ? `(${given.join(',')})` : ''}`
    }
    default:
      return `$${segment.kind}`
  }
}

function argumentText({ type, value }: PathArgument): string {
  return type === 'Edm.String' ? quoted(value) : encodeValue(value)
}

/**
 * The link to the next page: all options of the request but `$skip`, which has been done, and the new token last
 * (captured for users and groups).
 *
 * @param url of the collection, without query
 */
export function nextLink(url: string, { given }: QueryOptions, token: string): string {
  const options: string[] = []
  for (const [name, { text, dollar }] of given.system) {
    if (name !== 'skip' && name !== 'skiptoken')
      options.push(`${dollar ? '$' : ''}${name}=${encodeURIComponent(wellFormed(text))}`)
  }
  for (const [name, text] of [...given.aliases, ...given.custom]) {
    options.push(`${encodeURIComponent(wellFormed(name)).replace('%40', '@')}=${encodeURIComponent(wellFormed(text))}`)
  }
  return `${url}?${[...options, `$skiptoken=${token}`].join('&')}`
}

/** Half a character has no form in a URL. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString()
}
