import { nearestNames } from './nearest-names.js'
import { misplacedSegment, unknownSegment, type PathError } from './path-error.js'
import { keySegment, parenthesizedKey, type AliasTexts } from './path-keys.js'
import type { PathModel, PathProperty, PathType, RootInfo } from './path-model.js'
import { operationSegment } from './path-operation.js'
import { pathSegments, type PathSegment } from './path-segments.js'
import { systemSegment } from './path-system-segment.js'
import type { PathTarget, ResolvedPath, ResolvedSegment } from './resolved-path.js'

const NO_ALIASES: AliasTexts = new Map()

/**
 * Resolves a path against the model.
 *
 * @param path as sent, below the version, without query
 * @throws PathError that names the first segment that does not fit
 */
export function resolvePath(path: string, model: PathModel, aliases: AliasTexts = NO_ALIASES): ResolvedPath {
  const [first, ...rest] = pathSegments(path)
  const resolver = new PathResolver(model, aliases)
  if (!first) return resolver.resolved
  resolver.root(first)
  for (const segment of rest) resolver.next(segment)
  return resolver.resolved
}

class PathResolver {
  readonly #model: PathModel
  readonly #aliases: AliasTexts
  readonly #segments: ResolvedSegment[] = []
  #target: PathTarget = { typeName: undefined, type: undefined, collection: false }
  /** As sent. */
  #previous = ''

  constructor(model: PathModel, aliases: AliasTexts) {
    this.#model = model
    this.#aliases = aliases
  }

  get resolved(): ResolvedPath {
    return { segments: this.#segments, target: this.#target }
  }

  root(segment: PathSegment): void {
    const root = this.#model.root(segment.name)
    if (!root) throw unknownSegment(segment.text, nearestNames(segment.name, this.#model.roots()))
    this.#leadTo({ kind: 'root', root }, root, segment)
    this.#parentheses(segment)
  }

  next(segment: PathSegment): void {
    if (!this.#goesOnWith(segment)) throw mustBeLast(this.#previous)
    const { type, collection } = this.#target
    const system = systemSegment(segment.text, this.#target, this.#previous)
    if (system) this.#add({ kind: system }, this.#target, segment)
    else if (!type) throw onlyValue(this.#previous, segment.text)
    else if (!this.#cast(segment, type) && !this.#property(segment, type) && !this.#operation(segment, type)) {
      this.#key(segment, type, collection)
    }
  }

  /** What a function gives can be counted also where a path cannot go on behind it. */
  #goesOnWith({ text }: PathSegment): boolean {
    const last = this.#segments.at(-1)
    if (last?.kind !== 'operation') return last?.kind !== 'count' && last?.kind !== 'ref' && last?.kind !== 'value'
    return last.operation.composable || (last.operation.kind === 'function' && text.startsWith('$'))
  }

  #add(resolved: ResolvedSegment, target: PathTarget, { text }: PathSegment): void {
    this.#segments.push(resolved)
    this.#target = target
    this.#previous = text
  }

  #leadTo(resolved: ResolvedSegment, to: Pick<RootInfo, 'type' | 'collection'>, segment: PathSegment): void {
    const { type: typeName, collection } = to
    this.#add(resolved, { typeName, type: this.#model.type(typeName), collection }, segment)
  }

  /** To a type that derives from the present one or that it derives from. */
  #cast(segment: PathSegment, from: PathType): boolean {
    const type = segment.name.includes('.') ? this.#model.type(segment.name) : undefined
    if (!type || !(type.isDerivedFrom(from.name) || from.isDerivedFrom(type.name))) return false
    this.#add({ kind: 'cast', type }, { ...this.#target, typeName: type.name, type }, segment)
    this.#parentheses(segment)
    return true
  }

  #property(segment: PathSegment, type: PathType): boolean {
    const property: PathProperty | undefined = this.#target.collection ? undefined : type.property(segment.name)
    if (!property) return false
    const kind = property.kind === 'navigation' ? 'navigation' : 'property'
    this.#leadTo({ kind, property }, property, segment)
    this.#parentheses(segment)
    return true
  }

  #operation(segment: PathSegment, type: PathType): boolean {
    const { collection } = this.#target
    const resolved = operationSegment(segment, type, collection, this.#model, this.#aliases)
    if (!resolved) return false
    const { returns } = resolved.operation
    if (returns) this.#leadTo(resolved, returns, segment)
    else this.#add(resolved, { typeName: undefined, type: undefined, collection: false }, segment)
    return true
  }

  /** What is nothing else behind a collection of entities is a key. */
  #key(segment: PathSegment, type: PathType, collection: boolean): void {
    if (collection && type.keys.length === 0) throw leadsNowhere(this.#previous)
    const key = collection && !segment.text.startsWith('$') ? keySegment(segment.text, type) : undefined
    if (!key) throw unknownSegment(segment.text, nearestNames(segment.name, type.members()))
    this.#add(key, { ...this.#target, collection: false }, segment)
  }

  /** Parentheses behind a collection of entities hold a key; empty ones say nothing. */
  #parentheses(segment: PathSegment): void {
    if (segment.parentheses === undefined || segment.parentheses.trim() === '') return
    const { type, collection } = this.#target
    if (!type || !collection || type.keys.length === 0) {
      throw misplacedSegment(
        segment.text,
        `The request URI is not valid. The segment '${segment.name}' cannot include key predicates, however it may end with empty parenthesis.`
      )
    }
    const key = parenthesizedKey(segment.parentheses, segment.text, type, this.#aliases)
    this.#add(key, { ...this.#target, collection: false }, segment)
  }
}

function mustBeLast(segment: string): PathError {
  return misplacedSegment(
    segment,
    `The request URI is not valid. The segment '${segment}' must be the last segment in the URI because it is one of the following: $ref, $batch, $count, $value, $metadata, a named media resource, an action, a noncomposable function, an action import, a noncomposable function import, an operation with void return type, or an operation import with void return type.`
  )
}

function onlyValue(previous: string, segment: string): PathError {
  return misplacedSegment(
    segment,
    `The segment '${segment}' in the request URI is not valid. The segment '${previous}' refers to a primitive property, function, or service operation, so the only supported value from the next segment is '$value'.`
  )
}

function leadsNowhere(previous: string): PathError {
  return misplacedSegment(
    previous,
    `The request URI is not valid. Since the segment '${previous}' refers to a collection, this must be the last segment in the request URI or it must be followed by an function or action that can be bound to it otherwise all intermediate segments must refer to a single resource.`
  )
}
