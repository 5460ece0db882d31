import type { TokenFaults } from '../faults/faults.js'

export type IdentityKind = 'delegated' | 'application' | 'personal'

/** The identity of a verified access token. */
export interface Identity {
  /** The tenant, a lower-case GUID: the sandbox of the request. */
  readonly tenantId: string
  readonly kind: IdentityKind
  /** `scp` of a delegated or personal token, `roles` of an application token. */
  readonly permissions: readonly string[]
  readonly appId: string | undefined
  /** The claim `mock_faults`: fault rules for the requests of this token. */
  readonly faults?: TokenFaults
}

/** The tenant of all personal Microsoft accounts (documented). */
export const PERSONAL_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad'
