import { tooDeep } from '../query-error.js'

/**
 * How deeply a query may nest: parentheses, `not`, arguments, lambdas, and operators that hold one another.
 * Microsoft's OData library counts 800 of its own calls, some eight a level (assumed for Graph).
 */
const MAX_DEPTH = 100

/** Counts how deep a recursive parser has got, and how high the trees are that it builds. */
export class Depth {
  #depth = 0
  /** Of the tree that was built last. */
  #height = 0

  /** @throws QueryError where the limit is passed */
  nest<T>(position: number, parse: () => T): T {
    if (++this.#depth > MAX_DEPTH) throw tooDeep(position)
    const result = parse()
    this.#depth--
    return result
  }

  get height(): number {
    return this.#height
  }

  /**
   * Notes that a tree was built.
   *
   * @throws QueryError where it is too high for those who walk it
   */
  built(height: number, position: number): void {
    if (height > MAX_DEPTH) throw tooDeep(position)
    this.#height = height
  }
}
