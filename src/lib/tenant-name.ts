import { Type, type SchemaOptions, type TString } from '@sinclair/typebox'

/** How a caller names a tenant: by its GUID, or as `default`. */
export function tenantName(options: SchemaOptions = {}): TString {
  return Type.String({
    pattern: /^(?:[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|default)$/.source,
    expected: 'a GUID or "default"',
    ...options
  })
}

/** The GUID of a tenant, as answers name it. */
export const tenantGuid = Type.String({
  pattern: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.source,
  description: 'Tenant GUID.'
})
