import { methodNotAllowed } from './engine-error.js'
import type { Collection, One } from './place.js'
import type { EngineAnswer } from './request.js'

type Note = Pick<EngineAnswer, 'note'>

/**
 * Whether a method may be used at a place. Entities are written where they are kept, also where Microsoft's packages know
 * of no such method, as tests have to make what they read; the answer then says so. What is only linked is written where
 * it is kept, unless the packages know better; a singleton of the root is neither replaced nor deleted.
 *
 * @throws EngineError 405
 */
export function demandServed(place: Collection | One, method: 'POST' | 'PATCH' | 'PUT' | 'DELETE'): Note {
  const verbs = place.kind === 'one' ? place.verbs : place.verbs.collection
  if (verbs.includes(method)) return {}
  const isRoot = place.kind === 'one' && place.way.kind === 'root'
  if (isLinked(place) || (isRoot && method !== 'PATCH')) {
    throw methodNotAllowed(
      `${method} is not served here. Entities are written where they are kept, and linked by $ref.`
    )
  }
  return { note: `Microsoft's packages know no ${method} here.` }
}

function isLinked(place: Collection | One): boolean {
  if (place.kind !== 'one') return place.kind === 'linked'
  return (
    place.way.kind === 'link' ||
    place.way.kind === 'result' ||
    (place.way.kind === 'key' && place.way.within.kind === 'linked')
  )
}
