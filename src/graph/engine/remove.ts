import type { ResolvedPath } from '../odata/path/resolved-path.js'
import { methodNotAllowed, notFound } from './engine-error.js'
import type { OperationPlace, Place } from './place.js'
import { clearValue } from './property-update.js'
import { removeReference } from './references.js'
import type { EngineAnswer } from './request.js'
import { demandServed } from './served.js'
import type { Work } from './work.js'

/** DELETE of an entity with all that it contains, of a reference, or of a value. */
export function remove(place: Exclude<Place, OperationPlace>, path: ResolvedPath, work: Work): EngineAnswer {
  const last = path.segments.at(-1)?.kind
  if (place.kind === 'value' && last === 'property') return clearValue(place, work)
  if (last === 'ref' && place.kind !== 'value') return removeReference(place, work)
  if (place.kind !== 'one' || last === 'value') throw methodNotAllowed('This is not deleted.')
  const note = demandServed(place, 'DELETE')
  if (!place.held) throw notFound(place.sought)
  return work.answer(204, undefined, { entities: work.entities.delete(place.held.ref), ...note })
}
