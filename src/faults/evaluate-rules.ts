import { canonicalPath, matchesPattern } from '../lib/path-pattern.js'
import { isExhausted } from './fault-list.js'
import type { FaultMatch, FaultRecord } from './rule.js'

/** The request that rules are matched against. */
export interface EvaluatedRequest {
  readonly method: string
  /** See `canonicalPath`. */
  readonly path: string
  /** Name of its operation, if there is one. */
  readonly operation: string | undefined
  /** Whether it is a batch itself, stands in one, or neither. */
  readonly kind: 'single' | 'batch' | 'part'
}

/** The rules that fired for a request. */
export interface Evaluation {
  /** All rules with their new counters. */
  readonly records: readonly FaultRecord[]
  /** Rules that only delay; their delays add up. */
  readonly delaying: readonly FaultRecord[]
  /** The first rule that answers or breaks the connection. Rules after it are not tried. */
  readonly decisive: FaultRecord | undefined
}

/**
 * Tries the rules in their order, and skips those that have fired as often as `times` allows.
 *
 * @param chance a number from 0 to 1 for the nth match of a rule; the same rule and n must give the same number
 */
export function evaluateRules(
  rules: readonly FaultRecord[],
  request: EvaluatedRequest,
  chance: (id: number, match: number) => number
): Evaluation {
  const delaying: FaultRecord[] = []
  let decisive: FaultRecord | undefined
  const records = rules.map((record) => {
    if (decisive || isExhausted(record) || !matches(record, request)) return record
    const matched = { ...record, matched: record.matched + 1 }
    const { after = 0, probability = 1 } = record
    if (matched.matched <= after || (probability < 1 && chance(record.id, matched.matched) >= probability))
      return matched
    const fired = { ...matched, fired: record.fired + 1 }
    if (isDecisive(record)) decisive = fired
    else delaying.push(fired)
    return fired
  })
  return { records, delaying, decisive }
}

function isDecisive({ respond, connection }: FaultRecord): boolean {
  return respond !== undefined || connection !== undefined
}

/**
 * A rule that breaks connections fires for a batch as a whole, never for a part of it. Any other rule fires for the parts,
 * because the service answers 200 to a batch whatever happens to its parts, and for the batch only where it names that.
 */
function matches({ match = {}, connection }: FaultRecord, request: EvaluatedRequest): boolean {
  if (request.kind === 'part' && connection !== undefined) return false
  if (request.kind === 'batch' && connection === undefined && !namesBatch(match)) return false
  return matchesRequest(match, request)
}

function namesBatch({ path = '', operation }: FaultMatch): boolean {
  return operation !== undefined || canonicalPath(path).toLowerCase().includes('$batch')
}

function matchesRequest({ method, path, operation }: FaultMatch, request: EvaluatedRequest): boolean {
  if (method !== undefined && method.toUpperCase() !== request.method) return false
  if (path !== undefined && !matchesPattern(canonicalPath(path), request.path)) return false
  return operation === undefined || matchesPattern(operation, request.operation ?? '')
}
