import { addFaults, bytesOf, withoutExhausted, type FaultList } from './fault-list.js'
import type { FaultDocument, FaultRule } from './rule.js'

/** Rules of a tenant, or of all tenants. */
export const MAX_RULES = 1000
/** Rules that a token carries. */
export const MAX_CARRIED = 100
/** Bytes of JSON that the rules of a tenant, or of all tenants, take. */
const MAX_BYTES = 1024 * 1024
/** Bytes of JSON that rules take together, whosever they are. */
const MAX_BYTES_TOGETHER = 16 * MAX_BYTES
/** Bytes of JSON that the rules of a token take; a token that is longer than 32 KiB is refused. */
const MAX_CARRIED_BYTES = 16 * 1024

/** There are as many rules as there may be. */
export class TooManyFaults extends RangeError {}

/**
 * The list with one rule more. At the limit, rules make room that have fired as often as they shall.
 *
 * @param others bytes of all other lists
 * @throws TooManyFaults
 */
export function addWithinLimits(list: FaultList, rule: FaultRule, others: number): FaultList {
  const whole = addFaults(list, [rule])
  if (excess(whole, others) === undefined) return whole
  const roomier = addFaults(withoutExhausted(list), [rule])
  demandWithinLimits(roomier, others)
  return roomier
}

/** @param others bytes of all other lists @throws TooManyFaults */
export function demandWithinLimits(list: FaultList, others: number): void {
  const reason = excess(list, others)
  if (reason !== undefined) throw new TooManyFaults(`${reason}; remove some first`)
}

const ONE_LIST = 'One list of fault rules, that of a tenant or that of all tenants,'

function excess({ records, bytes }: FaultList, others: number): string | undefined {
  if (records.length > MAX_RULES) return `${ONE_LIST} has at most ${MAX_RULES} rules`
  if (bytes > MAX_BYTES) return `${ONE_LIST} takes at most ${MAX_BYTES} bytes of JSON`
  if (bytes + others > MAX_BYTES_TOGETHER) {
    return `All lists of fault rules together take at most ${MAX_BYTES_TOGETHER} bytes of JSON`
  }
  return undefined
}

/** What is wrong with the size of rules for a token: a sentence that goes on after the member, `undefined` if nothing is. */
export function carriedExcess(rules: readonly FaultDocument[]): string | undefined {
  const bytes = bytesOf(rules)
  return bytes <= MAX_CARRIED_BYTES
    ? undefined
    : `must take at most ${MAX_CARRIED_BYTES} bytes of JSON, which a token can carry, not ${bytes}`
}
