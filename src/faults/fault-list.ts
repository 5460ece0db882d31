import type { FaultDocument, FaultRecord } from './rule.js'

/**
 * The rules of one tenant, or those for all tenants, with their counters. Immutable: every change makes a new list, so a
 * snapshot keeps a list without copying it.
 */
export interface FaultList {
  /** Id of the rule that was added last; ids are never given twice. */
  readonly lastId: number
  /** Rules up to this id come from the fixture, whose memory all lists share. */
  readonly lastFixtureId: number
  /** Size of the rules that do not come from the fixture, as UTF-8 of their JSON. */
  readonly bytes: number
  /** In the order of adding. */
  readonly records: readonly FaultRecord[]
  /** Counters of the rules in a token's claim `mock_faults`, by a hash of its claims. */
  readonly byToken: ReadonlyMap<string, readonly Progress[]>
}

/** Counters of a rule. */
export type Progress = Pick<FaultRecord, 'matched' | 'fired'>

export const NO_FAULTS: FaultList = Object.freeze({
  lastId: 0,
  lastFixtureId: 0,
  bytes: 0,
  records: [],
  byToken: new Map()
})

/** Tokens whose counters a tenant remembers; the rules of the least recently used one start again from zero. */
const REMEMBERED_TOKENS = 256

/** The rules of a fixture. */
export function fixtureFaults(rules: readonly FaultDocument[]): FaultList {
  if (rules.length === 0) return NO_FAULTS
  return { ...NO_FAULTS, lastId: rules.length, lastFixtureId: rules.length, records: numbered(rules, 0) }
}

export function addFaults(list: FaultList, rules: readonly FaultDocument[]): FaultList {
  if (rules.length === 0) return list
  return {
    ...list,
    lastId: list.lastId + rules.length,
    bytes: list.bytes + sizeOfRules(rules),
    records: [...list.records, ...numbered(rules, list.lastId)]
  }
}

function numbered(rules: readonly FaultDocument[], lastId: number): FaultRecord[] {
  return rules.map((rule, at) => ({ id: lastId + at + 1, matched: 0, fired: 0, ...rule }))
}

export function withoutFault(list: FaultList, id: number): FaultList {
  return filterRecords(list, (record) => record.id !== id)
}

/** The next id goes on from the last one. */
export function withoutFaults(list: FaultList): FaultList {
  return { ...list, bytes: 0, records: [] }
}

/** Without the rules that have fired as often as `times` allows. */
export function withoutExhausted(list: FaultList): FaultList {
  return filterRecords(list, (record) => !isExhausted(record))
}

export function isExhausted({ times, fired }: FaultRecord): boolean {
  return times !== undefined && fired >= times
}

function filterRecords(list: FaultList, isKept: (record: FaultRecord) => boolean): FaultList {
  const dropped = list.records.filter((record) => record.id > list.lastFixtureId && !isKept(record))
  return { ...list, bytes: list.bytes - sizeOfRules(dropped), records: list.records.filter(isKept) }
}

/** Size of rules as UTF-8 of their JSON, without ids and counters. */
export function sizeOfRules(rules: readonly (FaultDocument & { readonly id?: number })[]): number {
  const bare = rules.map((rule) => ({ ...rule, id: undefined, matched: undefined, fired: undefined }))
  return bare.reduce((sum, rule) => sum + Buffer.byteLength(JSON.stringify(rule)), 0)
}

export function withTokenProgress(list: FaultList, key: string, progress: readonly Progress[]): FaultList {
  const all = new Map(list.byToken)
  all.delete(key)
  all.set(key, progress)
  const [oldest] = all.keys()
  if (all.size > REMEMBERED_TOKENS) all.delete(oldest as string)
  return { ...list, byToken: all }
}

/** The rules as a fixture can hold them. */
export function faultDocuments({ records }: FaultList): FaultDocument[] {
  return records.map((record) => {
    const document: FaultDocument & { id?: number } = { ...record }
    delete document.id
    return document
  })
}

/** Estimated bytes of the counters of one token's rules. */
const PROGRESS_BYTES = 200

/** Estimated bytes of the counters of all tokens' rules. */
export function tokenProgressBytes({ byToken }: FaultList): number {
  return byToken.size * PROGRESS_BYTES
}
