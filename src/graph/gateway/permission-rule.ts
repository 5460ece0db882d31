import type { Tenant } from '../../tenants/tenant.js'

/** Why an operation takes no token of a kind, and what to do instead. */
export interface NotSupported {
  readonly notSupported: string
}

/** Permissions that open an operation, least privileged first; any one of them will do. */
export interface AcceptedPermissions {
  /** Scopes of a user's token from a work or school account. */
  readonly delegated: readonly string[]
  /** App roles of a token without a user. */
  readonly application: readonly string[] | NotSupported
  /** Scopes of a user's token from a personal Microsoft account; absent where such accounts are not supported. */
  readonly personal?: readonly string[]
  /** Which row of Microsoft's table of permissions says so, such as `GET /users/{}`; absent for a hand-written resource. */
  readonly source?: string
}

/** Which permissions open an operation; in some operations the settings of the tenant decide. */
export interface PermissionRule {
  /** Every permission that the rule may name, which a token that may do everything holds. */
  readonly names: readonly string[]
  accepted(tenant: Tenant): AcceptedPermissions
}

/** `anyToken` where each valid token will do, `anonymous` where none is asked for. */
export type RequiredPermissions = PermissionRule | 'anyToken' | 'anonymous'

/** The same permissions in every tenant. */
export function permissions(accepted: AcceptedPermissions): PermissionRule {
  return { names: namesOf(accepted), accepted: () => accepted }
}

export function namesOf({ delegated, application, personal = [] }: AcceptedPermissions): readonly string[] {
  return [...delegated, ...('notSupported' in application ? [] : application), ...personal]
}
