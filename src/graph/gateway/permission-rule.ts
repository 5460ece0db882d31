import type { Tenant } from '../../tenants/tenant.js'

/** Why an operation takes no token of a kind, and what to do instead. */
export interface NotSupported {
  readonly notSupported: string
}

/** Permissions of which an operation needs any one, least privileged first. */
export interface AcceptedPermissions {
  /** Scopes of a user's token from a work or school account. */
  readonly delegated: readonly string[]
  /** App roles of a token without a user. */
  readonly application: readonly string[] | NotSupported
  /** Scopes of a user's token from a personal Microsoft account; absent where such accounts are not supported. */
  readonly personal?: readonly string[]
}

/** The permissions of an operation; in some operations they depend on the settings of the tenant. */
export interface PermissionRule {
  /** Every permission that the rule can accept. */
  readonly names: readonly string[]
  accepted(tenant: Tenant): AcceptedPermissions
}

/** `anyToken`: any valid token will do; `anonymous`: no token is needed. */
export type RequiredPermissions = PermissionRule | 'anyToken' | 'anonymous'

/** The same permissions in every tenant. */
export function permissions(accepted: AcceptedPermissions): PermissionRule {
  return { names: namesOf(accepted), accepted: () => accepted }
}

export function namesOf({ delegated, application, personal = [] }: AcceptedPermissions): readonly string[] {
  return [...delegated, ...('notSupported' in application ? [] : application), ...personal]
}
