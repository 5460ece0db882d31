import { misplacedSegment, malformedSegment } from './path-error.js'
import { pathArguments, type PathArgument } from './path-arguments.js'
import type { PathType } from './path-model.js'
import type { KeyValue, ResolvedSegment } from './resolved-path.js'

/** The values of parameter aliases by name, with `@`, as the query gives them. */
export type AliasTexts = ReadonlyMap<string, string>

type Key = Extract<ResolvedSegment, { kind: 'key' }>

/** A key that stands as a segment. Only keys of one property can. */
export function keySegment(text: string, type: PathType): Key | undefined {
  const [name, ...others] = type.keys
  return name === undefined || others.length > 0
    ? undefined
    : { kind: 'key', values: [{ name, value: text }], alternate: false }
}

/**
 * A key in parentheses, declared or alternate.
 *
 * @param segment all of it, for messages
 * @throws PathError
 */
export function parenthesizedKey(parentheses: string, segment: string, type: PathType, aliases: AliasTexts): Key {
  const found = pathArguments(parentheses)?.map((argument) => withoutAlias(argument, aliases))
  if (!found || found.some((argument) => argument?.type === 'json')) throw malformedSegment(segment)
  const values = found.map((argument) => {
    if (!argument) throw malformedSegment(segment)
    return argument
  })
  const [only] = values
  if (only && only.name === undefined) {
    const key = keySegment(only.value, type)
    if (!key) throw misplacedSegment(segment, KEYS_MUST_BE_NAMED)
    return key
  }
  return namedKey(values, segment, type)
}

const KEYS_MUST_BE_NAMED = "Segments with multiple key values must specify them in 'name=value' form."

function namedKey(values: readonly PathArgument[], segment: string, type: PathType): Key {
  for (const names of [type.keys, ...type.alternateKeys]) {
    const matched = names.map((name) => valueOf(name, values))
    if (names.length === values.length && matched.every((value) => value !== undefined)) {
      return { kind: 'key', values: matched, alternate: names !== type.keys }
    }
  }
  throw misplacedSegment(
    segment,
    `The key in the request URI is not valid for resource '${type.name}'. Ensure that the names and number of key properties match the declared or alternate key properties for the resource '${type.name}'.`
  )
}

function valueOf(name: string, values: readonly PathArgument[]): KeyValue | undefined {
  const found = values.find((argument) => argument.name?.toLowerCase() === name.toLowerCase())
  return found && { name, value: found.value }
}

/** An alias stands for a literal that the query gives; without one there is nothing. */
export function withoutAlias(argument: PathArgument, aliases: AliasTexts): PathArgument | undefined {
  if (argument.type !== 'alias') return argument
  const [literal, ...others] = pathArguments(aliases.get(argument.value) ?? '') ?? []
  if (literal?.name !== undefined || others.length > 0 || literal?.type === 'alias') return undefined
  return literal && { ...literal, name: argument.name }
}
