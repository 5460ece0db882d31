import type { Entities } from '../../tenants/entities/entities.js'
import { StateSlot } from '../../tenants/state-slot.js'

/**
 * What a tenant has of entities once somebody wrote one. It is no member of the state document: snapshots keep it, and a
 * reset drops it.
 */
export const entitiesSlot = new StateSlot<{ readonly entities?: Entities }>({
  schemas: {} as never,
  initial: () => ({})
})
