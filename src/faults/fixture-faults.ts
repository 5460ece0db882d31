import type { Fixture } from '../fixture.js'
import type { Mock } from '../mock.js'
import { UserError } from '../user-error.js'
import { firstMistake } from './check-rule.js'
import { carriedExcess } from './limits.js'
import type { FaultRule } from './rule.js'

type RuleLists = Generator<[member: string, rules: readonly FaultRule[]]>

/** Every place of a fixture that holds fault rules, with its member's path. */
function* ruleLists(fixture: Partial<Fixture>): RuleLists {
  const { faults, tenantDefaults, tenants = {} } = fixture
  if (faults) yield ['faults', faults]
  if (tenantDefaults?.faults) yield ['tenantDefaults.faults', tenantDefaults.faults]
  for (const [id, tenant] of Object.entries(tenants)) if (tenant.faults) yield [`tenants.${id}.faults`, tenant.faults]
  yield* carriedLists(fixture)
}

/** Those whose rules tokens carry. */
function* carriedLists({ tokens = {}, applications = [] }: Partial<Fixture>): RuleLists {
  for (const [name, token] of Object.entries(tokens)) if (token.faults) yield [`tokens.${name}.faults`, token.faults]
  for (const [at, application] of applications.entries()) {
    if (application.faults) yield [`applications.${at}.faults`, application.faults]
  }
}

/** What a schema cannot say of the fault rules of a fixture: one sentence on the first mistake, with the member's path. */
export function fixtureFaultMistake(fixture: Partial<Fixture>, operations?: readonly string[]): string | undefined {
  for (const [member, rules] of ruleLists(fixture)) {
    const mistake = firstMistake(rules, operations)
    if (mistake !== undefined) return `${member}.${mistake}`
  }
  for (const [member, rules] of carriedLists(fixture)) {
    const excess = carriedExcess(rules)
    if (excess !== undefined) return `${member} ${excess}`
  }
  return undefined
}

/** Operations are known once the routes are declared. @throws UserError naming the fixture and the member */
export function demandKnownOperations({ fixture, operations, options }: Mock): void {
  const mistake = fixtureFaultMistake(fixture, operations.names())
  if (mistake !== undefined) throw new UserError(`${options.fixtures ?? 'fixtures'}: ${mistake}`)
}
