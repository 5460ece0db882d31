import type { FaultDocument, FaultRecord } from './rule.js'

/** The rules of one tenant, or of all. Immutable: what fires or is added makes a new list, so that a snapshot is free. */
export interface FaultList {
  /** How many were ever added: the number of the last one. */
  readonly added: number
  readonly records: readonly FaultRecord[]
}

export const NO_FAULTS: FaultList = Object.freeze({ added: 0, records: [] })

export function addFaults(list: FaultList, rules: readonly FaultDocument[]): FaultList {
  const records = rules.map((rule, at) => ({ matched: 0, fired: 0, ...rule, id: list.added + at + 1 }))
  return { added: list.added + rules.length, records: [...list.records, ...records] }
}

/** The rules as a fixture can hold them. */
export function faultDocuments({ records }: FaultList): FaultDocument[] {
  return records.map((record) => {
    const document: FaultDocument & { id?: number } = { ...record }
    delete document.id
    return document
  })
}
