import type { GraphModel } from './graph-model.js'
import type { GraphType } from './graph-type.js'
import { linkedAfter } from './linked.js'
import type { PageMark } from './page-mark.js'
import type { Collection, Held } from './place.js'
import type { Entities } from '../../tenants/entities/entities.js'

/** An entity of a collection, and where it stands in it. */
export interface Candidate extends Held {
  readonly collection: number
  readonly position: number
}

/**
 * The entities of a collection in the order of creation or linking, of the type that it is cast to.
 *
 * @param mark where to go on behind; from the beginning where there is none
 */
export function candidates(
  place: Collection,
  { model, entities }: { readonly model: GraphModel; readonly entities: Entities },
  mark?: PageMark
): Iterable<Candidate> {
  const all = place.kind === 'owned' ? owned(place.collections, entities, mark) : linkedTo(place, entities, mark)
  return place.isCast ? ofType(all, place.type, model) : all
}

function* ofType(all: Iterable<Candidate>, { name }: GraphType, model: GraphModel): Generator<Candidate> {
  for (const one of all) if (model.nearestKnown(one.entity.type)?.isDerivedFrom(name)) yield one
}

function* owned(collections: readonly string[], entities: Entities, mark: PageMark | undefined): Generator<Candidate> {
  for (let at = mark?.collection ?? 0; at < collections.length; at++) {
    const collection = collections[at] as string
    const behind = at === mark?.collection ? mark.position : 0
    for (const [position, entity] of entities.after(collection, behind)) {
      yield { ref: { collection, key: entity.key }, entity, collection: at, position }
    }
  }
}

function* linkedTo(
  { owner, navigation }: Extract<Collection, { kind: 'linked' }>,
  entities: Entities,
  mark: PageMark | undefined
): Generator<Candidate> {
  for (const [position, ref] of linkedAfter(entities, owner.ref, navigation, mark?.position ?? 0)) {
    const entity = entities.get(ref)
    if (entity) yield { ref, entity, collection: 0, position }
  }
}

/** How many entities a collection has, where that is known without looking at each. */
export function knownCount(place: Collection, entities: Entities): number | undefined {
  if (place.kind === 'linked' || place.isCast) return undefined
  return place.collections.reduce((sum, collection) => sum + entities.count(collection), 0)
}
