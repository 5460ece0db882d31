import type { TypeBoxScope } from '../http/typebox-scope.js'
import type { StateSlot } from '../tenants/state-slot.js'
import type { Operation } from './gateway/operation.js'
import type { AnsweredEntity, SendEntity } from './gateway/send-entity.js'
import type { GraphVersion } from './gateway/versions.js'

/**
 * A hand-written resource of Graph: one folder of `resources/`, whose `resource.ts` has one of these as its default
 * export, made by what there is for its kind, such as `singleton`.
 */
export interface Resource extends AnsweredEntity {
  /** The last segment of its path, by which its operations are named. */
  readonly name: string
  readonly kind: 'singleton'
  /** Versions of Graph that have it. */
  readonly versions: readonly GraphVersion[]
  /** Where front page and recipes may show how it is read: the property that the program of a recipe prints. */
  readonly exampleProperty: string | undefined
  /** What of it is kept per tenant. */
  readonly state: StateSlot
  readonly operations: readonly Operation[]
  /** Declares a Fastify route for each operation, in a context where bodies have been read by their types. */
  readonly routes: (scope: TypeBoxScope, send: SendEntity) => void
}
