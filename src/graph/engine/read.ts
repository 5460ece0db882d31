import { bindQuery } from '../odata/query/bind/bind-query.js'
import type { BoundQuery } from '../odata/query/bind/bound-query.js'
import type { PathProperty } from '../odata/path/path-model.js'
import { contextTarget, contextUrl } from '../odata/path/context-url.js'
import type { ResolvedPath } from '../odata/path/resolved-path.js'
import { badRequest, notFound } from './engine-error.js'
import { isObject } from './json-object.js'
import { nextLink, pathUrl } from './links.js'
import { countOf, pageOf } from './list.js'
import { readMark, writeMark } from './page-mark.js'
import type { Collection, One, OperationPlace, Place } from './place.js'
import type { EngineAnswer } from './request.js'
import type { Work } from './work.js'

/** Pages where nothing else is asked for, and the most (assumed for all: those of users and groups are documented). */
const PAGE = { usual: 100, most: 999 }

/**
 * The answer to a GET of a place.
 *
 * @param path with what `/me` stands for in its place
 * @throws EngineError, QueryError
 */
export function read(place: Exclude<Place, OperationPlace>, path: ResolvedPath, work: Work): EngineAnswer {
  const last = path.segments.at(-1)?.kind
  switch (place.kind) {
    case 'owned':
    case 'linked':
      if (last === 'count') return counted(place, work)
      return last === 'ref' ? references(place, path, work) : list(place, path, work)
    case 'one':
      if (last === 'value') throw noStream(place)
      return last === 'ref' ? reference(place, path, work) : single(place, path, work)
    case 'value':
      return propertyAnswer(place.property, place.value, path, work)
  }
}

export function contextOf(
  path: ResolvedPath,
  work: Work,
  projection?: Pick<BoundQuery, 'select' | 'expand'>
): Record<string, unknown> {
  const { serviceRoot, metadataLevel } = work.request
  if (metadataLevel === 'none') return {}
  return { '@odata.context': contextUrl(serviceRoot, contextTarget(path, work.model), projection) }
}

function counted(place: Collection, work: Work): EngineAnswer {
  const query = bindQuery(work.request.query, place.type, work.model)
  const count = countOf(place, query, { model: work.model, entities: work.entities, context: work.context() })
  return plainText(String(count), work)
}

function list(place: Collection, path: ResolvedPath, work: Work): EngineAnswer {
  const query = bindQuery(work.request.query, place.type, work.model)
  const context = work.context()
  const { helds, ...more } = page(place, query, work, context)
  const representer = work.representer(work.entities, context)
  const value = helds.map((held) => representer.entity(held, place.type, query))
  return work.answer(200, { ...contextOf(path, work, query), ...annotations(more, work), value })
}

function page(place: Collection, query: BoundQuery, work: Work, context: ReturnType<Work['context']>) {
  const { top, skip = 0, skiptoken, count } = work.request.query
  const { maxPageSize } = work.preferences
  const size = Math.min(top ?? maxPageSize ?? PAGE.usual, maxPageSize ?? PAGE.most, PAGE.most)
  const mark = skiptoken === undefined ? undefined : readMark(skiptoken)
  const request = { query, size, mark, skip: mark ? 0 : skip, count: count && !mark }
  return pageOf(place, request, { model: work.model, entities: work.entities, context })
}

/** The count of all stands on the first page only (captured); the link before the values (captured). */
function annotations(
  { count, mark }: Pick<ReturnType<typeof page>, 'count' | 'mark'>,
  work: Work
): Record<string, unknown> {
  const { serviceRoot, path, query } = work.request
  return {
    ...(count !== undefined && { '@odata.count': count }),
    ...(mark && { '@odata.nextLink': nextLink(`${serviceRoot}/${pathUrl(path)}`, query, writeMark(mark)) })
  }
}

function single(place: One, path: ResolvedPath, work: Work): EngineAnswer {
  if (!place.held) throw notFound(place.sought)
  const query = work.singleQuery(place.type)
  return work.answer(200, work.representer().entity(place.held, place.type, query, contextOf(path, work, query)))
}

function references(place: Collection, path: ResolvedPath, work: Work): EngineAnswer {
  const query = bindQuery(work.request.query, place.type, work.model)
  const { helds, ...more } = page(place, query, work, work.context())
  const representer = work.representer()
  const value = helds.map(({ ref }) => representer.reference(ref))
  return work.answer(200, { ...contextOf(path, work), ...annotations(more, work), value })
}

function reference(place: One, path: ResolvedPath, work: Work): EngineAnswer {
  if (!place.held) throw notFound(place.sought)
  return work.answer(200, { ...contextOf(path, work), ...work.representer().reference(place.held.ref) })
}

/**
 * The answer that holds a value: with its context, its items counted, or as text.
 *
 * @param value as it is kept; `undefined` where it was never set
 */
export function propertyAnswer(
  property: Omit<PathProperty, 'contained'>,
  value: unknown,
  path: ResolvedPath,
  work: Work
): EngineAnswer {
  const shown = work.representer().view.property(property, value)
  const last = path.segments.at(-1)?.kind
  if (last === 'count') return plainText(String((shown as readonly unknown[]).length), work)
  // Documented: OData 4.01 Protocol 11.2.4.
  if (shown === null) return work.answer(204, undefined)
  if (last === 'value') return plainText(typeof shown === 'string' ? shown : JSON.stringify(shown), work)
  const context = contextOf(path, work)
  return work.answer(200, isObject(shown) ? { ...context, ...shown } : { ...context, value: shown })
}

/** Media are not kept yet, so an entity that may have some has none. */
function noStream({ type, sought }: One): Error {
  return type.structured.hasStream
    ? notFound(sought)
    : badRequest('badRequest', 'The requested resource has no stream.')
}

export function plainText(text: string, work: Work): EngineAnswer {
  return work.answer(200, text, { headers: { 'content-type': 'text/plain' } })
}
