import type { ExpandOptions, OrderBy } from '../parse/clauses.js'
import type { Expression } from '../parse/expression.js'
import type { QueryOptions } from '../parse/query-options.js'
import { QueryError, inOption } from '../query-error.js'
import type { TypeInfo, TypeModel } from '../type-model.js'
import { Aliases } from './aliases.js'
import { bindExpand } from './bind-expand.js'
import { Binder, isBoolean } from './binder.js'
import type { Bound } from './bound.js'
import type { BoundOrder, BoundQuery } from './bound-query.js'
import { Scope } from './scope.js'
import { bindSelect } from './selection.js'
import { structuredType, type ValueType } from '../value/value-type.js'

/**
 * Holds a query against a type.
 *
 * @throws QueryError with the words that Graph begins the message of the option with
 */
export function bindQuery(options: QueryOptions, type: TypeInfo, model: TypeModel): BoundQuery {
  const aliases = new Aliases(options.given.aliases, model)
  const { filter, orderby } = options
  return {
    select: inOption('$select', () => bindSelect(options.select, type, model)),
    expand: inOption('$expand', () => bindExpand(options.expand, type, model, bindNested(model, aliases))),
    filter: filter && inOption('$filter', () => bindFilter(filter, structuredType(type), model, aliases)),
    orderby: orderby ? inOption('$orderby', () => bindOrderBy(orderby, structuredType(type), model, aliases)) : [],
    search: options.search
  }
}

function bindNested(model: TypeModel, aliases: Aliases): (options: ExpandOptions, type: TypeInfo) => BoundQuery {
  const nested = (options: ExpandOptions, type: TypeInfo): BoundQuery => ({
    select: bindSelect(options.select, type, model),
    expand: bindExpand(options.expand, type, model, nested),
    filter: options.filter && bindFilter(options.filter, structuredType(type), model, aliases),
    orderby: options.orderby ? bindOrderBy(options.orderby, structuredType(type), model, aliases) : [],
    search: options.search
  })
  return nested
}

/**
 * Holds a filter against the type of what is filtered, which may be values of a collection of a primitive type.
 *
 * @throws QueryError without the words that begin the message of an option
 */
export function bindFilter(filter: Expression, type: ValueType, model: TypeModel, aliases: Aliases): Bound {
  const bound = new Binder(model, new Scope(type), aliases).bind(filter)
  if (!isBoolean(bound)) throw new QueryError('The $filter expression must evaluate to a single boolean value.')
  return bound
}

/** Message captured: microsoft-graph-docs#62. Throws as {@link bindFilter} does. */
export function bindOrderBy(orderby: OrderBy, type: ValueType, model: TypeModel, aliases: Aliases): BoundOrder[] {
  const binder = new Binder(model, new Scope(type), aliases)
  return orderby.map(({ expression, descending }) => {
    const by = binder.bind(expression)
    if (by.type.collection || by.type.family === 'structured') {
      throw new QueryError(
        'The $orderby expression must evaluate to a single value of primitive type.',
        expression.position
      )
    }
    return { by, descending }
  })
}
