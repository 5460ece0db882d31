import type { FaultRule } from './faults.js'
import type { GraphMockTenantDocument } from './tenant.js'
import type { TokenOptions } from './token.js'

/** An application registration. Its credentials and redirect URIs are checked, and it holds only these permissions. */
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
  /** `http://localhost` stands for any port. */
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

/** What a server starts with. Members that are left out are as in the default fixture. */
export interface GraphMockFixture {
  /** For editors. */
  $schema?: string
  /** Tenant of tokens that name none, a GUID. */
  defaultTenant: string
  /** The initial values of every tenant. */
  tenantDefaults?: GraphMockTenantDocument
  /** By tenant GUID: what differs from `tenantDefaults`. */
  tenants?: Record<string, GraphMockTenantDocument>
  /** Fault rules of all tenants. */
  faults?: (FaultRule & { matched?: number; fired?: number })[]
  /** Named bearer tokens: the name itself is what clients send. */
  tokens?: Record<string, TokenOptions>
  /** Who can sign in, in any tenant. */
  users?: GraphMockUser[]
  /** The first is the client of tokens that name none. */
  applications?: GraphMockApplication[]
  /** Applications that are not listed: `accept` (default) them with any secret and all permissions, or `reject` them. */
  unknownApplications?: 'accept' | 'reject'
  /** Tenant GUID, or `default`, by domain name. */
  domains?: Record<string, string>
}
