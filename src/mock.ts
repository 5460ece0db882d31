import { loadFixture, fixtureSchema, type Fixture } from './fixture.js'
import { Permissions } from './graph/permissions.js'
import type { Resource } from './graph/resource.js'
import { loadResources } from './graph/resources.js'
import { AccessTokens } from './identity/access-tokens.js'
import type { TokenRequest, TokenResponse } from './identity/token-request.js'
import type { Options } from './options.js'
import { originOf, type OriginOf } from './origin.js'
import { Random } from './random.js'
import { supportOfEveryRequest } from './graph/support.js'
import type { SupportTable } from './support/support-table.js'
import { tenantOverridesSchema } from './tenants/tenant-state.js'
import { Tenants } from './tenants/tenants.js'

/** Client id of tokens that name none. */
const DEFAULT_APP = '11112222-bbbb-3333-cccc-4444dddd5555'

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
  readonly origin: OriginOf
  mintToken(request: TokenRequest): Promise<TokenResponse>
}

/**
 * @param now milliseconds since 1970
 * @throws UserError when the fixture does not validate or the signing key cannot be used
 */
export async function createMock(options: Options, now: () => number = Date.now): Promise<Mock> {
  const resources = await loadResources()
  const slots = resources.map((resource) => resource.state)
  const fixture = loadFixture(options.fixtures, fixtureSchema(tenantOverridesSchema(slots)))
  const random = new Random(options.seed)
  const origin = originOf(options.publicUrl)
  const permissions = new Permissions(origin)
  const tenants = new Tenants({ slots, fixture, profile: options.profile, now })
  const tokens = new AccessTokens({
    defaultTenant: fixture.defaultTenant,
    defaultAppId: DEFAULT_APP,
    named: fixture.tokens ?? {},
    everyPermission: () => permissions.declared(),
    trustForeignTokens: options.trustForeignTokens,
    signingKey: options.signingKey,
    random
  })
  // A key that is given is checked now; one that is made waits until it is needed.
  if (options.signingKey !== undefined) await tokens.signingKey()
  const mintToken = (request: TokenRequest) => tokens.mint(request, (tenantId) => tenants.now(tenantId))
  return {
    options,
    fixture,
    resources,
    random,
    tenants,
    tokens,
    permissions,
    support: supportOfEveryRequest(),
    origin,
    mintToken
  }
}
