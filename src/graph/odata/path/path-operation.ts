import { pathArguments, type PathArgument } from './path-arguments.js'
import { malformedSegment } from './path-error.js'
import { withoutAlias, type AliasTexts } from './path-keys.js'
import type { OperationInfo, PathModel, PathType } from './path-model.js'
import type { PathSegment } from './path-segments.js'
import type { ResolvedSegment } from './resolved-path.js'

type Operation = Extract<ResolvedSegment, { kind: 'operation' }>

/**
 * The operation that a segment names, bound to the type or to a collection of it. Of functions of one name the
 * parameters tell which it is; an action has none in its path.
 *
 * @throws PathError for parentheses that are not written as OData has them
 */
export function operationSegment(
  { name, text, parentheses }: PathSegment,
  bound: PathType,
  collection: boolean,
  model: PathModel,
  aliases: AliasTexts
): Operation | undefined {
  const candidates = model.operations(name, bound, collection)
  if (candidates.length === 0) return undefined
  const found = pathArguments(parentheses ?? '')
  if (!found) throw malformedSegment(text)
  for (const operation of candidates) {
    const named = operation.kind === 'action' && found.length > 0 ? undefined : matched(operation, found, aliases)
    if (named) return { kind: 'operation', operation, arguments: named }
  }
  return undefined
}

/** The arguments by parameter, where each argument has one and nothing is missing that a function needs. */
function matched(
  { kind, parameters }: OperationInfo,
  found: readonly PathArgument[],
  aliases: AliasTexts
): ReadonlyMap<string, PathArgument> | undefined {
  const named = new Map<string, PathArgument>()
  for (const argument of found) {
    const parameter = parameters.find(({ name }) => name.toLowerCase() === argument.name?.toLowerCase())
    if (!parameter) return undefined
    named.set(parameter.name, withoutAlias(argument, aliases) ?? { name: argument.name, type: 'null', value: 'null' })
  }
  const isComplete = kind === 'action' || named.size === parameters.length
  return isComplete ? named : undefined
}
