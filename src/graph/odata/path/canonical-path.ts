import { pathArguments } from './path-arguments.js'
import { pathSegments, type PathSegment } from './path-segments.js'
import { encodeSegment } from './percent.js'

/** A name in a namespace of Graph's own, also by its alias. */
const QUALIFIED = /^(?:microsoft\.)?graph\.(?:[a-z_]\w*\.)*[a-z_]\w*$/i
const ORIGIN = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i

/**
 * One spelling for all spellings of a path that mean the same, so that they meet the same route: without origin and
 * query, with single slashes and none at the end, keys in parentheses as segments, operations without their namespace,
 * escapes only where they have to be. Case stays as it is, because keys have one.
 *
 * `/users('a%2Fb')//microsoft.graph.getMemberGroups()/?x` is `/users/a%2Fb/getMemberGroups`. In parentheses stay alternate
 * and compound keys, parameters of functions, and keys that would be something else as a segment, such as `$count`.
 *
 * @param isType tells the qualified names that stand for a type, which a cast needs whole
 */
export function canonicalPath(raw: string, isType: (qualifiedName: string) => boolean = () => false): string {
  const [path = ''] = raw.replace(ORIGIN, '').split(/[?#]/, 1)
  const segments = pathSegments(path).map((segment) => canonicalSegment(segment, isType))
  return `/${segments.join('/')}`
}

function canonicalSegment({ text, name, parentheses }: PathSegment, isType: (name: string) => boolean): string {
  if (parentheses === undefined) return encodeSegment(unqualified(text, isType))
  const bare = unqualified(name, isType)
  const found = pathArguments(parentheses)
  if (found?.length === 0) return encodeSegment(bare)
  const key = found?.find(({ name, type }) => name === undefined && type !== 'alias')?.value
  return isPlainKey(key) ? `${encodeSegment(bare)}/${encodeSegment(key)}` : encodeSegment(`${bare}(${parentheses})`)
}

/** Whether it is a key as a segment too, and the same one. */
function isPlainKey(value: string | undefined): value is string {
  return value !== undefined && value !== '' && !value.startsWith('$') && !value.endsWith(')') && !QUALIFIED.test(value)
}

function unqualified(name: string, isType: (name: string) => boolean): string {
  return QUALIFIED.test(name) && !isType(name) ? name.slice(name.lastIndexOf('.') + 1) : name
}
