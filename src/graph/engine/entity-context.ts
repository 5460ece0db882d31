import type { EvaluationContext } from '../odata/query/evaluate/context.js'
import type { TypeInfo } from '../odata/query/type-model.js'
import { tooMuch } from './engine-error.js'
import type { GraphModel } from './graph-model.js'
import { targetsOf } from './linked.js'
import { heldAt } from './held.js'
import type { Held } from './place.js'
import type { JsonObject } from '../../tenants/entities/entity.js'
import type { Entities } from '../../tenants/entities/entities.js'

/** How many entities a query may be led to beside those that it is asked of, and how many items its lambdas may look at. */
const MOST = { entities: 1_000_000, items: 10_000_000 }

/** What expressions navigate in: the store. Entities stand in them as their stored properties. */
export class EntityContext implements EvaluationContext {
  readonly #model: GraphModel
  readonly #entities: Entities
  readonly #now: Date
  readonly #known = new WeakMap<object, Held>()
  #current: Held | undefined
  #entitiesLeft = MOST.entities
  #itemsLeft = MOST.items

  constructor(model: GraphModel, entities: Entities, now: Date) {
    this.#model = model
    this.#entities = entities
    this.#now = now
  }

  /** What stands for an entity until the next one is entered. */
  enter(held: Held): JsonObject {
    this.#current = held
    return held.entity.properties
  }

  /** What stands for an entity from now on. */
  keep(held: Held): JsonObject {
    this.#known.set(held.entity.properties, held)
    return held.entity.properties
  }

  /** The entity that a value stands for. */
  heldBy(value: object): Held | undefined {
    return value === this.#current?.entity.properties ? this.#current : this.#known.get(value)
  }

  navigate(value: object, name: string): unknown {
    const held = this.heldBy(value)
    const navigation = held && this.#model.nearestKnown(held.entity.type)?.structured.navigation.get(name)
    if (!navigation) return undefined
    const found: JsonObject[] = []
    for (const ref of targetsOf(held.ref, navigation, this.#entities)) {
      if (--this.#entitiesLeft < 0) throw tooMuch(`The query is led to more than ${MOST.entities} entities.`)
      const target = heldAt(ref, this.#entities)
      if (target) found.push(this.keep(target))
    }
    return navigation.collection ? found : found[0]
  }

  typeOf(value: object): TypeInfo | undefined {
    const name = this.heldBy(value)?.entity.type ?? (value as JsonObject)['@odata.type']
    return typeof name === 'string' ? this.#model.nearestKnown(name) : undefined
  }

  visits(items: number): void {
    this.#itemsLeft -= items
    if (this.#itemsLeft < 0) throw tooMuch(`any and all would look at more than ${MOST.items} items.`)
  }

  now(): string {
    return this.#now.toISOString()
  }
}
