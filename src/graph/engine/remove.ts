import type { ResolvedPath } from '../odata/path/resolved-path.js'
import { methodNotAllowed, notFound } from './engine-error.js'
import type { Place } from './place.js'
import { clearValue } from './property-update.js'
import { removeReference } from './references.js'
import type { EngineAnswer } from './request.js'
import type { Work } from './work.js'

/** DELETE of an entity with all that it contains, of a reference, or of a value. */
export function remove(place: Place, path: ResolvedPath, work: Work): EngineAnswer {
  const last = path.segments.at(-1)?.kind
  if (place.kind === 'value' && last === 'property') return clearValue(place, work)
  if (last === 'ref' && place.kind !== 'value' && place.kind !== 'operation') return removeReference(place, work)
  if (place.kind !== 'one' || last === 'value' || !place.verbs.includes('DELETE'))
    throw methodNotAllowed('This is not deleted.')
  if (!place.held) throw notFound(place.sought)
  return work.answer(204, undefined, { entities: work.entities.delete(place.held.ref) })
}
