import { readFileSync } from 'node:fs'
import defaultFixture from '../fixtures/default.json' with { type: 'json' }
import { fixtureFaultMistake } from './faults/fixture-faults.js'
import type { Fixture, FixtureDocument } from './fixture.js'
import { directoryFault } from './identity/directory-check.js'
import type { User } from './identity/directory-schema.js'
import type { Check } from './lazy-check.js'
import { explainMismatch } from './schema-mismatch.js'
import { clockMistake, type TenantDocument } from './tenants/tenant-document.js'
import { UserError } from './user-error.js'

/** The fixture that comes with msgraph-mock: tests check it, because a check costs a start. */
export function ownFixture(): Fixture {
  // The type that TypeScript gives a JSON module has neither literals nor tuples.
  const document: unknown = defaultFixture
  return withDefaults(document as FixtureDocument)
}

/** @throws UserError when the file cannot be read */
export function readFixtureFile(file: string): string {
  try {
    // Editors of Windows write a byte order mark.
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    throw new UserError(`cannot read the fixture ${file}: ${(error as Error).message}`)
  }
}

/** What a fixture is checked with. */
export interface FixtureChecks {
  /** Its schema. */
  readonly check: Check
  /** The wall clock, milliseconds since 1970. */
  readonly now: () => number
  /** Operations of all routes: none before these are declared, and then the app looks at the rules again. */
  readonly operations: () => readonly string[]
}

/**
 * @param file for messages
 * @throws UserError naming the file and the member that is wrong
 */
export function parseFixture(text: string, file: string, { check, now, operations }: FixtureChecks): Fixture {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (error) {
    throw new UserError(`cannot read the fixture ${file}: ${(error as SyntaxError).message}`)
  }
  if (!check.accepts(document)) throw new UserError(`${file}: ${explainMismatch(check.errors(document))}`)
  const fixture = document as FixtureDocument
  const names = operations()
  const fault =
    tenantsFault(fixture, now()) ??
    directoryFault(fixture) ??
    fixtureFaultMistake(fixture, names.length === 0 ? undefined : names)
  if (fault !== undefined) throw new UserError(`${file}: ${fault}`)
  return withDefaults(fixture)
}

function tenantsFault({ tenants = {}, tenantDefaults = {} }: FixtureDocument, wall: number): string | undefined {
  const ids = Object.keys(tenants).map((id) => id.toLowerCase())
  const twice = ids.find((id, at) => ids.indexOf(id) !== at)
  if (twice !== undefined) return `tenants.${twice} stands there twice, in different case`
  const documents = new Map([['tenantDefaults', tenantDefaults]])
  for (const [id, document] of Object.entries(tenants)) documents.set(`tenants.${id}`, document)
  for (const [path, { clock }] of documents) {
    const mistake = clockMistake(clock, wall)
    if (mistake !== undefined) return `${path}.${mistake}`
  }
  return undefined
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
    tenants: Object.fromEntries(tenants) as Record<string, TenantDocument>
  }
}
