import type { OutgoingHttpHeaders } from 'node:http'
import type { Tenant } from '../../tenants/tenant.js'
import type { Behaviour } from '../../support/behaviour.js'
import type { GraphError } from '../errors.js'
import type { Mistake } from '../odata/payload-mistake.js'
import type { EntityType } from '../odata/schema.js'
import type { RequiredPermissions } from './permission-rule.js'

export type OperationKind =
  'get' | 'list' | 'create' | 'update' | 'delete' | 'action' | 'function' | 'batch' | 'document'

/** What a request asks for: all that the steps of its way need to know about it. */
export interface Operation {
  /** Its name in fault rules, one for all its paths: `windowsAutopilotSettings.sync`. */
  readonly name: string
  readonly kind: OperationKind
  /** HTTP method; GET includes HEAD. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path below the version, in Graph's own spelling; '' for the service document. */
  readonly path: string
  readonly service: Service
  readonly permissions: RequiredPermissions
  /** Type by which its body is read and validated; absent where it reads its body itself, or has none. */
  readonly payload?: EntityType
  /** Its rows in the support table. */
  readonly support: readonly Behaviour[]
}

/** A service behind Graph's gateway: its refusals, in its own words. */
export interface Service {
  readonly name: string
  /** 403: the token holds none of the permissions. */
  forbidden(operation: Operation, accepted: readonly string[], reason: string): GraphError
  /** 403: the operation takes no application token, or this one holds no role at all. */
  forbiddenToApplication(operation: Operation, reason: string): GraphError
  /** The path exists and has no such verb. @param operation any one of the path */
  noSuchVerb(operation: Operation, verb: string, reason: string): GraphError
  /** 400: the payload is not valid by its type. */
  payloadRefusal(mistake: Mistake): GraphError
  /** The name of a type of Graph in the service's own model. */
  typeName(edmType: string): string
  /** Whether a successful update answers 204 instead of 200 with the entity. */
  answersNoContent(operation: Operation, tenant: Tenant): boolean
  /** 429 of the service itself, not of Graph's gateway. */
  tooManyRequests(operation: Operation, reason: string, headers: OutgoingHttpHeaders): GraphError
}
