import { addFaults, sizeOfRules, withoutExhausted, type FaultList } from './fault-list.js'
import type { FaultDocument, FaultRule } from './rule.js'

/** Rules of a tenant, or of all tenants. */
export const MAX_RULES = 1000
/** Rules in the claim `mock_faults` of a token. */
export const MAX_TOKEN_RULES = 100
/** Bytes of JSON that the rules of a tenant, or of all tenants, take. */
const MAX_BYTES = 1024 * 1024
/** Bytes of JSON that all rules together take. */
const MAX_BYTES_TOGETHER = 16 * MAX_BYTES
/** Bytes of JSON that the rules of a token take; a token that is longer than 32 KiB is refused. */
const MAX_TOKEN_BYTES = 16 * 1024

/** One more rule would go over a limit. */
export class TooManyFaults extends RangeError {}

/**
 * The list with one rule more. At the limit, rules that have fired as often as `times` allows are removed first.
 *
 * @param others bytes of all other lists
 * @throws TooManyFaults
 */
export function addWithinLimits(list: FaultList, rule: FaultRule, others: number): FaultList {
  const whole = addFaults(list, [rule])
  if (limitExceeded(whole, others) === undefined) return whole
  const roomier = addFaults(withoutExhausted(list), [rule])
  demandWithinLimits(roomier, others)
  return roomier
}

/** @param others bytes of all other lists @throws TooManyFaults */
export function demandWithinLimits(list: FaultList, others: number): void {
  const reason = limitExceeded(list, others)
  if (reason !== undefined) throw new TooManyFaults(`${reason}; remove some first`)
}

const ONE_LIST = 'One list of fault rules, that of a tenant or that of all tenants,'

function limitExceeded({ records, bytes }: FaultList, others: number): string | undefined {
  if (records.length > MAX_RULES) return `${ONE_LIST} has at most ${MAX_RULES} rules`
  if (bytes > MAX_BYTES) return `${ONE_LIST} takes at most ${MAX_BYTES} bytes of JSON`
  if (bytes + others > MAX_BYTES_TOGETHER) {
    return `All lists of fault rules together take at most ${MAX_BYTES_TOGETHER} bytes of JSON`
  }
  return undefined
}

/** Why rules are too large for a token: the rest of a sentence that begins with the member; `undefined` if they fit. */
export function tokenSizeMistake(rules: readonly FaultDocument[]): string | undefined {
  const bytes = sizeOfRules(rules)
  return bytes <= MAX_TOKEN_BYTES
    ? undefined
    : `must take at most ${MAX_TOKEN_BYTES} bytes of JSON, which a token can carry, not ${bytes}`
}
