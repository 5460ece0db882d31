import type { TypeBoxScope } from '../http/typebox-scope.js'
import type { StateSlot } from '../tenants/state-slot.js'
import type { Operation } from './gateway/operation.js'
import type { AnsweredEntity, SendEntity } from './gateway/send-entity.js'
import type { GraphVersion } from './gateway/versions.js'

/**
 * A hand-written resource of Graph: one folder of `resources/`, whose `resource.ts` exports this by default, made by the
 * function for its kind, such as `singleton`.
 */
export interface Resource extends AnsweredEntity {
  /** The last segment of its path, with which the names of its operations begin. */
  readonly name: string
  readonly kind: 'singleton'
  /** Versions of Graph that have it. */
  readonly versions: readonly GraphVersion[]
  /**
   * The property that the programs of the recipes print; front page and recipes may use such a resource as their example.
   */
  readonly exampleProperty: string | undefined
  /** Its state in each tenant. */
  readonly state: StateSlot
  readonly operations: readonly Operation[]
  /** Declares a Fastify route for each operation, in a scope that has parsed and validated bodies. */
  readonly routes: (scope: TypeBoxScope, send: SendEntity) => void
}
