import type { TypeBoxScope } from '../http/typebox-scope.js'
import type { StateSlot } from '../tenants/state-slot.js'
import type { AnsweredEntity, SendEntity } from './odata/entity-answer.js'
import type { IntuneRoute } from './gateway/request-context.js'
import type { GraphVersion } from './gateway/versions.js'

/** The context in which a resource declares its routes: behind the bearer token, bodies read and validated. */
export type GraphScope = TypeBoxScope

/** A Graph resource: one folder, whose `resource.ts` exports one of these as its default. */
export interface Resource extends AnsweredEntity {
  /** Versions of Graph that have it. */
  readonly versions: readonly GraphVersion[]
  readonly intune: IntuneRoute
  /** What of it is kept per tenant. */
  readonly state: StateSlot
  /** Declares the routes; each names its permissions, or the boot stops. */
  readonly routes: (graph: GraphScope, sendEntity: SendEntity) => void
}
