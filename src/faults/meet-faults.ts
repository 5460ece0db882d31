import { canonicalPath, fitsPattern } from '../lib/path-pattern.js'
import { isExhausted } from './fault-list.js'
import type { FaultMatch, FaultRecord } from './rule.js'

/** What the rules see of a request. */
export interface FaultedRequest {
  readonly method: string
  /** See `canonicalPath`. */
  readonly path: string
  /** Of the route, if there is one. */
  readonly operation: string | undefined
  /** Whether it is a batch itself, stands in one, or neither. */
  readonly kind: 'single' | 'batch' | 'part'
}

/** What befalls a request. */
export interface MetFaults {
  /** All rules, as far as they have come now. */
  readonly records: readonly FaultRecord[]
  /** Rules that only delay. All of them count. */
  readonly delaying: readonly FaultRecord[]
  /** The first rule that answers or breaks the connection. Rules after it are not tried. */
  readonly decisive: FaultRecord | undefined
}

/**
 * Tries the rules in their order; those that have fired as often as they shall are passed over.
 *
 * @param chance a number from 0 to 1 for the nth match of a rule, always the same for the same rule and n
 */
export function meetFaults(
  rules: readonly FaultRecord[],
  request: FaultedRequest,
  chance: (id: number, match: number) => number
): MetFaults {
  const delaying: FaultRecord[] = []
  let decisive: FaultRecord | undefined
  const records = rules.map((record) => {
    if (decisive || isExhausted(record) || !concerns(record, request)) return record
    const matched = { ...record, matched: record.matched + 1 }
    const { after = 0, probability = 1 } = record
    if (matched.matched <= after || (probability < 1 && chance(record.id, matched.matched) >= probability))
      return matched
    const fired = { ...matched, fired: record.fired + 1 }
    if (answers(record)) decisive = fired
    else delaying.push(fired)
    return fired
  })
  return { records, delaying, decisive }
}

function answers({ respond, connection }: FaultRecord): boolean {
  return respond !== undefined || connection !== undefined
}

/**
 * A connection is broken for a whole batch, never for a part of it. Answers and delays are for the parts, as the service
 * answers a batch 200 whatever its parts meet; a batch itself is delayed or refused by rules that name it.
 */
function concerns({ match = {}, connection }: FaultRecord, request: FaultedRequest): boolean {
  if (request.kind === 'part' && connection !== undefined) return false
  if (request.kind === 'batch' && connection === undefined && !namesBatch(match)) return false
  return fits(match, request)
}

function namesBatch({ path = '', operation }: FaultMatch): boolean {
  return operation !== undefined || canonicalPath(path).toLowerCase().includes('$batch')
}

function fits({ method, path, operation }: FaultMatch, request: FaultedRequest): boolean {
  if (method !== undefined && method.toUpperCase() !== request.method) return false
  if (path !== undefined && !fitsPattern(canonicalPath(path), request.path)) return false
  return operation === undefined || fitsPattern(operation, request.operation ?? '')
}
