import type { FaultRule } from './faults.js'

/** What a token is asked to be. Without any member: a delegated token that may do everything. */
export interface TokenOptions {
  /** Tenant GUID, or `default`. A new GUID is a new, isolated tenant. */
  tenantId?: string
  /** Whom the token speaks for. Default: `delegated`. */
  kind?: 'delegated' | 'application' | 'personal'
  /** Delegated permissions. Default: all that any route asks for. */
  scopes?: string[]
  /** Application permissions. Default: all that any route asks for. */
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
