import type { FaultRule } from './faults.js'

/** A token to mint. Without any member: a delegated token with every permission. */
export interface TokenOptions {
  /** Tenant GUID, or `default`. A new GUID is a new, isolated tenant. */
  tenantId?: string
  /** A user, an application, or a user with a personal account. Default: `delegated`. */
  kind?: 'delegated' | 'application' | 'personal'
  /** Delegated permissions. Default: every one that an operation needs. */
  scopes?: string[]
  /** Application permissions. Default: every one that an operation needs. */
  roles?: string[]
  /** Client id of the application (claim `appid`). */
  appId?: string
  /** Lifetime in seconds; negative for an expired token. Default: 3599. */
  expiresIn?: number
  /** Claim `aud`. Default: that of Graph. */
  audience?: string
  /** Claim `iss`. Default: `https://sts.windows.net/{tenant}/`. */
  issuer?: string
  /** `valid` (default), `invalid` (known key, wrong bytes), `foreign` (unknown key) or `none` (unsigned). */
  signature?: 'valid' | 'invalid' | 'foreign' | 'none'
  /** Fault rules for the requests of this token. */
  faults?: FaultRule[]
  /** Claims to add or replace; `null` removes one. */
  claims?: Record<string, unknown>
}
