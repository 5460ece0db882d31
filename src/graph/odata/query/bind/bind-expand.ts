import type { Expand, ExpandItem, ExpandOptions } from '../parse/clauses.js'
import { QueryError, unknownProperty } from '../query-error.js'
import type { PropertyInfo, TypeInfo, TypeModel } from '../type-model.js'
import { structuredNamed } from './bind-path.js'
import type { BoundExpand, BoundQuery } from './bound-query.js'
import { endsWithType } from './selection.js'

/** Holds the options of an item against the type that it leads to. */
type Nested = (options: ExpandOptions, type: TypeInfo) => BoundQuery

/**
 * Holds `$expand` against a type.
 *
 * @throws QueryError
 */
export function bindExpand(
  expand: Expand | undefined,
  type: TypeInfo,
  model: TypeModel,
  nested: Nested
): readonly BoundExpand[] {
  const bound = new Map<string, BoundExpand>()
  for (const item of expand ?? []) {
    if (item.segments[0] === '*') continue
    const one = bindItem(item, type, model, nested)
    bound.set([...one.path, one.navigation.name].join('/'), one)
  }
  // What is named beside a star has its own options (documented: OData 4.01 URL Conventions 5.1.3).
  for (const star of expand ?? []) {
    if (star.segments[0] !== '*') continue
    for (const navigation of type.navigations()) {
      if (!bound.has(navigation.name)) bound.set(navigation.name, expanded(star, [], navigation, model, nested))
    }
  }
  return [...bound.values()]
}

function bindItem(item: ExpandItem, start: TypeInfo, model: TypeModel, nested: Nested): BoundExpand {
  const { segments, position } = item
  const path: string[] = []
  let type = start
  for (const [index, name] of segments.entries()) {
    if (name.includes('.')) {
      type = structuredNamed(name, position, model)
      continue
    }
    const property = type.property(name)
    if (!property) throw unknownProperty(name, type.name, position)
    if (property.kind === 'navigation') {
      if (index < segments.length - 1) throw severalNavigations(position)
      return expanded(item, path, property, model, nested)
    }
    const complex = property.kind === 'complex' ? model.type(property.type) : undefined
    if (!complex || index === segments.length - 1) throw notANavigation(property.name, type.name, position)
    path.push(property.name)
    type = complex
  }
  throw endsWithType(position)
}

function expanded(
  { form, options, position }: ExpandItem,
  path: readonly string[],
  navigation: PropertyInfo,
  model: TypeModel,
  nested: Nested
): BoundExpand {
  const target = structuredNamed(navigation.type, position, model)
  const { top, skip, count = false, levels = 1 } = options
  return { path, navigation, target, form, query: nested(options, target), top, skip, count, levels }
}

function severalNavigations(position: number): QueryError {
  return new QueryError(
    'Found a path traversing multiple navigation properties. Please rephrase the query such that each expand path contains only type segments and navigation properties.',
    position
  )
}

function notANavigation(name: string, type: string, position: number): QueryError {
  return new QueryError(
    `Property '${name}' on type '${type}' is not a navigation property or complex property. Only navigation properties can be expanded.`,
    position
  )
}
