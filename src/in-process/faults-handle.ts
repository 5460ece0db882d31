import type { GraphMockFaults } from '../api/api.js'
import { jsonCopy } from '../tenants/json-copy.js'
import { lazyCheck } from '../lib/lazy-check.js'
import { explainMismatch } from '../lib/schema-mismatch.js'
import { InvalidFaultRule, type Faults } from '../faults/faults.js'
import { FaultRule } from '../faults/rule.js'

const check = lazyCheck(FaultRule)

/** Fault rules for the in-process API: what `/_mock/faults` and `/_mock/tenants/{t}/faults` do, as methods. */
export function faultsHandle(faults: Faults, tenantId: string | undefined): GraphMockFaults {
  return {
    add(given) {
      const rule = jsonCopy(given)
      if (!check.accepts(rule)) throw new InvalidFaultRule(explainMismatch(check.errors(rule)))
      return faults.add(tenantId, rule as FaultRule)
    },
    list: () => faults.list(tenantId),
    unfired: () => faults.list(tenantId).filter(({ fired }) => fired === 0),
    remove: (id) => {
      faults.remove(tenantId, id)
    },
    clear: () => {
      faults.clear(tenantId)
    }
  }
}
