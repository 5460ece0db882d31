import type { TSchema } from '@sinclair/typebox'
import { normaliseDateTimeOffset } from '../../lib/date-time-offset.js'
import type { MetadataLevel } from './metadata-level.js'
import type { BoundAction } from './parameters.js'
import { complexTypeOf, type EntityType } from './schema.js'
import type { Selection } from './select.js'

/** The place of an entity, its path as Graph spells it, and its bound actions. */
export interface EntityLocation {
  /** Origin and version that the request came to, such as `http://localhost:8365/beta`. */
  readonly serviceRoot: () => string
  readonly path: string
  readonly actions: readonly BoundAction[]
}

/** The form of a resource's answers where the request does not determine it. */
export interface AnswerStyle {
  /** The annotation of an answer if the request asks for no `odata.metadata` level. */
  readonly annotation: '@odata.type' | '@odata.context'
  /** Whether dates are answered in UTC, or as they were sent, character for character. */
  readonly normalisesDates: boolean
}

/** The style of the live service, for resources of which nothing else is known (captured, graph2otel, 2026-07-23). */
export const OBSERVED_STYLE: AnswerStyle = { annotation: '@odata.context', normalisesDates: true }

export interface Representation {
  readonly style: AnswerStyle
  /** The level that the request asked for; `undefined` leaves the choice to the style. */
  readonly level: MetadataLevel | undefined
  readonly select: Selection
}

/**
 * A stored entity as the JSON object of a 200: annotations first, properties in the order of the type.
 *
 * An explicit level is honoured: `none` and `minimal` as OData JSON Format demands, `full` as captured on another Intune
 * type (OpenIntuneBaseline), so assumed for others.
 */
export function represent(
  type: EntityType,
  entity: Readonly<Record<string, unknown>>,
  { style, level, select }: Representation,
  location: EntityLocation
): Record<string, unknown> {
  if (level === undefined && select === undefined && style.annotation === '@odata.type') {
    return { '@odata.type': `#${type.edmType}`, ...entity }
  }
  const answer: Record<string, unknown> = {}
  if (level === undefined && style.annotation === '@odata.type') answer['@odata.type'] = `#${type.edmType}`
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
    answer[name] = style.normalisesDates ? withNormalisedDates(entity[name], schema) : entity[name]
  }
  if (level === 'full') {
    for (const { name } of location.actions) {
      const title = `microsoft.graph.${name}`
      answer[`#${title}`] = { title, target: `${location.serviceRoot()}/${location.path}/${title}` }
    }
  }
  return answer
}

function withNormalisedDates(value: unknown, schema: TSchema): unknown {
  if (schema['edmType'] === 'Edm.DateTimeOffset')
    return typeof value === 'string' ? normaliseDateTimeOffset(value) : value
  const within = complexTypeOf(schema)
  if (!within || typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([name, member]) => [
    name,
    withNormalisedDates(member, within.properties[name] as TSchema)
  ])
  return Object.fromEntries(members) as object
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
