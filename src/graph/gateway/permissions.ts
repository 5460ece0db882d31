import type { FastifyRequest, onRequestHookHandler, RouteOptions } from 'fastify'
import type { Tenant } from '../../tenants/tenant.js'
import type { Identity } from '../../identity/identity.js'
import { invalidAuthenticationToken, type GraphError } from '../errors.js'
import { intuneError } from '../services/intune/intune-error.js'
import { profiles, type ProfileName } from '../profiles.js'
import type { OriginOf } from '../../http/origin.js'
import type { IntuneRoute } from './request-context.js'
import { addOnRequest } from './route-hooks.js'
import type { Behaviour } from '../../support/behaviour.js'

/** Permissions of a route, any one of which opens it, by profile. In Intune scope and app role have the same name. */
export type RoutePermissions = Readonly<Record<ProfileName, readonly string[]>>

/**
 * What a route declares: permissions, or `anyToken` where each valid token will do, or `anonymous` where none is asked
 * for. Such a route stands outside the context that asks for tokens.
 */
export type RequiredPermissions = RoutePermissions | 'anyToken' | 'anonymous'

/** Every route passes here at boot: its permissions are collected, and checked before its body is read. */
export class Permissions {
  readonly #declared = new Set<string>()
  readonly #origin: OriginOf

  constructor(origin: OriginOf) {
    this.#origin = origin
  }

  /** Every permission that a route declares, sorted. */
  declared(): readonly string[] {
    return [...this.#declared].sort()
  }

  /** An `onRoute` hook. @throws Error when the route declares no permissions, which stops the boot */
  demand(route: RouteOptions): void {
    const { permissions, intune } = route.config ?? {}
    if (permissions === 'anyToken' || permissions === 'anonymous') return
    if (!permissions || !intune) {
      throw new Error(`${route.method.toString()} ${route.url} declares no config.permissions, or no config.intune`)
    }
    for (const name of Object.values(permissions).flat()) this.#declared.add(name)
    addOnRequest(route, this.#check(permissions, intune))
  }

  #check(permissions: RoutePermissions, intune: IntuneRoute): onRequestHookHandler {
    return (request, _reply, done) => {
      const { identity, tenant } = request
      if (isGranted(identity, tenant, permissions)) done()
      else done(this.#refusal(request, permissions[tenant.state.profile], intune))
    }
  }

  #refusal(request: FastifyRequest, accepted: readonly string[], intune: IntuneRoute): GraphError {
    const { identity, tenant, method } = request
    if (identity.kind === 'personal') {
      return invalidAuthenticationToken(
        'Access token validation failure.',
        'Personal Microsoft accounts are not supported by this resource; take a work or school token.',
        this.#origin(request)
      )
    }
    if (identity.kind === 'application' && !profiles[tenant.state.profile].acceptsApplications) {
      return withoutAppPermissions(
        intune,
        'The API page does not support application tokens, and the profile of this tenant is documented. Take a delegated token, or start with --profile observed.'
      )
    }
    const held = identity.permissions.length > 0 ? identity.permissions.join(' ') : 'none'
    const claim = identity.kind === 'application' ? 'roles' : 'scp'
    const reason = `${method} needs one of ${accepted.join(', ')}; the token holds (${claim}): ${held}.`
    if (identity.kind === 'application' && identity.permissions.length === 0)
      return withoutAppPermissions(intune, reason)
    return intuneError(
      'Forbidden',
      `Application is not authorized to perform this operation. Application must have one of the following scopes: ${accepted.join(', ')}`,
      intune,
      reason
    )
  }
}

function isGranted(identity: Identity, tenant: Tenant, permissions: RoutePermissions): boolean {
  const { profile } = tenant.state
  if (identity.kind === 'personal') return false
  if (identity.kind === 'application' && !profiles[profile].acceptsApplications) return false
  return permissions[profile].some((name) => identity.permissions.includes(name))
}

/** Captured for another Intune resource (Intune-PowerShell-SDK#121). */
function withoutAppPermissions(intune: IntuneRoute, reason: string): GraphError {
  return intuneError(
    'Forbidden',
    'Application is not authorized to perform this operation as called in app only context but does not have application permissions configured.',
    intune,
    reason
  )
}

export const permissionSupport: readonly Behaviour[] = [
  {
    behaviour: '403 `Forbidden` naming the permissions that would do, before the body is read',
    evidence: 'observed',
    source: 'CIS-Microsoft-365-Foundations-Benchmark#14'
  },
  {
    behaviour: 'Application tokens: 403 in the profile `documented`, accepted with the role in `observed`',
    evidence: 'documented',
    source: 'API page; accepted: graph2otel, 2026-07-23'
  },
  { behaviour: 'Personal tokens: 401', evidence: 'assumed', source: 'the page says not supported; no capture' }
]
