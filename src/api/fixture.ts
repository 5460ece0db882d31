import type { FaultRule } from './faults.js'
import type { GraphMockTenantDocument } from './tenant.js'
import type { TokenOptions } from './token.js'

/** An application registration: it is checked, and holds exactly what stands here. */
export interface GraphMockApplication {
  /** Client id. */
  appId: string
  displayName?: string
  /** With a secret or a certificate it is a confidential client. `endDateTime`: expired from then on. */
  secrets?: { secretText: string; endDateTime?: string }[]
  /** Certificates or public keys, in PEM, that client assertions are verified with. */
  certificates?: string[]
  /** On Graph. Default: none. */
  permissions?: { roles?: string[]; scopes?: string[] }
  /** Of `http://localhost` any port will do. */
  redirectUris?: string[]
  /** Fault rules that the tokens of this application carry. */
  faults?: FaultRule[]
  /** Audiences of its own API, beside `api://{appId}`, for the on-behalf-of flow. */
  identifierUris?: string[]
}

/** A user, known in every tenant. */
export interface GraphMockUser {
  /** Object id, a GUID. */
  id: string
  userPrincipalName: string
  displayName: string
  /** Default: any password is right. */
  password?: string
}

/** What the server knows before the first request. What a fixture leaves out is as in the default one. */
export interface GraphMockFixture {
  /** For editors. */
  $schema?: string
  /** Tenant of tokens that name none, a GUID. */
  defaultTenant: string
  /** Every tenant that nobody touched. */
  tenantDefaults?: GraphMockTenantDocument
  /** By tenant GUID: what differs from `tenantDefaults`. */
  tenants?: Record<string, GraphMockTenantDocument>
  /** Fault rules of all tenants. */
  faults?: (FaultRule & { matched?: number; fired?: number })[]
  /** Bearer tokens that work as they stand, by name. */
  tokens?: Record<string, TokenOptions>
  /** Who can sign in, in any tenant. */
  users?: GraphMockUser[]
  /** The first is the client of tokens that name none. */
  applications?: GraphMockApplication[]
  /** An application that is not listed: `accept` (default) it with any secret and all permissions, or `reject` it. */
  unknownApplications?: 'accept' | 'reject'
  /** Tenant GUID, or `default`, by domain name. */
  domains?: Record<string, string>
}
