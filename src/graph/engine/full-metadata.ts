import type { BoundQuery } from '../odata/query/bind/bound-query.js'
import type { GraphModel } from './graph-model.js'
import type { GraphType } from './graph-type.js'
import { urlOf } from './links.js'
import type { EntityRef } from '../../tenants/entities/entity.js'

/**
 * Links to what an entity leads to, and to the actions bound to it, as `odata.metadata=full` has them: absolute, actions
 * last (captured: OpenIntuneBaseline).
 */
export function addLinks(
  answer: Record<string, unknown>,
  ref: EntityRef,
  type: GraphType,
  { select }: Pick<BoundQuery, 'select'>,
  serviceRoot: string,
  model: GraphModel
): void {
  const url = `${serviceRoot}/${urlOf(ref)}`
  for (const { name } of type.structured.navigation.values()) {
    if (select && !select.properties.has(name)) continue
    answer[`${name}@odata.associationLink`] = `${url}/${name}/$ref`
    answer[`${name}@odata.navigationLink`] = `${url}/${name}`
  }
  if (select) return
  for (const { kind, name } of model.model.operations({ type: type.structured, collection: false })) {
    if (kind !== 'action') continue
    const title = `microsoft.graph.${name}`
    answer[`#${title}`] = { title, target: `${url}/${title}` }
  }
}
