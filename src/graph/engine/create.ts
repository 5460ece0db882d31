import type { ResolvedPath } from '../odata/path/resolved-path.js'
import { methodNotAllowed } from './engine-error.js'
import { urlOf } from './links.js'
import { addReference } from './references.js'
import type { Collection, Held, OperationPlace, Place } from './place.js'
import { contextOf } from './read.js'
import { readEntity } from './read-payload.js'
import type { EngineAnswer } from './request.js'
import { demandServed } from './served.js'
import type { Work } from './work.js'
import { Writer } from './writer.js'

/** POST: to a collection it makes an entity there, to `$ref` it links one. */
export function create(place: Exclude<Place, OperationPlace>, path: ResolvedPath, work: Work): EngineAnswer {
  if (place.kind !== 'owned' && place.kind !== 'linked') throw methodNotAllowed('POST is for collections and actions.')
  const last = path.segments.at(-1)?.kind
  if (last === 'ref') return addReference(place, work)
  if (last === 'count') throw methodNotAllowed('Nothing is created here.')
  const note = demandServed(place, 'POST')
  const query = work.singleQuery(place.type)
  const draft = readEntity(work.request.body, place.type.structured, 'POST', work)
  const writer = new Writer(work)
  const held = writer.create(homeOf(place, draft.type.name, work), draft)
  if (place.kind === 'linked') writer.link(place.owner, place.navigation, held.ref)
  return { ...created(held, place, path, work, writer, query), ...note }
}

/** The entity set that an entity of a type belongs to, where several are read as one. */
function homeOf(place: Collection, type: string, work: Work): string {
  const [only, ...others] = place.kind === 'owned' ? place.collections : []
  const set = only !== undefined && others.length === 0 ? only : work.model.entitySet(type)
  if (set === undefined) throw methodNotAllowed(`${type} has no entity set of its own.`)
  return set
}

/** 201 with the entity and where it is. */
export function created(
  held: Held,
  place: Collection,
  path: ResolvedPath,
  work: Work,
  { entities }: Writer,
  query: ReturnType<Work['singleQuery']>
): EngineAnswer {
  const keys = place.type.keys.map((name) => ({ name, value: String(held.entity.properties[name]) }))
  const segments = [...path.segments, { kind: 'key', values: keys, alternate: false }] as const
  const context = contextOf({ segments, target: { ...path.target, collection: false } }, work, query)
  return work.answer(201, work.representer(entities).entity(held, place.type, query, context), {
    entities,
    headers: { location: `${work.request.serviceRoot}/${urlOf(held.ref)}` }
  })
}
