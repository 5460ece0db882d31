import type { Application, User } from './directory-schema.js'
import { PERSONAL_TENANT } from './identity.js'
import { asGuid } from '../lib/guid.js'

/** The first segment of an authority's path. */
export interface TenantName {
  /** As in the URLs of answers: a lower-case GUID (also for a domain), or the keyword. */
  readonly name: string
  /** `undefined` where it depends on who signs in: `common` and `organizations`. */
  readonly tenantId: string | undefined
}

/** An application as a client: one of the fixture, or an unknown one that may do everything. */
export interface Client {
  readonly appId: string
  readonly displayName: string
  readonly isRegistered: boolean
  readonly registration: Application
  /** Those that its tokens name. */
  readonly roles: readonly string[]
  readonly scopes: readonly string[]
  /** Whether it has every permission of Graph besides, which would be too many for a token to name. */
  readonly hasEveryRole: boolean
  readonly hasEveryScope: boolean
}

/** In a list of permissions: every one that Graph has. */
const EVERY = '*'

/** The part of a fixture that the directory reads. */
export interface DirectoryFacts {
  readonly defaultTenant: string
  readonly users: readonly [User, ...User[]]
  readonly applications: readonly Application[]
  /** Default: accept. */
  readonly unknownApplications?: 'accept' | 'reject'
  readonly domains: Readonly<Record<string, string>>
}

/** Client id of tokens that name none, where the fixture registers no application. */
const UNREGISTERED_CLIENT_ID = '99998888-eeee-7777-ffff-666655554444'
/** Display name of an unregistered application. */
export const UNKNOWN_APP_NAME = 'msgraph-mock client'

const KEYWORDS = new Map<string, string | undefined>([
  ['common', undefined],
  ['organizations', undefined],
  ['consumers', PERSONAL_TENANT]
])

/** Tenants by name, users and applications of the fixture. Users and applications exist in every tenant. */
export class Directory {
  readonly #facts: () => DirectoryFacts
  readonly #everyPermission: () => readonly string[]

  /**
   * @param facts of the newest fixture
   * @param everyPermission every permission that an operation needs, which unregistered applications have
   */
  constructor(facts: () => DirectoryFacts, everyPermission: () => readonly string[]) {
    this.#facts = facts
    this.#everyPermission = everyPermission
  }

  get defaultTenant(): string {
    return this.#facts().defaultTenant
  }

  userNames(): string[] {
    return this.users.map(({ userPrincipalName }) => userPrincipalName)
  }

  get users(): readonly [User, ...User[]] {
    return this.#facts().users
  }

  get applications(): readonly Application[] {
    return this.#facts().applications
  }

  /** Client of tokens that name none: the first that is registered. */
  get defaultClient(): { readonly appId: string; readonly displayName: string } {
    const [first] = this.applications
    return { appId: first?.appId ?? UNREGISTERED_CLIENT_ID, displayName: first?.displayName ?? UNKNOWN_APP_NAME }
  }

  /** `undefined` for a name that is no GUID, no keyword and no domain of the fixture. */
  tenant(name: string): TenantName | undefined {
    const lower = name.toLowerCase()
    if (KEYWORDS.has(lower)) return { name: lower, tenantId: KEYWORDS.get(lower) }
    const tenantId = asGuid(lower) ?? this.#tenantOf(lower)
    return tenantId === undefined ? undefined : { name: tenantId, tenantId }
  }

  /** Client id and secret that work: of a registered application, else of an unregistered one. */
  get workingClient(): { readonly appId: string; readonly secretText: string } {
    for (const { appId, secrets = [] } of this.applications) {
      const lasting = secrets.find(({ endDateTime }) => endDateTime === undefined)
      if (lasting) return { appId, secretText: lasting.secretText }
    }
    return { appId: UNREGISTERED_CLIENT_ID, secretText: 'msgraph-mock' }
  }

  knowsDomain(domain: string): boolean {
    return this.#tenantOf(domain) !== undefined
  }

  /** By user principal name or object id; case does not matter. */
  user(nameOrId: string): User | undefined {
    const wanted = nameOrId.toLowerCase()
    return this.users.find(
      ({ id, userPrincipalName }) => userPrincipalName.toLowerCase() === wanted || id.toLowerCase() === wanted
    )
  }

  /** The tenant of a user whose path names none: that of the domain, else the default tenant. */
  homeTenant({ userPrincipalName }: Pick<User, 'userPrincipalName'>): string {
    return this.#tenantOf(userPrincipalName.slice(userPrincipalName.lastIndexOf('@') + 1)) ?? this.defaultTenant
  }

  /** `undefined` for an unregistered one, where the fixture rejects those. */
  client(appId: string): Client | undefined {
    const registration = this.applications.find((one) => one.appId.toLowerCase() === appId.toLowerCase())
    if (registration) {
      const { roles = [], scopes = [] } = registration.permissions ?? {}
      const { displayName = registration.appId } = registration
      return {
        appId: registration.appId,
        displayName,
        isRegistered: true,
        registration,
        roles: roles.filter((name) => name !== EVERY),
        scopes: scopes.filter((name) => name !== EVERY),
        hasEveryRole: roles.includes(EVERY),
        hasEveryScope: scopes.includes(EVERY)
      }
    }
    if (this.#facts().unknownApplications === 'reject') return undefined
    const everything = this.#everyPermission()
    return {
      appId,
      displayName: UNKNOWN_APP_NAME,
      isRegistered: false,
      registration: { appId },
      roles: everything,
      scopes: everything,
      hasEveryRole: true,
      hasEveryScope: true
    }
  }

  /** Whether there is a resource of this name, beside Graph: any, unless the fixture rejects unregistered applications. */
  knowsResource(name: string): boolean {
    return this.#facts().unknownApplications !== 'reject' || this.applications.some((one) => isApiOf(one, name))
  }

  /** The tenant of a domain of the fixture. */
  #tenantOf(domain: string): string | undefined {
    const wanted = domain.toLowerCase()
    const known = Object.entries(this.#facts().domains).findLast(([name]) => name.toLowerCase() === wanted)
    return known && (asGuid(known[1]) ?? this.defaultTenant)
  }
}

/** The names of the API of an application: its client id, `api://` and its client id, its own identifier URIs. */
export function apiNamesOf({ appId, identifierUris = [] }: Application): string[] {
  return [appId, `api://${appId}`, ...identifierUris]
}

/** Whether a resource is the API of an application; case and a slash at the end do not matter. */
export function isApiOf(registration: Application, resource: string): boolean {
  const wanted = comparable(resource)
  return apiNamesOf(registration).some((name) => comparable(name) === wanted)
}

function comparable(resource: string): string {
  return resource.toLowerCase().replace(/\/$/, '')
}
