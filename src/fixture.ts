import { readFileSync } from 'node:fs'
import { Type, type TObject } from '@sinclair/typebox'
import defaultFixture from '../fixtures/default.json' with { type: 'json' }
import { TokenRequest } from './identity/token-request.js'
import { lazyCheck } from './lazy-check.js'
import { explainMismatch } from './schema-mismatch.js'
import type { TenantOverrides } from './tenants/tenant-state.js'
import { UserError } from './user-error.js'

const closed = { additionalProperties: false }
const GUID = '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'

/** What the server knows before the first request: the JSON document of `--fixtures`. */
export interface Fixture {
  readonly defaultTenant: string
  readonly tenantDefaults?: TenantOverrides
  readonly tenants?: Readonly<Record<string, TenantOverrides>>
  readonly tokens?: Readonly<Record<string, TokenRequest>>
}

/** @param tenantOverrides see `tenantOverridesSchema` */
export function fixtureSchema(tenantOverrides: TObject): TObject {
  return Type.Object(
    {
      $schema: Type.Optional(Type.String({ description: 'For editors.' })),
      defaultTenant: Type.String({ pattern: GUID, description: 'Tenant of tokens that name none.' }),
      tenantDefaults: Type.Optional(
        Type.Object(tenantOverrides.properties, {
          ...closed,
          description: 'State of every tenant that nobody touched.'
        })
      ),
      tenants: Type.Optional(
        Type.Record(Type.String({ pattern: GUID }), tenantOverrides, {
          ...closed,
          description: 'By tenant GUID: what differs from tenantDefaults.'
        })
      ),
      tokens: Type.Optional(
        Type.Record(Type.String(), TokenRequest, { description: 'Bearer tokens that work as they stand, by name.' })
      )
    },
    { ...closed, title: 'Fixture of msgraph-mock' }
  )
}

/**
 * The fixture of a file, or the one that comes with msgraph-mock.
 *
 * @throws UserError naming the file and the member that is wrong
 */
export function loadFixture(file: string | undefined, schema: TObject): Fixture {
  const name = file ?? 'the default fixture'
  const document: unknown = file === undefined ? defaultFixture : readJson(file)
  const check = lazyCheck(schema)
  if (!check.accepts(document)) throw new UserError(`${name}: ${explainMismatch(check.errors(document))}`)
  return withLowerCaseTenants(document as Fixture)
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new UserError(`cannot read the fixture ${file}: ${(error as Error).message}`)
  }
}

function withLowerCaseTenants(fixture: Fixture): Fixture {
  const tenants = Object.entries(fixture.tenants ?? {}).map(([id, overrides]) => [id.toLowerCase(), overrides])
  return {
    ...fixture,
    defaultTenant: fixture.defaultTenant.toLowerCase(),
    tenants: Object.fromEntries(tenants) as Record<string, TenantOverrides>
  }
}
