import type { GraphMockClockReading } from './clock.js'
import type { FaultRule } from './faults.js'

/** The state of a tenant, the document of `/_mock/tenants/{t}/state`. */
export interface GraphMockState {
  windowsAutopilotSettings: {
    id: string
    lastSyncDateTime: string
    lastManualSyncTriggerDateTime: string
    syncStatus: 'unknown' | 'inProgress' | 'completed' | 'failed'
  }
  /** How syncs go. Durations are ISO 8601, such as `PT10M`. */
  sync: {
    duration: string
    outcome: 'completed' | 'failed'
    /** Time from the start of a sync in which another one gets 429. */
    minimumInterval: string
    /** `Retry-After` of that 429: null for none, seconds, or a duration. */
    retryAfter: string | number | null
    /** When a sync was last started; absent: never. */
    lastAction?: string
    /** The sync that runs; counts only while `syncStatus` is `inProgress`. */
    running?: { startedAt: string; endsAt: string; outcome: 'completed' | 'failed' }
  }
  profile: 'documented' | 'observed'
  /** A condition that makes its requests fail, or null. */
  condition:
    | null
    | 'unlicensed'
    | 'noIntune'
    | 'noRole'
    | 'unavailable'
    | 'readOnly'
    | 'patchNoRoute'
    | 'patchNoContent'
    | 'claimsChallenge'
  /** Limits; off where it is absent or null. */
  throttling?: null | {
    preset?: 'intuneEnrollment'
    window?: string
    writesPerTenant?: number
    writesPerApp?: number
    requestsPerTenant?: number
    requestsPerApp?: number
    format?: 'graph' | 'intune'
    retryAfter?: boolean
  }
}

/** Some members of a state, each whole or in part. */
export type GraphMockStateOverrides = {
  [Member in keyof GraphMockState]?: GraphMockState[Member] extends infer Value extends object
    ? Partial<Value>
    : GraphMockState[Member]
}

/** A JSON Merge Patch of a state: `null` removes what may be absent. */
export type GraphMockStatePatch = {
  [Member in keyof GraphMockState]?: NonNullable<GraphMockState[Member]> extends infer Value extends object
    ? { [Name in keyof Value]?: Value[Name] | null } | (null extends GraphMockState[Member] ? null : never)
    : GraphMockState[Member]
}

/** Changes of a clock, applied in the order reset, freeze, set, advance. */
export interface GraphMockClockChange {
  /** Back to the wall clock, running. */
  reset?: true
  freeze?: boolean
  /** Instant, such as `2030-01-01T00:00:00Z`. */
  set?: string
  /** ISO 8601 duration, such as `PT10M`. */
  advance?: string
}

/** A whole tenant, or what of it differs from the defaults: an entry of `tenants` in a fixture, and an export. */
export interface GraphMockTenantDocument extends GraphMockStateOverrides {
  /** Changes of the wall clock, applied when the tenant is first used. */
  clock?: GraphMockClockChange
  /** Fault rules; an export has their counters as well. */
  faults?: (FaultRule & { matched?: number; fired?: number })[]
}

/** A snapshot in a list. */
export interface GraphMockSnapshot {
  readonly name: string
  /** Instant of the wall clock. */
  readonly takenAt: string
  /** What the clock of the tenant showed. */
  readonly clock: GraphMockClockReading
  readonly state: GraphMockState
  /** How many fault rules. */
  readonly faults: number
}
