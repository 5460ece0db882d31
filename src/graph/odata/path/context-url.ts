import type { BoundExpand } from '../query/bind/bound-query.js'
import type { Selection } from '../query/bind/selection.js'
import { quoted } from './path-arguments.js'
import type { PathModel } from './path-model.js'
import type { KeyValue, ResolvedPath, ResolvedSegment } from './resolved-path.js'

/** What an answer holds, as its context URL tells it. */
export interface ContextTarget {
  /** Behind `#`, without what is selected: `groups`, `deviceManagement/managedDevices`, `users('1')/displayName`, `Edm.Boolean`. */
  readonly path: string
  /** What stands behind that; nothing for a value, a property and a singleton. */
  readonly form: 'collection' | 'entity' | 'singleton' | 'property' | 'value' | 'references' | 'reference' | 'none'
}

/** What of an entity is in an answer. */
export interface ContextProjection {
  readonly select: Selection | undefined
  readonly expand: readonly BoundExpand[]
}

const WHOLE: ContextProjection = { select: undefined, expand: [] }

/**
 * The `@odata.context` of an answer (documented: OData 4.01 Protocol 10; captured where a rule says so).
 *
 * @param serviceRoot origin and version, such as `http://localhost:8365/beta`
 * @returns `undefined` for what has none, such as `$count`
 */
export function contextUrl(
  serviceRoot: string,
  { path, form }: ContextTarget,
  projection: ContextProjection = WHOLE
): string | undefined {
  if (form === 'none') return undefined
  const fragment = form === 'property' || form === 'value' ? path : `${path}${projected(projection)}`
  return `${serviceRoot}/$metadata#${form === 'entity' ? `${fragment}/$entity` : fragment}`
}

/**
 * `(id,displayName,manager())`: what is selected, then what is expanded (captured: `users(id,sponsors())`,
 * `deviceCompliancePolicies(assignments(),scheduledActionsForRule(scheduledActionConfigurations()))`).
 */
function projected({ select, expand }: ContextProjection): string {
  const names = [...(select ? selectedPaths(select) : []), ...expand.map(expandedPath)]
  return names.length === 0 ? '' : `(${names.join(',')})`
}

function* selectedPaths({ properties }: Selection, prefix = ''): Generator<string> {
  for (const [name, inner] of properties) {
    if (inner) yield* selectedPaths(inner, `${prefix}${name}/`)
    else yield `${prefix}${name}`
  }
}

function expandedPath({ path, navigation, form, query }: BoundExpand): string {
  const name = [...path, navigation.name].join('/')
  if (form === 'references') return `${name}/$ref`
  if (form === 'count') return `${name}/$count`
  return `${name}${projected(query) || '()'}`
}

/**
 * What the answer to a GET of a path holds. Entities that live elsewhere are told by their entity set (captured:
 * `groups/{id}/members` is `#directoryObjects`), contained ones by the path to them (captured: `…('id')/assignments`);
 * a contained singleton has `/$entity` (captured: `deviceManagement/windowsAutopilotSettings/$entity`).
 */
export function contextTarget({ segments, target }: ResolvedPath, model: PathModel): ContextTarget {
  const last = segments.at(-1)
  if (!last || last.kind === 'count' || last.kind === 'value') return { path: '', form: 'none' }
  if (last.kind === 'ref') {
    return target.collection ? { path: 'Collection($ref)', form: 'references' } : { path: '$ref', form: 'reference' }
  }
  const path = new ContextPath(model)
  for (const segment of segments) path.follow(segment)
  const { type, typeName, collection } = target
  if (typeName === undefined) return { path: '', form: 'none' }
  if (path.isValue) return { path: collection ? `Collection(${typeName})` : typeName, form: 'value' }
  if (!type || type.keys.length === 0 || last.kind === 'property') return { path: path.text, form: 'property' }
  if (collection) return { path: path.text, form: 'collection' }
  return { path: path.text, form: last.kind === 'root' ? 'singleton' : 'entity' }
}

class ContextPath {
  readonly #model: PathModel
  #text = ''
  /** Told by its type alone. */
  isValue = false
  /** A key belongs to the path once something stands below it. */
  #key = ''
  #cast = ''

  constructor(model: PathModel) {
    this.#model = model
  }

  get text(): string {
    return `${this.#text}${this.#cast}`
  }

  follow(segment: ResolvedSegment): void {
    switch (segment.kind) {
      case 'root':
        this.#startAt(segment.root.name)
        break
      case 'key':
        this.#key = keyText(segment.values)
        break
      case 'cast':
        this.#castTo(segment.type.name)
        break
      case 'navigation':
        if (segment.property.contained) this.#below(segment.property.name)
        else this.#entitiesOf(segment.property.type)
        break
      case 'property':
        this.#below(segment.property.name)
        break
      case 'operation': {
        const { returns } = segment.operation
        this.#entitiesOf(returns?.type ?? '')
        break
      }
    }
  }

  #startAt(name: string): void {
    this.#text = name
    this.#key = ''
    this.#cast = ''
  }

  #below(name: string): void {
    this.#startAt(`${this.#text}${this.#key}${this.#cast}/${name}`)
  }

  /** A set of their own tells entities better than a cast (captured: `…/transitiveMemberOf/microsoft.graph.directoryRole`). */
  #castTo(type: string): void {
    const set = this.#model.entitySet(type)
    const hasOwnSet = set !== undefined && set !== this.#text && !this.#text.includes('/')
    if (hasOwnSet) this.#startAt(set)
    else this.#cast = `/${type}`
  }

  #entitiesOf(type: string): void {
    const set = this.#model.entitySet(type)
    this.isValue = set === undefined
    this.#startAt(set ?? '')
  }
}

function keyText(values: readonly KeyValue[]): string {
  const [only, ...others] = values
  if (only && others.length === 0) return `(${quoted(only.value)})`
  return `(${values.map(({ name, value }) => `${name}=${quoted(value)}`).join(',')})`
}
