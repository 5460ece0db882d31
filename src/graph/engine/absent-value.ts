import type { PathProperty } from '../odata/path/path-model.js'
import type { GraphModel } from './graph-model.js'

/** Of each kind that a property may not be null of. That of a date is captured (rapid7/insightconnect-plugins#1989). */
const PRIMITIVES: ReadonlyMap<string, unknown> = new Map<string, unknown>(
  Object.entries({
    'Edm.String': '',
    'Edm.Boolean': false,
    'Edm.DateTimeOffset': '0001-01-01T00:00:00Z',
    'Edm.Date': '0001-01-01',
    'Edm.TimeOfDay': '00:00:00.0000000',
    'Edm.Duration': 'PT0S',
    'Edm.Guid': '00000000-0000-0000-0000-000000000000',
    'Edm.Int32': 0,
    'Edm.Int64': 0,
    'Edm.Int16': 0,
    'Edm.Byte': 0,
    'Edm.SByte': 0,
    'Edm.Double': 0,
    'Edm.Single': 0,
    'Edm.Decimal': 0,
    'Edm.Binary': ''
  })
)

/** One for all answers. */
const NOTHING: readonly unknown[] = Object.freeze([])

/**
 * What a property is read as that was never set: an empty list, null, or else the default of its kind in .NET, which the
 * service runs on (assumed for all but dates).
 */
export function absentValue(
  property: Pick<PathProperty, 'kind' | 'type' | 'collection' | 'nullable'>,
  model: GraphModel
): unknown {
  if (property.collection) return NOTHING
  if (property.nullable) return null
  if (property.kind === 'primitive') return PRIMITIVES.get(property.type) ?? null
  if (property.kind === 'enum') return model.model.enumeration(property.type)?.members[0]?.name ?? null
  return null
}
