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
}

export const NO_FAULTS: FaultList = Object.freeze({ added: 0, records: [], carried: new Map() })

/** Fault-carrying tokens of which a tenant remembers how far their rules have come; the least recently used begins anew. */
const REMEMBERED_TOKENS = 256

export function addFaults(list: FaultList, rules: readonly FaultDocument[]): FaultList {
  if (rules.length === 0) return list
  const records = rules.map((rule, at) => ({ id: list.added + at + 1, matched: 0, fired: 0, ...rule }))
  return { ...list, added: list.added + rules.length, records: [...list.records, ...records] }
}

export function withoutFault(list: FaultList, id: number): FaultList {
  return { ...list, records: list.records.filter((record) => record.id !== id) }
}

/** Numbers go on from where they were, so that none ever names two rules. */
export function withoutFaults(list: FaultList): FaultList {
  return { ...list, records: [] }
}

export function withCarried(list: FaultList, token: string, carried: FaultList): FaultList {
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
