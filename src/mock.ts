import { fixtureSchema, type Fixture } from './fixture/fixture.js'
import { FixtureSource } from './fixture/fixture-source.js'
import { Faults } from './faults/faults.js'
import { createGraph, type Graph } from './graph/graph.js'
import type { Resource } from './graph/resource.js'
import { loadResources } from './graph/resources.js'
import { AccessTokens } from './identity/access-tokens.js'
import type { Authority } from './identity/authority.js'
import { Directory } from './identity/directory.js'
import type { TokenRequest, TokenResponse } from './identity/token-request.js'
import { Journal } from './journal/journal.js'
import { lazyCheck } from './lib/lazy-check.js'
import { memoized } from './lib/memoized.js'
import type { Options } from './options.js'
import { originOf, type OriginOf } from './http/origin.js'
import { Random } from './lib/random.js'
import type { HoldingLimits } from './tenants/holdings.js'
import { tenantDocumentSchema } from './tenants/tenant-document.js'
import { TenantDocuments } from './tenants/tenant-documents.js'
import { Tenants } from './tenants/tenants.js'
import { Certificates } from './tls/certificates.js'

/** The parts of one server, without sockets and HTTP. Control surface and in-process API both work on it. */
export interface Mock {
  readonly options: Options
  /** The newest valid one. */
  readonly fixture: Fixture
  /** The source of the fixture. */
  readonly fixtures: FixtureSource
  readonly graph: Graph
  readonly random: Random
  readonly tenants: Tenants
  /** Tenants as documents: state, export. */
  readonly documents: TenantDocuments
  readonly tokens: AccessTokens
  readonly faults: Faults
  readonly journal: Journal
  readonly origin: OriginOf
  readonly certificates: Certificates
  readonly directory: Directory
  /** The state of Entra, created at the first call of its endpoints. */
  authority(): Promise<Authority>
  mintToken(request: TokenRequest): Promise<TokenResponse>
  /** Resets all tenants and the fault rules for all tenants to the fixture, and clears the journal; snapshots stay. */
  reset(): void
}

/**
 * @param now milliseconds since 1970
 * @param fixture a fixture in place of a file
 * @param limits of the memory of tenants; tests use lower ones
 * @param resources in place of those in `src/graph/resources/`
 * @throws UserError when the fixture does not validate or a file of keys or certificates cannot be used
 */
export async function createMock(
  options: Options,
  now: () => number = Date.now,
  fixture?: object,
  { limits, resources }: { limits?: HoldingLimits; resources?: readonly Resource[] } = {}
): Promise<Mock> {
  const graph = createGraph(resources ?? (await loadResources()))
  const { slots, operationNames: operations, permissionNames } = graph
  const check = lazyCheck(fixtureSchema(tenantDocumentSchema(slots)))
  const fixtures = new FixtureSource({
    file: options.fixtures,
    document: fixture,
    check,
    now,
    operations
  })
  const random = new Random(options.seed)
  const origin = originOf(options.publicUrl)
  const certificates = new Certificates(options)
  const directory = new Directory(
    () => fixtures.current,
    () => permissionNames
  )
  const journal = new Journal({
    size: options.journalSize,
    now,
    tenantNow: (tenantId, wall) => tenants.now(tenantId, wall)
  })
  const tenants: Tenants = new Tenants({
    slots,
    fixture: () => fixtures.current,
    overrides: options.profile === undefined ? {} : { profile: options.profile },
    now,
    onReset: (tenantId) => {
      journal.clear(tenantId)
    },
    ...(limits && { limits })
  })
  const documents = new TenantDocuments({
    tenants,
    slots,
    now,
    operations,
    demandRoom: (tenantId, list) => {
      faults.demandRoom(tenantId, list)
    }
  })
  const faults: Faults = new Faults({
    tenants,
    random,
    initial: () => fixtures.current.faults ?? [],
    operations
  })
  const tokens = new AccessTokens({
    defaultTenant: tenants.defaultId,
    defaultClient: () => directory.defaultClient,
    defaultUser: () => fixtures.current.users[0],
    named: () => fixtures.current.tokens ?? {},
    everyPermission: () => permissionNames,
    trustForeignTokens: options.trustForeignTokens,
    signingKey: options.signingKey,
    random
  })
  await certificates.own()
  // A given key is checked now; a generated one is made at first use.
  if (options.signingKey !== undefined) await tokens.signingKey()
  const timeOf = (tenantId: string) => tenants.now(tenantId)
  const mintToken = async (request: TokenRequest) => {
    faults.demandValidForToken(request.faults ?? [])
    return tokens.mint(request, timeOf)
  }
  const parts = { directory, tokens, random, mintToken, clientNow: now, now: timeOf }
  const authority = memoized(async () => {
    const { createAuthority } = await import('./identity/authority.js')
    return createAuthority({ ...parts, trustForeignTokens: options.trustForeignTokens })
  })
  return {
    options,
    get fixture() {
      return fixtures.current
    },
    fixtures,
    graph,
    random,
    tenants,
    documents,
    tokens,
    faults,
    journal,
    origin,
    certificates,
    directory,
    mintToken,
    reset() {
      tenants.resetAll()
      faults.reset()
    },
    authority
  }
}
