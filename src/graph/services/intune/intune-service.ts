import type { OutgoingHttpHeaders } from 'node:http'
import type { GraphError } from '../../errors.js'
import type { Tenant } from '../../../tenants/tenant.js'
import type { Operation, Service } from '../../gateway/operation.js'
import type { Mistake } from '../../odata/payload-mistake.js'
import { conditionSetting } from './conditions/setting.js'
import { AN_ERROR, intuneError, noMethodMatch } from './intune-error.js'
import { intuneTypeName, payloadRefusal } from './payload-refusal.js'

/** A service of Intune: its errors have a JSON document as the message, and a wrong verb is a 400. */
export class IntuneService implements Service {
  readonly name = 'intune'
  readonly #frontEnd: string

  /** @param frontEnd the beginning of its own paths, such as `DeviceEnrollmentFE/StatelessDeviceEnrollmentFEService` */
  constructor(frontEnd: string) {
    this.#frontEnd = frontEnd
  }

  /**
   * The path of an operation behind the gateway, as Intune prints it in its errors, with the name of an action in Intune's own
   * model (captured, OpenIntuneBaseline).
   */
  backendPath({ kind, path }: Operation): string {
    const parent = path.slice(0, path.lastIndexOf('/') + 1)
    const own = kind === 'action' ? `${parent}microsoft.management.services.api.${localName(path)}` : path
    return `/${this.#frontEnd}/${own}`
  }

  /** Captured, CIS-Microsoft-365-Foundations-Benchmark#14. */
  forbidden(operation: Operation, accepted: readonly string[], reason: string): GraphError {
    const text = `Application is not authorized to perform this operation. Application must have one of the following scopes: ${accepted.join(', ')}`
    return intuneError('Forbidden', text, this.backendPath(operation), reason)
  }

  /** Captured for another Intune resource, Intune-PowerShell-SDK#121. */
  forbiddenToApplication(operation: Operation, reason: string): GraphError {
    const text =
      'Application is not authorized to perform this operation as called in app only context but does not have application permissions configured.'
    return intuneError('Forbidden', text, this.backendPath(operation), reason)
  }

  /** 400, not 405 (captured, microsoft-graph-docs-contrib#98). */
  noSuchVerb(operation: Operation, verb: string, reason: string): GraphError {
    return noMethodMatch(verb, routeTemplate(operation), this.backendPath(operation), reason)
  }

  payloadRefusal(mistake: Mistake): GraphError {
    return payloadRefusal(mistake)
  }

  typeName(edmType: string): string {
    return intuneTypeName(edmType)
  }

  /** Some resources of Intune answer a PATCH with 204; here it is a condition of the tenant. */
  answersNoContent({ kind }: Operation, tenant: Tenant): boolean {
    return kind === 'update' && conditionSetting.read(tenant).condition === 'patchNoContent'
  }

  /** Captured, IntuneCD#217. */
  tooManyRequests(operation: Operation, reason: string, headers: OutgoingHttpHeaders): GraphError {
    return intuneError('TooManyRequests', AN_ERROR, this.backendPath(operation), reason, headers)
  }
}

/** The name of an action without its namespace. */
function localName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('.')) + 1)
}

/** See {@link IntuneService.backendPath}; `undefined` for operations of other services. */
export function backendPathOf(operation: Operation | undefined): string | undefined {
  return operation?.service instanceof IntuneService ? operation.service.backendPath(operation) : undefined
}

/**
 * OData path template of an operation, such as `~/singleton/navigation/action` (captured,
 * microsoft-graph-docs-contrib#98).
 */
export function routeTemplate({ kind, path }: Operation): string {
  const [, ...rest] = path.split('/')
  const isCall = kind === 'action' || kind === 'function'
  const segments = rest.map((_, at) => (isCall && at === rest.length - 1 ? kind : 'navigation'))
  return ['~', 'singleton', ...segments].join('/')
}
