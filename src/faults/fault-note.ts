import type { ConnectionFault } from './rule.js'

/** Which fault befell a request, for its log line and the journal. */
export interface FaultNote {
  /** Whose rule: of all tenants, of the request's tenant, or carried by its token. */
  readonly scope: 'all' | 'tenant' | 'token'
  /** Number of the rule among those of its scope. */
  readonly id: number
  readonly effect: 'respond' | 'delay' | ConnectionFault
}
