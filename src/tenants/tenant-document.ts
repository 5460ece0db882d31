import { Type, type TObject } from '@sinclair/typebox'
import { addFaults, fixtureFaults, NO_FAULTS } from '../faults/fault-list.js'
import { MAX_RULES } from '../faults/limits.js'
import { FaultDocument } from '../faults/rule.js'
import { changeClock, ClockChange, initialClock, WALL_CLOCK, type Clock } from './clock.js'
import { StateValues, type StateOrigin, type StateSlot } from './state-slot.js'
import { tenantOverridesSchema } from './tenant-state.js'
import type { TenantOverrides } from './state-slot.js'
import type { TenantRecord } from './tenant-record.js'

/**
 * A whole tenant, or what of it differs from the defaults: `tenantDefaults` and the entries of `tenants` in a fixture,
 * and what an export gives.
 */
export type TenantDocument = TenantOverrides & {
  readonly clock?: ClockChange
  readonly faults?: readonly FaultDocument[]
}

export function tenantDocumentSchema(slots: readonly StateSlot[]): TObject {
  return Type.Object(
    {
      ...tenantOverridesSchema(slots).properties,
      clock: Type.Optional({
        ...ClockChange,
        description: 'What is done to the wall clock when the tenant is first used.'
      }),
      faults: Type.Optional(
        Type.Array(FaultDocument, {
          maxItems: MAX_RULES,
          description: 'Fault rules, in the order in which they are tried.'
        })
      )
    },
    { additionalProperties: false, title: 'TenantDocument' }
  )
}

/**
 * What the schema cannot say of a clock: a sentence that begins with the member.
 *
 * @param wall milliseconds since 1970
 */
export function clockMistake(clock: ClockChange | undefined, wall: number): string | undefined {
  try {
    changeClock(WALL_CLOCK, clock ?? {}, wall)
    return undefined
  } catch (error) {
    return `clock is wrong: ${(error as RangeError).message}`
  }
}

/**
 * What layers of documents make of a tenant: a later layer wins, member by member.
 *
 * @param layers of the fixture, which all tenants share
 * @param wall milliseconds since 1970
 * @param written the last layer, which is no part of the fixture
 */
export function composeTenant(origin: StateOrigin, wall: number, written?: TenantDocument): TenantRecord {
  const layers = origin.layers as readonly TenantDocument[]
  const rules = layers.findLast(({ faults }) => faults !== undefined)?.faults ?? []
  return {
    values: StateValues.from(origin),
    clock: clockOf(layers, wall),
    faults: rules === written?.faults ? addFaults(NO_FAULTS, rules) : fixtureFaults(rules)
  }
}

export function clockOf(layers: readonly TenantDocument[], wall: number): Clock {
  return initialClock(layers.findLast(({ clock }) => clock !== undefined)?.clock, wall)
}
