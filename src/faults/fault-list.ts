import { jsonBytes } from '../json-bytes.js'
import type { FaultDocument, FaultRecord } from './rule.js'

/**
 * The rules of one tenant, or of all, with how far each has come. Immutable: whatever is added, fires or goes makes a new
 * list, so that keeping one in a snapshot is free.
 */
export interface FaultList {
  /** How many were ever added: the number of the last one. */
  readonly added: number
  /** In the order of adding. */
  readonly records: readonly FaultRecord[]
  /** Those that came with tokens, by what tells the tokens apart. */
  readonly carried: ReadonlyMap<string, FaultList>
  /** What the records hold, about. */
  readonly bytes: number
}

export const NO_FAULTS: FaultList = Object.freeze({ added: 0, records: [], carried: new Map(), bytes: 0 })

/** Fault-carrying tokens of which a tenant remembers how far their rules have come; the least recently used begins anew. */
const REMEMBERED_TOKENS = 256
/** Bytes that those of one tenant may hold; they are forgotten likewise, but for the newest. */
const CARRIED_BYTES = 1024 * 1024
/** A record, about, without what it shares with its rule. */
const RECORD_BYTES = 256

/** @param isShared whether the rules are a fixture's, so that only their counters take up memory */
export function addFaults(list: FaultList, rules: readonly FaultDocument[], isShared = false): FaultList {
  if (rules.length === 0) return list
  const records = rules.map((rule, at) => ({ id: list.added + at + 1, matched: 0, fired: 0, ...rule }))
  return {
    ...list,
    added: list.added + rules.length,
    records: [...list.records, ...records],
    bytes: list.bytes + RECORD_BYTES * rules.length + (isShared ? 0 : jsonBytes(rules))
  }
}

export function withoutFault(list: FaultList, id: number): FaultList {
  const records = list.records.filter((record) => record.id !== id)
  return { ...list, records, bytes: Math.min(list.bytes, jsonBytes(records)) }
}

/** Numbers go on from where they were, so that none ever names two rules. */
export function withoutFaults(list: FaultList): FaultList {
  return { ...list, records: [], bytes: 0 }
}

export function withCarried(list: FaultList, token: string, carried: FaultList): FaultList {
  const all = new Map(list.carried)
  all.delete(token)
  all.set(token, carried)
  let bytes = bytesOf(all)
  for (const [oldest, { bytes: less }] of all) {
    if (all.size <= REMEMBERED_TOKENS && (bytes <= CARRIED_BYTES || all.size === 1)) break
    all.delete(oldest)
    bytes -= less
  }
  return { ...list, carried: all }
}

/** What the rules hold that came with tokens, about. */
export function carriedBytes({ carried }: FaultList): number {
  return bytesOf(carried)
}

function bytesOf(lists: ReadonlyMap<string, FaultList>): number {
  let sum = 0
  for (const { bytes } of lists.values()) sum += bytes
  return sum
}

/** The rules as a fixture can hold them. */
export function faultDocuments({ records }: FaultList): FaultDocument[] {
  return records.map((record) => {
    const document: FaultDocument & { id?: number } = { ...record }
    delete document.id
    return document
  })
}
