import { loadFixture, fixtureSchema, type Fixture } from './fixture.js'
import { Faults } from './faults/faults.js'
import { Operations } from './graph/operations.js'
import { Permissions } from './graph/permissions.js'
import type { Resource } from './graph/resource.js'
import { loadResources } from './graph/resources.js'
import { AccessTokens } from './identity/access-tokens.js'
import type { Authority } from './identity/authority.js'
import { Directory } from './identity/directory.js'
import type { TokenRequest, TokenResponse } from './identity/token-request.js'
import type { Options } from './options.js'
import { originOf, type OriginOf } from './origin.js'
import { Random } from './random.js'
import { supportOfEveryRequest } from './graph/support.js'
import type { SupportTable } from './support/support-table.js'
import { tenantOverridesSchema } from './tenants/tenant-state.js'
import { Tenants } from './tenants/tenants.js'
import { Certificates } from './tls/certificates.js'

/** All that one server is made of, sockets and HTTP apart. Control surface and in-process API both work on this. */
export interface Mock {
  readonly options: Options
  readonly fixture: Fixture
  readonly resources: readonly Resource[]
  readonly random: Random
  readonly tenants: Tenants
  readonly tokens: AccessTokens
  /** Filled as the app declares its routes. */
  readonly permissions: Permissions
  /** Filled likewise. */
  readonly support: SupportTable
  /** Filled likewise. */
  readonly operations: Operations
  readonly faults: Faults
  readonly origin: OriginOf
  readonly certificates: Certificates
  readonly directory: Directory
  /** What Entra keeps: made when its endpoints are first called. */
  authority(): Promise<Authority>
  mintToken(request: TokenRequest): Promise<TokenResponse>
}

/**
 * @param now milliseconds since 1970
 * @throws UserError when the fixture does not validate or a file of keys or certificates cannot be used
 */
export async function createMock(options: Options, now: () => number = Date.now): Promise<Mock> {
  const resources = await loadResources()
  const slots = resources.map((resource) => resource.state)
  const fixture = loadFixture(options.fixtures, fixtureSchema(tenantOverridesSchema(slots)))
  const random = new Random(options.seed)
  const origin = originOf(options.publicUrl)
  const certificates = new Certificates(options)
  const permissions = new Permissions(origin)
  const directory = new Directory({ ...fixture, everyPermission: () => permissions.declared() })
  const tenants = new Tenants({ slots, fixture, profile: options.profile, now })
  const operations = new Operations()
  const faults = new Faults({
    tenants,
    random,
    initial: () => fixture.faults ?? [],
    operations: () => operations.names()
  })
  const tokens = new AccessTokens({
    defaultTenant: fixture.defaultTenant,
    defaultClient: directory.defaultClient,
    defaultUser: fixture.users[0],
    named: fixture.tokens ?? {},
    everyPermission: () => permissions.declared(),
    trustForeignTokens: options.trustForeignTokens,
    signingKey: options.signingKey,
    random
  })
  await certificates.own()
  // A key that is given is checked now; one that is made waits until it is needed.
  if (options.signingKey !== undefined) await tokens.signingKey()
  const timeOf = (tenantId: string) => tenants.now(tenantId)
  const mintToken = async (request: TokenRequest) => {
    faults.demandSound(request.faults ?? [], 'faults.')
    return tokens.mint(request, timeOf)
  }
  const parts = { directory, tokens, random, mintToken, clientNow: now, now: timeOf }
  let authority: Promise<Authority> | undefined
  return {
    options,
    fixture,
    resources,
    random,
    tenants,
    tokens,
    permissions,
    support: supportOfEveryRequest(),
    operations,
    faults,
    origin,
    certificates,
    directory,
    mintToken,
    authority: () =>
      (authority ??= import('./identity/authority.js').then(({ createAuthority }) =>
        createAuthority({ ...parts, trustForeignTokens: options.trustForeignTokens })
      ))
  }
}
