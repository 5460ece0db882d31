import { readFileSync } from 'node:fs'
import { Type, type TObject } from '@sinclair/typebox'
import defaultFixture from '../fixtures/default.json' with { type: 'json' }
import { fixtureFaultMistake } from './faults/fixture-faults.js'
import { FaultDocument } from './faults/rule.js'
import { directoryFault } from './identity/directory-check.js'
import { directoryMembers, type Application, type User } from './identity/directory-schema.js'
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
  readonly faults?: readonly FaultDocument[]
  readonly tokens?: Readonly<Record<string, TokenRequest>>
  readonly users: readonly [User, ...User[]]
  readonly applications: readonly Application[]
  readonly unknownApplications?: 'accept' | 'reject'
  readonly domains: Readonly<Record<string, string>>
}

type FixtureDocument = Partial<Fixture> & Pick<Fixture, 'defaultTenant'>

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
      faults: Type.Optional(Type.Array(FaultDocument, { description: 'Fault rules for all tenants.' })),
      tokens: Type.Optional(
        Type.Record(Type.String(), TokenRequest, { description: 'Bearer tokens that work as they stand, by name.' })
      ),
      ...directoryMembers
    },
    { ...closed, title: 'Fixture of msgraph-mock' }
  )
}

/**
 * The fixture of a file, or the one that comes with msgraph-mock: tests check that one, because a check costs a start.
 *
 * @throws UserError naming the file and the member that is wrong
 */
export function loadFixture(file: string | undefined, schema: TObject): Fixture {
  // The type that TypeScript gives a JSON module has neither literals nor tuples.
  const ownFixture: unknown = defaultFixture
  return withDefaults(file === undefined ? (ownFixture as FixtureDocument) : readFixture(file, schema))
}

function readFixture(file: string, schema: TObject): FixtureDocument {
  const document = readJson(file)
  const check = lazyCheck(schema)
  if (!check.accepts(document)) throw new UserError(`${file}: ${explainMismatch(check.errors(document))}`)
  const fault =
    tenantsFault(document as FixtureDocument) ??
    directoryFault(document as FixtureDocument) ??
    fixtureFaultMistake(document as FixtureDocument)
  if (fault !== undefined) throw new UserError(`${file}: ${fault}`)
  return document as FixtureDocument
}

function tenantsFault({ tenants = {} }: FixtureDocument): string | undefined {
  const ids = Object.keys(tenants).map((id) => id.toLowerCase())
  const twice = ids.find((id, at) => ids.indexOf(id) !== at)
  return twice === undefined ? undefined : `tenants.${twice} stands there twice, in different case`
}

function readJson(file: string): unknown {
  try {
    // Editors of Windows write a byte order mark.
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new UserError(`cannot read the fixture ${file}: ${(error as Error).message}`)
  }
}

/** Who signs in where the fixture does not say is as in the default fixture. */
function withDefaults(document: FixtureDocument): Fixture {
  const tenants = Object.entries(document.tenants ?? {}).map(([id, overrides]) => [id.toLowerCase(), overrides])
  const { users, applications, domains } = defaultFixture
  return {
    domains,
    applications,
    ...document,
    users: document.users ?? (users as [User, ...User[]]),
    defaultTenant: document.defaultTenant.toLowerCase(),
    tenants: Object.fromEntries(tenants) as Record<string, TenantOverrides>
  }
}
