import { Aliases } from '../../../src/graph/odata/query/bind/aliases.js'
import { bindFilter, bindOrderBy } from '../../../src/graph/odata/query/bind/bind-query.js'
import { Binder } from '../../../src/graph/odata/query/bind/binder.js'
import { Scope } from '../../../src/graph/odata/query/bind/scope.js'
import { jsonContext } from '../../../src/graph/odata/query/evaluate/context.js'
import { evaluator, ordered, predicate } from '../../../src/graph/odata/query/evaluate/evaluate.js'
import { parseFilter, parseOrderBy } from '../../../src/graph/odata/query/parse/parse-expression.js'
import type { TypeModel } from '../../../src/graph/odata/query/type-model.js'
import type { Collation } from '../../../src/graph/odata/query/value/convert.js'
import { primitiveType, structuredType, type ValueType } from '../../../src/graph/odata/query/value/value-type.js'

export const NOW = '2024-06-01T12:00:00Z'

/** Asks questions of one type of a small model. */
export class Ask {
  readonly #model: TypeModel
  readonly #type: ValueType
  readonly #aliases: Aliases
  readonly #collation: Collation

  /** @param type qualified */
  constructor(
    model: TypeModel,
    type: string,
    { aliases = {}, collation = 'ordinal' }: { aliases?: Record<string, string>; collation?: Collation } = {}
  ) {
    this.#model = model
    const structured = model.type(type)
    this.#type = structured ? structuredType(structured) : primitiveType(type)
    this.#aliases = new Aliases(new Map(Object.entries(aliases)), model)
    this.#collation = collation
  }

  /** Whether an entity fits a filter. */
  fits(filter: string, entity: unknown): boolean {
    const bound = bindFilter(parseFilter(filter), this.#type, this.#model, this.#aliases)
    return predicate(bound, this.#collation)(entity, this.#context)
  }

  /** The value of an expression. */
  value(expression: string, entity: unknown): unknown {
    const binder = new Binder(this.#model, new Scope(this.#type), this.#aliases)
    return evaluator(binder.bind(parseFilter(expression)), this.#collation)(entity, this.#context)
  }

  order<T>(orderby: string, entities: readonly T[]): T[] {
    const order = bindOrderBy(parseOrderBy(orderby), this.#type, this.#model, this.#aliases)
    return ordered(entities, order, this.#collation, this.#context)
  }

  get #context() {
    return jsonContext(this.#model, () => NOW)
  }
}
