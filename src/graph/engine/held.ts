import { stableGuid } from '../../lib/guid.js'
import type { Entities } from '../../tenants/entities/entities.js'
import type { Entity, EntityRef, JsonObject } from '../../tenants/entities/entity.js'
import type { GraphModel } from './graph-model.js'
import type { GraphType } from './graph-type.js'
import type { Held } from './place.js'

/** What places are looked for in. */
export interface Surroundings {
  readonly model: GraphModel
  readonly entities: Entities
  readonly tenantId: string
}

export function heldAt(ref: EntityRef, entities: Entities): Held | undefined {
  const entity = entities.get(ref)
  return entity && { ref, entity }
}

/** A singleton, or a single contained entity: it exists always, with defaults until it is written (assumed). */
export function singleton(ref: EntityRef, type: GraphType, { entities, tenantId }: Surroundings): Held | undefined {
  const entity = entities.get(ref)
  if (entity) return { ref, entity }
  if (type.structured.abstract) return undefined
  return { ref, entity: new Unwritten(ref, type, tenantId) }
}

/** A singleton that nobody wrote yet. Most paths only pass it, so its id is made when it is asked for. */
class Unwritten implements Entity {
  readonly key: string
  readonly type: string
  readonly #id: string | undefined
  #properties: JsonObject | undefined

  constructor({ collection, key }: EntityRef, { name, keys }: GraphType, tenantId: string) {
    this.key = key
    this.type = name
    this.#id = keys.includes('id') ? `${tenantId} ${collection}` : undefined
  }

  get properties(): JsonObject {
    return (this.#properties ??= this.#id === undefined ? {} : { id: stableGuid(this.#id) })
  }
}
