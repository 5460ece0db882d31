import type { ValueType } from '../value/value-type.js'

/** What names stand for at one place of an expression: the entity itself, and the variables of the lambdas around. */
export class Scope {
  /** The type of the entity that is filtered, or of the item of a collection of values. */
  readonly entity: ValueType
  readonly #variables: { readonly name: string; readonly type: ValueType }[] = []

  constructor(entity: ValueType) {
    this.entity = entity
  }

  /** The number of the variable and its type; -1 and the entity for `$it` and for no name. */
  find(name: string | undefined): { readonly variable: number; readonly type: ValueType } {
    const variable = this.#variables.findIndex((declared) => declared.name === name)
    return { variable, type: this.#variables[variable]?.type ?? this.entity }
  }

  /** Binds what stands in a lambda, with its variable declared. */
  within<T>(name: string, type: ValueType, bind: (variable: number) => T): T {
    this.#variables.push({ name, type })
    try {
      return bind(this.#variables.length - 1)
    } finally {
      this.#variables.pop()
    }
  }
}
