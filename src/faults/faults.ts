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

  /** @throws FaultRuleError */
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

  meetOfAll(request: FaultedRequest): MetFaults {
    const met = meetFaults(this.#ofAll, request, this.#chance('all'))
    this.#ofAll = met.list
    return met
  }

  meetOfTenant(tenant: Tenant, request: FaultedRequest): MetFaults {
    const met = meetFaults(tenant.faults, request, this.#chance(tenant.id))
    tenant.faults = met.list
    return met
  }

  meetCarried(tenant: Tenant, { token, rules }: CarriedFaults, request: FaultedRequest): MetFaults {
    const { carried } = tenant.faults
    const list = carried.get(token) ?? addFaults(NO_FAULTS, rules)
    const met = meetFaults(list, request, this.#chance(tenant.id, 'token'))
    tenant.faults = withCarried(tenant.faults, token, met.list)
    return met
  }

  /** The chance of a rule depends on the seed and on its own matches only, whatever runs beside it. */
  jitter(scope: string, { id, fired }: FaultRecord): number {
    return this.#options.random.numberFor('delay', scope, id, fired)
  }

  #chance(...scope: string[]) {
    return (id: number, match: number) => this.#options.random.numberFor('fault', ...scope, id, match)
  }

  #of(tenantId: string | undefined): FaultList {
    return tenantId === undefined ? this.#ofAll : this.#options.tenants.get(tenantId).faults
  }

  #put(tenantId: string | undefined, list: FaultList): void {
    if (tenantId === undefined) this.#ofAll = list
    else this.#options.tenants.get(tenantId).faults = list
  }
}
