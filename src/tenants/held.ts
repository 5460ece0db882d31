import { tokenProgressBytes, type FaultList } from '../faults/fault-list.js'
import { jsonBytes } from '../lib/json-bytes.js'
import { TooMuchHeld } from './holdings.js'
import type { TenantState } from './state-slot.js'

/** A tenant with the state that requests to Graph leave in it, about; `npm run bench` tells it. */
const TENANT_BYTES = 512
/** A snapshot without what it keeps. */
const SNAPSHOT_BYTES = 256
/** As much as a request may carry, less what an export has besides. */
const LARGEST_EXPORT = 1024 * 1024 - 4096
/** A record, about, without what it shares with its rule. */
const RECORD_BYTES = 256
/** By so much the two counters of a rule may grow. */
const COUNTERS_BYTES = 20

/** Bytes that a tenant holds of its own, about: written state, fault rules, those of tokens, snapshots, counted apps. */
export interface Held {
  readonly state: number
  readonly rules: number
  readonly tokens: number
  readonly snapshots: number
  readonly apps: number
}

export const NOTHING_HELD: Held = Object.freeze({ state: 0, rules: 0, tokens: 0, snapshots: 0, apps: 0 })

export function totalOf({ state, rules, tokens, snapshots, apps }: Held): number {
  return TENANT_BYTES + state + rules + tokens + snapshots + apps
}

/** What a state and fault rules hold that were written. */
export function heldBy(state: TenantState, faults: FaultList): Pick<Held, 'state' | 'rules' | 'tokens'> {
  return { state: jsonBytes(state), rules: ruleBytes(faults), tokens: tokenProgressBytes(faults) }
}

/** Two bytes a character of those that no fixture shares, and the counters of all. */
export function ruleBytes({ bytes, records }: FaultList): number {
  return 2 * bytes + RECORD_BYTES * records.length
}

/** What a snapshot of them holds. */
export function snapshotBytes(state: TenantState, faults: FaultList): number {
  const { state: stateBytes, rules, tokens } = heldBy(state, faults)
  return SNAPSHOT_BYTES + stateBytes + rules + tokens
}

/** @throws TooMuchHeld where an export of the tenant could not be imported, because it is larger than a request may be */
export function demandExportable(state: TenantState, { records }: FaultList): void {
  const bytes = Buffer.byteLength(JSON.stringify([state, records])) + COUNTERS_BYTES * records.length
  if (bytes <= LARGEST_EXPORT) return
  throw new TooMuchHeld(
    'The state and the fault rules of a tenant are at most 1 MiB of JSON, so that an export fits in a request. Remove rules first'
  )
}
