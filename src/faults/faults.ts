import type { Random } from '../lib/random.js'
import { firstMistake, ruleMistake } from './check-rule.js'
import { fixtureFaults, withTokenProgress, withoutFault, withoutFaults, type FaultList } from './fault-list.js'
import { addWithinLimits, tokenSizeMistake, demandWithinLimits } from './limits.js'
import { evaluateRules, type EvaluatedRequest, type Evaluation } from './evaluate-rules.js'
import type { FaultDocument, FaultRecord, FaultRule } from './rule.js'

/** The rules in a token's claim `mock_faults`. */
export interface TokenFaults {
  /** A hash of its claims: tokens with the same claims share their counters. */
  readonly key: string
  readonly rules: readonly FaultRule[]
}

/** The tenant that rules belong to, as far as this file needs it. */
export interface FaultsOwner {
  readonly id: string
  faults: FaultList
}

interface FaultsOptions {
  readonly tenants: {
    get(id: string): FaultsOwner
    /** Tenants that have a state of their own. */
    used(): Iterable<FaultsOwner>
  }
  readonly random: Random
  /** Rules of the fixture for all tenants. */
  readonly initial: () => readonly FaultDocument[]
  /** Names that `match.operation` may have. */
  readonly operations: readonly string[]
}

/** The rules that fired for a request. */
export interface FaultEvaluation extends Evaluation {
  /** From 0 to 1: where the delay of a rule lies between its `min` and `max`. */
  readonly jitter: (record: FaultRecord) => number
}

/** A rule that is not valid; the message begins with the member. */
export class InvalidFaultRule extends TypeError {}

/** All fault rules of one app: those for all tenants are kept here, the others with their tenant. */
export class Faults {
  readonly #options: FaultsOptions
  #forAll: FaultList

  constructor(options: FaultsOptions) {
    this.#options = options
    this.#forAll = fixtureFaults(options.initial())
  }

  /** Read once per request. */
  get hasRulesForAll(): boolean {
    return this.#forAll.records.length > 0
  }

  /** @param tenantId `undefined` for the rules of all tenants */
  list(tenantId: string | undefined): readonly FaultRecord[] {
    return this.#of(tenantId).records
  }

  /** @throws InvalidFaultRule for rules that are not valid, or too large for a token; its message begins with `faults` */
  demandValidForToken(rules: readonly FaultRule[]): void {
    const sizeMistake = tokenSizeMistake(rules)
    if (sizeMistake !== undefined) throw new InvalidFaultRule(`faults ${sizeMistake}`)
    const mistake = firstMistake(rules, this.#options.operations)
    if (mistake !== undefined) throw new InvalidFaultRule(`faults.${mistake}`)
  }

  /** @throws TooManyFaults where a tenant with these rules would go over a limit */
  demandRoom(tenantId: string, list: FaultList): void {
    demandWithinLimits(list, this.#bytesBeside(tenantId))
  }

  /** @throws InvalidFaultRule, TooManyFaults */
  add(tenantId: string | undefined, rule: FaultRule): FaultRecord {
    const mistake = ruleMistake(rule, this.#options.operations)
    if (mistake !== undefined) throw new InvalidFaultRule(mistake)
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

  /** Back to the fixture's rules for all tenants. */
  reset(): void {
    this.#forAll = fixtureFaults(this.#options.initial())
  }

  evaluateForAll(request: EvaluatedRequest): FaultEvaluation {
    const evaluation = this.#evaluate(this.#forAll.records, request, 'all')
    this.#forAll = { ...this.#forAll, records: evaluation.records }
    return evaluation
  }

  evaluateForTenant(tenant: FaultsOwner, request: EvaluatedRequest): FaultEvaluation {
    const evaluation = this.#evaluate(tenant.faults.records, request, tenant.id)
    tenant.faults = { ...tenant.faults, records: evaluation.records }
    return evaluation
  }

  /** Tokens with the same claims share their counters. @throws RangeError where the tenant has no memory left for them */
  evaluateForToken(tenant: FaultsOwner, { key, rules }: TokenFaults, request: EvaluatedRequest): FaultEvaluation {
    const progress = tenant.faults.byToken.get(key)
    const { records } = fixtureFaults(rules.map((rule, at) => ({ ...rule, ...progress?.[at] })))
    const evaluation = this.#evaluate(records, request, tenant.id, 'token')
    const advanced = evaluation.records.map(({ matched, fired }) => ({ matched, fired }))
    tenant.faults = withTokenProgress(tenant.faults, key, advanced)
    return evaluation
  }

  /** Chance and jitter of a rule depend on the seed and its own counters only, not on other requests. */
  #evaluate(rules: readonly FaultRecord[], request: EvaluatedRequest, ...scope: string[]): FaultEvaluation {
    const { random } = this.#options
    const evaluation = evaluateRules(rules, request, (id, match) => random.numberFor('fault', ...scope, id, match))
    return { ...evaluation, jitter: ({ id, fired }) => random.numberFor('delay', ...scope, id, fired) }
  }

  #of(tenantId: string | undefined): FaultList {
    return tenantId === undefined ? this.#forAll : this.#options.tenants.get(tenantId).faults
  }

  /** Bytes of all rules except those of one scope. */
  #bytesBeside(scope: string | undefined): number {
    let bytes = scope === undefined ? 0 : this.#forAll.bytes
    for (const { id, faults } of this.#options.tenants.used()) if (id !== scope) bytes += faults.bytes
    return bytes
  }

  #put(tenantId: string | undefined, list: FaultList): void {
    if (tenantId === undefined) this.#forAll = list
    else this.#options.tenants.get(tenantId).faults = list
  }
}
