import type { EntityRef } from '../../tenants/entities/entity.js'
import type { NavigationProperty } from '../model/members.js'
import { resolvePath } from '../odata/path/resolve-path.js'
import { badRequest, notFound } from './engine-error.js'
import { withoutMe } from './me.js'
import { locate } from './locate.js'
import { wrongKind } from './payload-errors.js'
import type { Work } from './work.js'

const ORIGIN = /^[a-z][a-z\d+.-]{0,64}:\/\/[^/?#]*/i
/** No URL of an entity is longer. */
const LONGEST = 2048
const VERSION = /^\/*(?:v1\.0|beta)\//i

/**
 * The entity that a URL tells, of `@odata.id` or `@odata.bind`: absolute, of whatever host and version, as clients of
 * mocks send the real ones; or relative to the version.
 *
 * @param where the URL stands, for messages
 * @throws EngineError 404 where there is none, 400 where it cannot be linked there
 */
export function referenced(url: unknown, where: string, navigation: NavigationProperty, work: Work): EntityRef {
  if (typeof url !== 'string') throw wrongKind(where, `${where} takes the URL of an entity.`)
  if (url.length > LONGEST) throw badReference(`${where} takes URLs of up to ${LONGEST} characters.`)
  const path = url.replace(ORIGIN, '').replace(VERSION, '/')
  const resolved = withoutMe(resolvePath(path.split(/[?#]/, 1)[0] as string, work.model), work)
  const [first] = resolved.segments
  const place = first && locate(resolved, work)
  if (place?.kind !== 'one')
    throw badReference(
      `${where} takes the URL of an entity, such as ${work.request.serviceRoot}/directoryObjects/{id}.`
    )
  if (!place.held) throw notFound(place.sought)
  const type = work.model.nearestKnown(place.held.entity.type)
  if (!type?.isDerivedFrom(navigation.type)) {
    throw badReference(`${navigation.name} leads to ${navigation.type}; ${place.held.entity.type} is none.`)
  }
  // A singleton that nobody wrote.
  if (!work.entities.get(place.held.ref)) throw badReference(`${place.sought} has not been written yet.`)
  return place.held.ref
}

/** What of the text is known (captured: go-azure-sdk matches it). */
function badReference(reason: string): Error {
  return badRequest('badReference', 'Not a valid reference update.', reason)
}
