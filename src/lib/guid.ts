import { createHash } from 'node:crypto'
import { Type, type SchemaOptions, type TString } from '@sinclair/typebox'

const GUID = /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/
const GUID_OR_DEFAULT = /^(?:[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|default)$/
const LOWER_CASE_GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** A GUID in any case. */
export function guid(options: SchemaOptions = {}): TString {
  return Type.String({ pattern: GUID.source, expected: 'a GUID', ...options })
}

/** How a caller names a tenant: by its GUID, or as `default`. */
export function tenantName(options: SchemaOptions = {}): TString {
  return Type.String({ pattern: GUID_OR_DEFAULT.source, expected: 'a GUID or "default"', ...options })
}

/** The GUID of a tenant in an answer. */
export const tenantGuid = Type.String({ pattern: LOWER_CASE_GUID.source, description: 'Tenant GUID.' })

/** The lower-case form of a GUID, `undefined` for anything else. */
export function asGuid(text: unknown): string | undefined {
  return typeof text === 'string' && GUID.test(text) ? text.toLowerCase() : undefined
}

/** A GUID (version 8) made from a name, the same in every run: ids of accounts, objects and service principals. */
export function stableGuid(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-'
  )
}
