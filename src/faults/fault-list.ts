import type { FaultDocument, FaultRecord } from './rule.js'

/**
 * The rules of one tenant, or of all, with how far each has come. Immutable: whatever is added, fires or goes makes a new
 * list, so that keeping one in a snapshot is free.
 */
export interface FaultList {
  /** How many were ever added: the number of the last one. */
  readonly added: number
  /** The first so many are those of a fixture, which all lists share. */
  readonly given: number
  /** Size of the others, as UTF-8 of their JSON. */
  readonly bytes: number
  /** In the order of adding. */
  readonly records: readonly FaultRecord[]
  /** How far the rules have come that tokens carry, by what tells the tokens apart. */
  readonly carried: ReadonlyMap<string, readonly Progress[]>
}

/** How far a rule has come. */
export type Progress = Pick<FaultRecord, 'matched' | 'fired'>

export const NO_FAULTS: FaultList = Object.freeze({ added: 0, given: 0, bytes: 0, records: [], carried: new Map() })

/** Fault-carrying tokens of which a tenant remembers how far their rules have come; the least recently used begins anew. */
const REMEMBERED_TOKENS = 256

/** The rules of a fixture. */
export function givenFaults(rules: readonly FaultDocument[]): FaultList {
  if (rules.length === 0) return NO_FAULTS
  return { ...NO_FAULTS, added: rules.length, given: rules.length, records: numbered(rules, 0) }
}

export function addFaults(list: FaultList, rules: readonly FaultDocument[]): FaultList {
  if (rules.length === 0) return list
  return {
    ...list,
    added: list.added + rules.length,
    bytes: list.bytes + bytesOf(rules),
    records: [...list.records, ...numbered(rules, list.added)]
  }
}

function numbered(rules: readonly FaultDocument[], added: number): FaultRecord[] {
  return rules.map((rule, at) => ({ id: added + at + 1, matched: 0, fired: 0, ...rule }))
}

export function withoutFault(list: FaultList, id: number): FaultList {
  return keeping(list, (record) => record.id !== id)
}

/** Numbers go on from where they were, so that none ever names two rules. */
export function withoutFaults(list: FaultList): FaultList {
  return { ...list, bytes: 0, records: [] }
}

/** Without rules that have fired as often as they shall. */
export function withoutExhausted(list: FaultList): FaultList {
  return keeping(list, (record) => !isExhausted(record))
}

export function isExhausted({ times, fired }: FaultRecord): boolean {
  return times !== undefined && fired >= times
}

function keeping(list: FaultList, isKept: (record: FaultRecord) => boolean): FaultList {
  const dropped = list.records.filter((record) => record.id > list.given && !isKept(record))
  return { ...list, bytes: list.bytes - bytesOf(dropped), records: list.records.filter(isKept) }
}

/** Size of rules, as UTF-8 of their JSON; how far they have come does not count. */
export function bytesOf(rules: readonly (FaultDocument & { readonly id?: number })[]): number {
  const bare = rules.map((rule) => ({ ...rule, id: undefined, matched: undefined, fired: undefined }))
  return bare.reduce((sum, rule) => sum + Buffer.byteLength(JSON.stringify(rule)), 0)
}

export function withCarried(list: FaultList, token: string, carried: readonly Progress[]): FaultList {
  const all = new Map(list.carried)
  all.delete(token)
  all.set(token, carried)
  const [oldest] = all.keys()
  if (all.size > REMEMBERED_TOKENS) all.delete(oldest as string)
  return { ...list, carried: all }
}

/** The rules as a fixture can hold them. */
export function faultDocuments({ records }: FaultList): FaultDocument[] {
  return records.map((record) => {
    const document: FaultDocument & { id?: number } = { ...record }
    delete document.id
    return document
  })
}

/** Bytes of one token's progress, about. */
const PROGRESS_BYTES = 200

/** What the progress of tokens' rules takes up, about. */
export function carriedBytes({ carried }: FaultList): number {
  return carried.size * PROGRESS_BYTES
}
