import type { BoundQuery } from '../odata/query/bind/bound-query.js'
import { ordered, predicate } from '../odata/query/evaluate/evaluate.js'
import type { Collation } from '../odata/query/value/convert.js'
import { runSearch } from './run-search.js'
import type { EntityContext } from './entity-context.js'
import type { GraphType } from './graph-type.js'
import type { Held } from './place.js'

type Chosen = Pick<BoundQuery, 'filter' | 'search'>

/** The directory compares text without regard to case (assumed); others as OData has it. */
export function collationOf(type: GraphType): Collation {
  return type.isDerivedFrom('microsoft.graph.directoryObject') ? 'ignoreCase' : 'ordinal'
}

/** Whether an entity fits `$filter` and `$search`; `undefined` where there is neither. */
export function chooser(
  { filter, search }: Chosen,
  type: GraphType,
  context: EntityContext
): ((held: Held) => boolean) | undefined {
  if (!filter && !search) return undefined
  const fits = filter && predicate(filter, collationOf(type))
  const found = search && runSearch(search)
  return (held) => {
    const values = context.enter(held)
    return (!fits || fits(values, context)) && (!found || found(values))
  }
}

/** Entities in the order of `$orderby`. */
export function inOrder(
  helds: readonly Held[],
  { orderby }: Pick<BoundQuery, 'orderby'>,
  type: GraphType,
  context: EntityContext
): Held[] {
  const values = helds.map((held) => context.keep(held))
  return ordered(values, orderby, collationOf(type), context).map((one) => context.heldBy(one) as Held)
}
