import type { Select, SelectItem } from '../parse/clauses.js'
import { QueryError, unknownProperty } from '../query-error.js'
import type { PropertyInfo, TypeInfo, TypeModel } from '../type-model.js'
import { structuredNamed } from './bind-path.js'

/** Which properties of an entity or complex value are wanted, by the names that the model has for them. */
export interface Selection {
  /** With what is wanted of each; `undefined` stands for all of it. In the order in which they were named. */
  readonly properties: ReadonlyMap<string, Selection | undefined>
}

interface Growing extends Selection {
  readonly properties: Map<string, Growing | undefined>
}

/**
 * Holds `$select` against a type.
 *
 * @returns `undefined` where everything is wanted
 * @throws QueryError for a name that the type lacks
 */
export function bindSelect(select: Select | undefined, type: TypeInfo, model: TypeModel): Selection | undefined {
  if (!select || select.length === 0) return undefined
  const selection: Growing = { properties: new Map() }
  for (const item of select) if (item.segments[0] !== '*') add(selection, item, type, model)
  return select.some(({ segments }) => segments[0] === '*') ? undefined : selection
}

function add(selection: Growing, { segments, position }: SelectItem, start: TypeInfo, model: TypeModel): void {
  const names = bindPath(segments, position, start, model)
  let at = selection
  for (const [index, name] of names.entries()) {
    const known = at.properties.get(name)
    // A property that is wanted whole stays so.
    if (known === undefined && at.properties.has(name)) return
    if (index === names.length - 1) at.properties.set(name, undefined)
    else {
      const inner: Growing = known ?? { properties: new Map() }
      at.properties.set(name, inner)
      at = inner
    }
  }
}

/** The names that the model has for the properties of a path; casts are checked and left out. */
function bindPath(segments: readonly string[], position: number, start: TypeInfo, model: TypeModel): string[] {
  const names: string[] = []
  let type: TypeInfo | undefined = start
  let owner = start.name
  if (isCast(segments.at(-1) as string)) throw endsWithType(position)
  for (const name of segments) {
    if (isCast(name)) {
      type = structuredNamed(name, position, model)
      owner = type.name
    } else {
      const property: PropertyInfo | undefined = type?.property(name)
      if (!property) throw unknownProperty(name, owner, position)
      names.push(property.name)
      owner = property.type
      type = property.kind === 'complex' || property.kind === 'navigation' ? model.type(property.type) : undefined
    }
  }
  return names
}

/** Of a path in `$select` or `$expand`. */
export function endsWithType(position: number): QueryError {
  return new QueryError(
    "Found a path within a select or expand query option that isn't ended by a non-type segment.",
    position
  )
}

function isCast(name: string): boolean {
  return name.includes('.') && !name.startsWith('@')
}
