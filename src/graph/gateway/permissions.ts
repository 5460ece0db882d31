import type { Step } from '../../http/steps.js'
import type { OriginOf } from '../../http/origin.js'
import type { Identity } from '../../identity/identity.js'
import type { Behaviour } from '../../support/behaviour.js'
import { invalidAuthenticationToken, type GraphError } from '../errors.js'
import type { Operation } from './operation.js'
import { ofOperation } from './operation-step.js'
import type { AcceptedPermissions } from './permission-rule.js'

/** Refuses a token without any of the operation's permissions, before the body is read. */
export function demandPermissions(origin: OriginOf): Step {
  return ofOperation((request, operation) => {
    const { identity, tenant } = request
    const { permissions } = operation
    if (typeof permissions === 'string') return undefined
    const accepted = permissions.accepted(tenant)
    if (isGranted(identity, accepted)) return undefined
    if (identity.kind === 'personal' && !accepted.personal) throw personalNotSupported(origin(request))
    throw refusal(operation, request.method, identity, accepted)
  })
}

function isGranted(identity: Identity, accepted: AcceptedPermissions): boolean {
  return listFor(identity, accepted).some((name) => identity.permissions.includes(name))
}

function listFor({ kind }: Identity, accepted: AcceptedPermissions): readonly string[] {
  const { [kind]: list = [] } = accepted
  return 'notSupported' in list ? [] : list
}

function refusal(operation: Operation, verb: string, identity: Identity, accepted: AcceptedPermissions): GraphError {
  const { application } = accepted
  const isApplication = identity.kind === 'application'
  if (isApplication && 'notSupported' in application)
    return operation.service.forbiddenToApplication(operation, application.notSupported)
  const names = listFor(identity, accepted)
  const held = identity.permissions.length > 0 ? identity.permissions.join(' ') : 'none'
  const reason = `${verb} needs one of ${names.join(', ')}; the token holds (${isApplication ? 'roles' : 'scp'}): ${held}.`
  return isApplication && identity.permissions.length === 0
    ? operation.service.forbiddenToApplication(operation, reason)
    : operation.service.forbidden(operation, names, reason)
}

function personalNotSupported(origin: string): GraphError {
  return invalidAuthenticationToken(
    'Access token validation failure.',
    'Personal Microsoft accounts are not supported by this resource; take a work or school token.',
    origin
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
