import type { FaultList } from '../faults/fault-list.js'
import type { Clock } from './clock.js'
import type { StateValues } from './state-slot.js'

/** What a tenant starts from, and what a snapshot keeps. */
export interface TenantRecord {
  readonly values: StateValues
  readonly clock: Clock
  readonly faults: FaultList
}
