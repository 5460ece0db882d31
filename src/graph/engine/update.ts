import type { ResolvedPath } from '../odata/path/resolved-path.js'
import { created } from './create.js'
import { methodNotAllowed, notFound } from './engine-error.js'
import { keyOf } from './find.js'
import type { Held, One, OperationPlace, Place } from './place.js'
import { changeValue } from './property-update.js'
import { contextOf } from './read.js'
import { readEntity } from './read-payload.js'
import { setReference } from './references.js'
import type { EngineAnswer } from './request.js'
import { demandServed } from './served.js'
import type { Work } from './work.js'
import { Writer } from './writer.js'

/** PATCH of an entity or a complex value. */
export function update(place: Exclude<Place, OperationPlace>, path: ResolvedPath, work: Work): EngineAnswer {
  if (place.kind === 'value') return changeValue(place, path, work)
  if (place.kind !== 'one' || !isEntity(path)) throw methodNotAllowed('This is not updated.')
  const note = demandServed(place, 'PATCH')
  if (!place.held) return upsert(place, path, work)
  const draft = readEntity(work.request.body, typeOf(place, place.held, work), 'PATCH', work)
  const writer = new Writer(work)
  return { ...changed(writer.update(place.held, draft), place, path, work, writer), ...note }
}

/** PUT of an entity, a complex value, a reference; of an entity that is not there where its key may be given so. */
export function replace(place: Exclude<Place, OperationPlace>, path: ResolvedPath, work: Work): EngineAnswer {
  if (place.kind === 'value') return changeValue(place, path, work)
  if (place.kind !== 'one') throw methodNotAllowed('A collection is not replaced.')
  if (path.segments.at(-1)?.kind === 'ref') return setReference(place, work)
  if (!isEntity(path)) throw methodNotAllowed('This is not replaced.')
  const note = demandServed(place, 'PUT')
  if (!place.held && 'note' in note) throw notFound(place.sought)
  if (!place.held) return insert(place, path, work, 'PUT')
  const draft = readEntity(work.request.body, typeOf(place, place.held, work), 'PUT', work)
  const writer = new Writer(work)
  return { ...changed(writer.replace(place.held, draft), place, path, work, writer), ...note }
}

function isEntity({ segments }: ResolvedPath): boolean {
  const last = segments.at(-1)?.kind
  return last !== 'ref' && last !== 'value'
}

/** An entity is changed as what it is. */
function typeOf({ type }: One, { entity }: Held, { model }: Work) {
  return (model.nearestKnown(entity.type) ?? type).structured
}

/** PATCH of what an alternate key tells (documented: https://learn.microsoft.com/graph/api/group-upsert). */
function upsert(place: One, path: ResolvedPath, work: Work): EngineAnswer {
  const isUpsert = place.way.kind === 'key' && place.way.alternate && work.preferences.createIfMissing
  if (!isUpsert) throw notFound(place.sought)
  return insert(place, path, work, 'POST')
}

function insert(place: One, path: ResolvedPath, work: Work, method: 'POST' | 'PUT'): EngineAnswer {
  const { way } = place
  if (way.kind !== 'key' || way.within.kind !== 'owned') throw notFound(place.sought)
  const { within, values, alternate } = way
  const draft = readEntity(work.request.body, place.type.structured, method, work)
  const named = Object.fromEntries(values.map(({ name, value }) => [name, value]))
  const writer = new Writer(work)
  const [collection = ''] = within.collections
  const held = writer.create(
    collection,
    { ...draft, values: { ...draft.values, ...named } },
    alternate ? undefined : keyOf(values)
  )
  return created(held, within, withoutKey(path), work, writer, work.singleQuery(place.type))
}

function withoutKey(path: ResolvedPath): ResolvedPath {
  return { ...path, segments: path.segments.slice(0, -1) }
}

/**
 * First segments below which an update is answered by 204.
 * Documented: the pages "update" of conditionalAccessPolicy and authorizationPolicy; of plannerTask, unless
 * `Prefer: return=representation` asks for more.
 */
const NO_CONTENT: ReadonlySet<string> = new Set(['identity', 'planner', 'policies'])

/**
 * 204 for directory objects, whatever is preferred (captured: azure-cli's recordings); else the entity, as the pages of
 * Intune, Outlook and To Do have it. Which of the two an entity of another service gets is assumed.
 */
function changed(held: Held, place: One, path: ResolvedPath, work: Work, { entities }: Writer): EngineAnswer {
  const preferred = work.preferences.return
  const [first] = path.segments
  const isDirectory = place.type.isDerivedFrom('microsoft.graph.directoryObject')
  const usual = first?.kind === 'root' && NO_CONTENT.has(first.root.name) ? 'minimal' : 'representation'
  if (isDirectory || (preferred ?? usual) === 'minimal') return work.answer(204, undefined, { entities })
  const query = work.singleQuery(place.type)
  return work.answer(200, work.representer(entities).entity(held, place.type, query, contextOf(path, work, query)), {
    entities
  })
}
