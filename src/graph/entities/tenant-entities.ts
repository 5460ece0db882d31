import type { User } from '../../identity/directory-schema.js'
import { Entities } from '../../tenants/entities/entities.js'
import type { Tenant } from '../../tenants/tenant.js'
import { entitiesSlot } from './entities-slot.js'

/** What is looked up by other properties than the key. */
const INDEXES = [
  ['users', 'userPrincipalName'],
  ['devices', 'deviceId'],
  ['applications', 'appId'],
  ['servicePrincipals', 'appId']
] as const

/**
 * The entities of tenants. One that nobody touched has the people of the fixture, who can sign in, and its organization;
 * nothing else, so that counts are predictable.
 */
export class TenantEntities {
  readonly #users: () => readonly User[]

  /** @param users of the newest fixture */
  constructor(users: () => readonly User[]) {
    this.#users = users
  }

  of(tenant: Tenant): Entities {
    return entitiesSlot.read(tenant).entities ?? this.#initial(tenant.id)
  }

  /** @throws TooMuchHeld, and the tenant has what it had */
  put(tenant: Tenant, entities: Entities): void {
    tenant.holdEntities(entities.bytes)
    entitiesSlot.update(tenant, () => ({ entities }))
  }

  #initial(tenantId: string): Entities {
    let entities = Entities.empty({ indexes: INDEXES })
    for (const { id, userPrincipalName, displayName } of this.#users()) {
      const properties = { id, userPrincipalName, displayName, accountEnabled: true, userType: 'Member' }
      entities = entities.put('users', { key: id, type: 'microsoft.graph.user', properties })
    }
    const properties = { id: tenantId, displayName: 'msgraph-mock' }
    return entities.put('organization', { key: tenantId, type: 'microsoft.graph.organization', properties })
  }
}
