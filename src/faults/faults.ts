import type { Random } from '../random.js'
import type { Tenant } from '../tenants/tenant.js'
import type { Tenants } from '../tenants/tenants.js'
import { firstMistake, ruleMistake } from './check-rule.js'
import { addFaults, NO_FAULTS, withCarried, withoutFault, withoutFaults, type FaultList } from './fault-list.js'
import { meetFaults, type FaultedRequest, type MetFaults } from './meet-faults.js'
import type { FaultDocument, FaultRecord, FaultRule } from './rule.js'

/** Rules that a token carries, and what tells the token from others. */
export interface CarriedFaults {
  readonly token: string
  readonly rules: readonly FaultRule[]
}

interface FaultsOptions {
  readonly tenants: Pick<Tenants, 'get'>
  readonly random: Random
  /** Rules of the fixture for all tenants. */
  readonly initial: () => readonly FaultDocument[]
  /** Operations of all routes. */
  readonly operations: () => readonly string[]
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
    this.#ofAll = addFaults(NO_FAULTS, options.initial())
  }

  /** Whether there are rules for all tenants, which is asked once per request. */
  get hasRulesOfAll(): boolean {
    return this.#ofAll.records.length > 0
  }

  /** @param tenantId `undefined` for the rules of all tenants */
  list(tenantId: string | undefined): readonly FaultRecord[] {
    return this.#of(tenantId).records
  }

  /** @param member that the rules are in, such as `faults.` @throws FaultRuleError for the first that is not sound */
  demandSound(rules: readonly FaultRule[], member = ''): void {
    const mistake = firstMistake(rules, this.#options.operations())
    if (mistake !== undefined) throw new FaultRuleError(member + mistake)
  }

  /** @throws FaultRuleError, TooMuchHeld */
  add(tenantId: string | undefined, rule: FaultRule): FaultRecord {
    const mistake = ruleMistake(rule, this.#options.operations())
    if (mistake !== undefined) throw new FaultRuleError(mistake)
    const list = addFaults(this.#of(tenantId), [rule])
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
    this.#ofAll = addFaults(NO_FAULTS, this.#options.initial())
  }

  meetOfAll(request: FaultedRequest): MetRules {
    const met = this.#meet(this.#ofAll, request, 'all')
    this.#ofAll = met.list
    return met
  }

  meetOfTenant(tenant: Tenant, request: FaultedRequest): MetRules {
    const met = this.#meet(tenant.faults, request, tenant.id)
    tenant.faults = met.list
    return met
  }

  /** Every token that carries the same rules meets the same failures. @throws TooMuchHeld where they cannot be remembered */
  meetCarried(tenant: Tenant, { token, rules }: CarriedFaults, request: FaultedRequest): MetRules {
    const list = tenant.faults.carried.get(token) ?? addFaults(NO_FAULTS, rules)
    const met = this.#meet(list, request, tenant.id, 'token')
    tenant.faults = withCarried(tenant.faults, token, met.list)
    return met
  }

  /** Chance and jitter of a rule depend on the seed and on its own matches only, whatever runs beside it. */
  #meet(list: FaultList, request: FaultedRequest, ...scope: string[]): MetRules {
    const { random } = this.#options
    const met = meetFaults(list, request, (id, match) => random.numberFor('fault', ...scope, id, match))
    return { ...met, jitter: ({ id, fired }) => random.numberFor('delay', ...scope, id, fired) }
  }

  #of(tenantId: string | undefined): FaultList {
    return tenantId === undefined ? this.#ofAll : this.#options.tenants.get(tenantId).faults
  }

  #put(tenantId: string | undefined, list: FaultList): void {
    if (tenantId === undefined) this.#ofAll = list
    else this.#options.tenants.get(tenantId).faults = list
  }
}
