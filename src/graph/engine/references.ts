import type { EntityRef } from '../../tenants/entities/entity.js'
import type { NavigationProperty } from '../model/members.js'
import { methodNotAllowed, notFound, notLinked } from './engine-error.js'
import { findByKey } from './find.js'
import { isObject } from './json-object.js'
import { isDerived } from './linked.js'
import { emptyPayload, notAnObject, wrongKind } from './payload-errors.js'
import type { Collection, Held, LinkedCollection, One } from './place.js'
import { demandShallow } from './read-payload.js'
import { referenced } from './reference.js'
import type { EngineAnswer } from './request.js'
import type { Work } from './work.js'
import { Writer } from './writer.js'

/** POST to `$ref` of a collection. */
export function addReference(place: Collection, work: Work): EngineAnswer {
  if (place.kind !== 'linked') throw notOfLinks()
  demandOwnLinks(place.navigation)
  return link(place.owner, place.navigation, work)
}

/** PUT to `$ref` of what leads to one entity. */
export function setReference({ way }: One, work: Work): EngineAnswer {
  if (way.kind !== 'link') throw notOfLinks()
  demandOwnLinks(way.navigation)
  return link(way.owner, way.navigation, work)
}

/** DELETE of `$ref`: of one that a key tells, of one that `$id` tells, or of the only one. */
export function removeReference(place: Collection | One, work: Work): EngineAnswer {
  if (place.kind === 'linked') return unlink(place, idOption(place, work), work)
  if (place.kind === 'one' && place.way.kind === 'link') {
    const { owner, navigation } = place.way
    demandOwnLinks(navigation)
    if (!place.held) throw notFound(navigation.name)
    return work.answer(204, undefined, { entities: work.entities.unlink(owner.ref, navigation.name) })
  }
  if (place.kind !== 'one' || place.way.kind !== 'key' || place.way.within.kind !== 'linked') throw notOfLinks()
  const { within, values, alternate } = place.way
  const collections = work.model.setsOf(within.type)
  const known = place.held ?? findByKey({ ...within, kind: 'owned', collections }, values, alternate, work)
  if (!known) throw notFound(place.sought)
  return unlink(within, known.ref, work)
}

function link(owner: Held, navigation: NavigationProperty, work: Work): EngineAnswer {
  const { body } = work.request
  if (body === undefined) throw emptyPayload()
  demandShallow(body)
  if (!isObject(body)) throw notAnObject(body)
  if (!Object.hasOwn(body, '@odata.id')) throw wrongKind('@odata.id', 'Send {"@odata.id": "URL of the entity"}.')
  const writer = new Writer(work)
  writer.link(owner, navigation, referenced(body['@odata.id'], '@odata.id', navigation, work))
  return work.answer(204, undefined, { entities: writer.entities })
}

function unlink({ owner: { ref: from }, navigation }: LinkedCollection, to: EntityRef, work: Work): EngineAnswer {
  demandOwnLinks(navigation)
  // A client may remove only what is linked (captured: go-azure-sdk matches the text).
  if (!work.entities.hasLink(from, navigation.name, to)) throw notLinked(navigation.name)
  return work.answer(204, undefined, { entities: work.entities.unlink(from, navigation.name, to) })
}

/** `$id` or `@id` of the query (documented: OData 4.01 Protocol 11.4.6.2). */
function idOption({ navigation }: LinkedCollection, work: Work): EntityRef {
  const { custom, aliases } = work.request.query.given
  const id = custom.get('$id') ?? aliases.get('@id')
  if (id === undefined) throw methodNotAllowed(`To remove one, name it: ${navigation.name}/{id}/$ref, or $ref?$id=….`)
  return referenced(id, '$id', navigation, work)
}

function demandOwnLinks(navigation: NavigationProperty): void {
  if (isDerived(navigation)) throw methodNotAllowed(`${navigation.name} follows from other links: write those.`)
}

function notOfLinks(): Error {
  return methodNotAllowed('$ref is written where entities are linked, not where they are contained.')
}
