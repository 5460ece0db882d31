import type { Random } from '../lib/random.js'
import { firstMistake, ruleMistake } from './check-rule.js'
import { givenFaults, withCarried, withoutFault, withoutFaults, type FaultList } from './fault-list.js'
import { addWithinLimits, carriedExcess, demandWithinLimits } from './limits.js'
import { meetFaults, type FaultedRequest, type MetFaults } from './meet-faults.js'
import type { FaultDocument, FaultRecord, FaultRule } from './rule.js'

/** Rules that a token carries, and what tells the token from others. */
export interface CarriedFaults {
  readonly token: string
  readonly rules: readonly FaultRule[]
}

/** Whose requests rules are about, and where they are kept: a tenant. */
export interface FaultsOwner {
  readonly id: string
  faults: FaultList
}

interface FaultsOptions {
  readonly tenants: {
    get(id: string): FaultsOwner
    /** Those of which something is kept. */
    used(): Iterable<FaultsOwner>
  }
  readonly random: Random
  /** Rules of the fixture for all tenants. */
  readonly initial: () => readonly FaultDocument[]
  /** Names that rules may give operations. */
  readonly operations: readonly string[]
}

/** What befalls a request, and for how long a rule delays it between its bounds: from 0 to 1. */
export interface MetRules extends MetFaults {
  readonly jitter: (record: FaultRecord) => number
}

/** A rule that is no sound one; the message begins with the member. */
export class FaultRuleError extends TypeError {}

/** All fault rules of one app: those of all tenants are kept here, the others with their tenant. */
export class Faults {
  readonly #options: FaultsOptions
  #ofAll: FaultList

  constructor(options: FaultsOptions) {
    this.#options = options
    this.#ofAll = givenFaults(options.initial())
  }

  /** Whether there are rules for all tenants, which is asked once per request. */
  get hasRulesOfAll(): boolean {
    return this.#ofAll.records.length > 0
  }

  /** @param tenantId `undefined` for the rules of all tenants */
  list(tenantId: string | undefined): readonly FaultRecord[] {
    return this.#of(tenantId).records
  }

  /** @throws FaultRuleError for rules that are not sound, or too large for a token; its message begins with `faults` */
  demandCarriable(rules: readonly FaultRule[]): void {
    const excess = carriedExcess(rules)
    if (excess !== undefined) throw new FaultRuleError(`faults ${excess}`)
    const mistake = firstMistake(rules, this.#options.operations)
    if (mistake !== undefined) throw new FaultRuleError(`faults.${mistake}`)
  }

  /** @throws TooManyFaults where the tenant may not have these */
  demandRoom(tenantId: string, list: FaultList): void {
    demandWithinLimits(list, this.#bytesBeside(tenantId))
  }

  /** @throws FaultRuleError, TooManyFaults */
  add(tenantId: string | undefined, rule: FaultRule): FaultRecord {
    const mistake = ruleMistake(rule, this.#options.operations)
    if (mistake !== undefined) throw new FaultRuleError(mistake)
    const list = addWithinLimits(this.#of(tenantId), rule, this.#bytesBeside(tenantId))
    this.#put(tenantId, list)
    return list.records.at(-1) as FaultRecord
  }

  remove(tenantId: string | undefined, id: number): void {
    this.#put(tenantId, withoutFault(this.#of(tenantId), id))
  }

  clear(tenantId: string | undefined): void {
    this.#put(tenantId, withoutFaults(this.#of(tenantId)))
  }

  /** The rules of all tenants as the fixture has them. */
  reset(): void {
    this.#ofAll = givenFaults(this.#options.initial())
  }

  meetOfAll(request: FaultedRequest): MetRules {
    const met = this.#meet(this.#ofAll.records, request, 'all')
    this.#ofAll = { ...this.#ofAll, records: met.records }
    return met
  }

  meetOfTenant(tenant: FaultsOwner, request: FaultedRequest): MetRules {
    const met = this.#meet(tenant.faults.records, request, tenant.id)
    tenant.faults = { ...tenant.faults, records: met.records }
    return met
  }

  /** Every token that carries the same rules meets the same failures. @throws RangeError where they cannot be remembered */
  meetCarried(tenant: FaultsOwner, { token, rules }: CarriedFaults, request: FaultedRequest): MetRules {
    const progress = tenant.faults.carried.get(token)
    const { records } = givenFaults(rules.map((rule, at) => ({ ...rule, ...progress?.[at] })))
    const met = this.#meet(records, request, tenant.id, 'token')
    const advanced = met.records.map(({ matched, fired }) => ({ matched, fired }))
    tenant.faults = withCarried(tenant.faults, token, advanced)
    return met
  }

  /** Chance and jitter of a rule depend on the seed and on its own matches only, whatever runs beside it. */
  #meet(rules: readonly FaultRecord[], request: FaultedRequest, ...scope: string[]): MetRules {
    const { random } = this.#options
    const met = meetFaults(rules, request, (id, match) => random.numberFor('fault', ...scope, id, match))
    return { ...met, jitter: ({ id, fired }) => random.numberFor('delay', ...scope, id, fired) }
  }

  #of(tenantId: string | undefined): FaultList {
    return tenantId === undefined ? this.#ofAll : this.#options.tenants.get(tenantId).faults
  }

  /** Bytes of the rules of all, but of those of one scope. */
  #bytesBeside(scope: string | undefined): number {
    let bytes = scope === undefined ? 0 : this.#ofAll.bytes
    for (const { id, faults } of this.#options.tenants.used()) if (id !== scope) bytes += faults.bytes
    return bytes
  }

  #put(tenantId: string | undefined, list: FaultList): void {
    if (tenantId === undefined) this.#ofAll = list
    else this.#options.tenants.get(tenantId).faults = list
  }
}
