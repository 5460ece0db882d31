import type { EntityRef } from '../../tenants/entities/entity.js'
import type { NavigationProperty } from '../model/members.js'
import type { StructuredType } from '../model/structured-type.js'

/** What a payload says of an entity, checked. */
export interface Draft {
  readonly type: StructuredType
  /** Structural properties that were sent, in the form in which they are kept. */
  readonly values: Readonly<Record<string, unknown>>
  readonly links: readonly { readonly navigation: NavigationProperty; readonly to: readonly EntityRef[] }[]
  /** Entities that are to be made with it. */
  readonly children: readonly { readonly navigation: NavigationProperty; readonly drafts: readonly Draft[] }[]
}
