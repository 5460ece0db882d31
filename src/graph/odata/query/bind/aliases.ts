import type { Alias } from '../parse/expression.js'
import { parseFilter } from '../parse/parse-expression.js'
import { QueryError } from '../query-error.js'
import type { TypeModel } from '../type-model.js'
import type { BoundConstant } from './bound.js'
import { constantOf, enumConstant } from './constant.js'
import { NULL } from '../value/value-type.js'

/**
 * The values of parameter aliases, each read once. Only literals are taken: an expression behind an alias could make a
 * short query long.
 */
export class Aliases {
  readonly #texts: ReadonlyMap<string, string>
  readonly #model: TypeModel
  readonly #constants = new Map<string, BoundConstant>()

  /** @param texts by name, with `@` */
  constructor(texts: ReadonlyMap<string, string>, model: TypeModel) {
    this.#texts = texts
    this.#model = model
  }

  /**
   * The value of an alias, null where the query gives none (documented: OData 4.01 URL Conventions 5.3).
   *
   * @throws QueryError for what is no literal
   */
  constant({ name, position }: Alias): BoundConstant {
    const known = this.#constants.get(name)
    if (known) return known
    const constant = this.#read(this.#texts.get(name), position)
    this.#constants.set(name, constant)
    return constant
  }

  #read(text: string | undefined, position: number): BoundConstant {
    if (text === undefined) return { kind: 'constant', type: NULL, value: null }
    const expression = parseFilter(text)
    if (expression.kind === 'literal') return constantOf(expression)
    if (expression.kind === 'enum') return enumConstant(expression, this.#model)
    throw new QueryError('The parameter alias value expression is not string value.', position)
  }
}
