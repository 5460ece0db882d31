import { Type, type TObject } from '@sinclair/typebox'
import { MAX_RULES } from './faults/limits.js'
import { FaultDocument } from './faults/rule.js'
import { directoryMembers, type Application, type User } from './identity/directory-schema.js'
import { TokenRequest } from './identity/token-request.js'
import type { TenantDocument } from './tenants/tenant-document.js'

const closed = { additionalProperties: false }
const GUID = /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/.source

/** What the server knows before the first request: the JSON document of `--fixtures`. */
export interface Fixture {
  readonly defaultTenant: string
  readonly tenantDefaults?: TenantDocument
  readonly tenants?: Readonly<Record<string, TenantDocument>>
  /** Fault rules of all tenants. */
  readonly faults?: readonly FaultDocument[]
  readonly tokens?: Readonly<Record<string, TokenRequest>>
  readonly users: readonly [User, ...User[]]
  readonly applications: readonly Application[]
  readonly unknownApplications?: 'accept' | 'reject'
  readonly domains: Readonly<Record<string, string>>
}

/** As it stands in the file: what it leaves out is as in the default fixture. */
export type FixtureDocument = Partial<Fixture> & Pick<Fixture, 'defaultTenant'>

/** @param tenantDocument see `tenantDocumentSchema` */
export function fixtureSchema(tenantDocument: TObject): TObject {
  return Type.Object(
    {
      $schema: Type.Optional(Type.String({ description: 'For editors.' })),
      defaultTenant: Type.String({ pattern: GUID, description: 'Tenant of tokens that name none.' }),
      tenantDefaults: Type.Optional(
        Type.Object(tenantDocument.properties, {
          ...closed,
          description: 'Every tenant that nobody touched.'
        })
      ),
      tenants: Type.Optional(
        Type.Record(Type.String({ pattern: GUID }), tenantDocument, {
          ...closed,
          description: 'By tenant GUID: what differs from tenantDefaults. An export of a tenant can stand here.'
        })
      ),
      faults: Type.Optional(
        Type.Array(FaultDocument, {
          maxItems: MAX_RULES,
          description: 'Fault rules of all tenants, in the order in which they are tried.'
        })
      ),
      tokens: Type.Optional(
        Type.Record(Type.String(), TokenRequest, { description: 'Bearer tokens that work as they stand, by name.' })
      ),
      ...directoryMembers
    },
    { ...closed, title: 'Fixture of msgraph-mock' }
  )
}
