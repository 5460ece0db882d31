import { profiles, type ProfileName } from '../profiles.js'
import { normaliseDateTimeOffset } from '../../lib/date-time-offset.js'
import type { MetadataLevel } from './metadata-level.js'
import type { EntityType } from './schema.js'
import type { Selection } from './select.js'

/** Where the entity stands: `path` as Graph spells it, `actions` the names of the actions bound to it. */
export interface EntityLocation {
  /** Origin and version that the request came to, such as `http://localhost:8365/beta`. */
  readonly serviceRoot: () => string
  readonly path: string
  readonly actions: readonly string[]
}

export interface Representation {
  readonly profile: ProfileName
  /** The level that the request asked for; `undefined` leaves the choice to the profile. */
  readonly level: MetadataLevel | undefined
  readonly select: Selection
}

/**
 * A stored entity as the JSON object of a 200: annotations first, properties in the order of the type.
 *
 * `documented` puts `@odata.type`, as the API page does; `observed` puts `@odata.context`, as captured on 2026-07-23
 * (graph2otel). An explicit level is honoured in both: `none` and `minimal` as OData JSON Format demands, `full` as
 * captured on another Intune type (OpenIntuneBaseline), so assumed for this one.
 */
export function represent(
  type: EntityType,
  entity: Readonly<Record<string, unknown>>,
  { profile, level, select }: Representation,
  location: EntityLocation
): Record<string, unknown> {
  const rules = profiles[profile]
  if (level === undefined && select === undefined && rules.annotation === '@odata.type') {
    return { '@odata.type': `#${type.edmType}`, ...entity }
  }
  const answer: Record<string, unknown> = {}
  if (level === undefined && rules.annotation === '@odata.type') answer['@odata.type'] = `#${type.edmType}`
  else if (level !== 'none') answer['@odata.context'] = context(location, select)
  if (level === 'full') {
    answer['@odata.type'] = `#${type.edmType}`
    answer['@odata.id'] = location.path
    answer['@odata.editLink'] = location.path
  }
  for (const [name, schema] of Object.entries(type.properties)) {
    if (select && !select.includes(name)) continue
    const edmType = schema['edmType'] as string
    const annotation = level === 'full' ? typeAnnotation(edmType) : undefined
    if (annotation !== undefined) answer[`${name}@odata.type`] = annotation
    const value = entity[name]
    const isDate = edmType === 'Edm.DateTimeOffset'
    answer[name] = isDate && rules.normalisesDates ? normaliseDateTimeOffset(value as string) : value
  }
  if (level === 'full') {
    for (const action of location.actions) {
      const title = `microsoft.graph.${action}`
      answer[`#${title}`] = { title, target: `${location.serviceRoot()}/${location.path}/${title}` }
    }
  }
  return answer
}

function context({ serviceRoot, path }: EntityLocation, select: Selection): string {
  const projection = select ? `(${select.join(',')})` : ''
  return `${serviceRoot()}/$metadata#${path}${projection}/$entity`
}

/** Strings carry no type annotation, dates `#DateTimeOffset`, enumerations their qualified name (captured). */
function typeAnnotation(edmType: string): string | undefined {
  if (edmType === 'Edm.String') return undefined
  return `#${edmType.replace(/^Edm\./, '')}`
}
