import type { OutgoingHttpHeaders } from 'node:http'
import type { Tenant } from '../../tenants/tenant.js'
import type { Behaviour } from '../../support/behaviour.js'
import type { GraphError } from '../errors.js'
import type { Mistake } from '../odata/payload-mistake.js'
import type { EntityType } from '../odata/schema.js'
import type { RequiredPermissions } from './permission-rule.js'

export type OperationKind =
  'get' | 'list' | 'create' | 'update' | 'delete' | 'action' | 'function' | 'batch' | 'document'

/** What a request asks for: all that the steps of its way need to know of it, whoever performs it. */
export interface Operation {
  /** By which fault rules and the journal name it, one for all its paths: `windowsAutopilotSettings.sync`. */
  readonly name: string
  readonly kind: OperationKind
  /** HTTP method; a GET answers HEAD too. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below the version, in Graph's own spelling; '' for the service document. */
  readonly path: string
  readonly service: Service
  readonly permissions: RequiredPermissions
  /** What its body is read and checked by; absent where it reads its body itself, or has none. */
  readonly payload?: EntityType
  /** What it does and what that rests on, for the support table. */
  readonly support: readonly Behaviour[]
}

/** A service behind Graph's gateway: how it refuses, in its own words. */
export interface Service {
  readonly name: string
  /** 403: the token holds none of the permissions. */
  forbidden(operation: Operation, accepted: readonly string[], reason: string): GraphError
  /** 403: the operation takes no application token, or this one holds no role at all. */
  forbiddenToApplication(operation: Operation, reason: string): GraphError
  /** The path exists and has no such verb. @param operation any one of the path */
  noSuchVerb(operation: Operation, verb: string, reason: string): GraphError
  /** 400: a payload that its type refuses. */
  payloadRefusal(mistake: Mistake): GraphError
  /** The name that the service's own model gives a type of Graph. */
  typeName(edmType: string): string
  /** Whether an update that is done answers 204 instead of 200 and the entity. */
  answersNoContent(operation: Operation, tenant: Tenant): boolean
  /** 429 as the service itself answers it, not Graph's gateway. */
  tooManyRequests(operation: Operation, reason: string, headers: OutgoingHttpHeaders): GraphError
}
