import type { BoundQuery } from '../odata/query/bind/bound-query.js'
import type { JsonObject } from '../../tenants/entities/entity.js'
import { candidates, knownCount, type Candidate } from './candidates.js'
import { chooser, inOrder } from './choose.js'
import { badPageToken } from './engine-error.js'
import type { EntityContext } from './entity-context.js'
import type { GraphModel } from './graph-model.js'
import { orderValues, type PageMark } from './page-mark.js'
import type { Collection, Held } from './place.js'
import type { Entities } from '../../tenants/entities/entities.js'

/** What a collection is read in. */
export interface Reading {
  readonly model: GraphModel
  readonly entities: Entities
  readonly context: EntityContext
}

export interface PageRequest {
  readonly query: BoundQuery
  readonly skip: number
  /** How many entities at most. */
  readonly size: number
  /** The end of the page before. */
  readonly mark: PageMark | undefined
  /** Whether all that fit are to be counted. */
  readonly count: boolean
}

export interface Page {
  readonly helds: readonly Held[]
  readonly count: number | undefined
  /** The end of the page, where another follows. */
  readonly mark: PageMark | undefined
}

/** How many entities of a collection fit `$filter` and `$search`. */
export function countOf(place: Collection, query: Pick<BoundQuery, 'filter' | 'search'>, reading: Reading): number {
  const fits = chooser(query, place.type, reading.context)
  const known = fits ? undefined : knownCount(place, reading.entities)
  if (known !== undefined) return known
  let count = 0
  for (const one of candidates(place, reading)) if (!fits || fits(one)) count++
  return count
}

/** A page of a collection. Pages are told by their last entity, so writes between them neither repeat nor skip others. */
export function pageOf(place: Collection, request: PageRequest, reading: Reading): Page {
  const ordered = request.query.orderby.length > 0
  const { page, more, count } = ordered ? orderedPage(place, request, reading) : plainPage(place, request, reading)
  const last = page.at(-1)
  return {
    helds: page,
    count: request.count ? count : undefined,
    mark: more && last ? markOf(last, ordered ? request.query : undefined) : undefined
  }
}

interface Found {
  readonly page: readonly Candidate[]
  readonly more: boolean
  /** Of all that fit, where that was asked for. */
  readonly count: number
}

function markOf({ collection, position, ...held }: Candidate, query: BoundQuery | undefined): PageMark {
  const values = query && orderValues(held, query.orderby)
  return { collection, position, ...(values && { values }) }
}

function plainPage(place: Collection, request: PageRequest, reading: Reading): Found {
  const { query, skip, size, mark } = request
  const fits = chooser(query, place.type, reading.context)
  const known = request.count && !fits ? knownCount(place, reading.entities) : undefined
  const countsOn = request.count && known === undefined
  const page: Candidate[] = []
  let found = 0
  for (const one of candidates(place, reading, mark)) {
    if (fits && !fits(one)) continue
    if (found >= skip && found < skip + size) page.push(one)
    if (found++ >= skip + size && !countsOn) break
  }
  return { page, more: found > skip + size, count: known ?? found }
}

/** What is behind the place where the end of the page before would stand now. */
function orderedPage(place: Collection, { query, skip, size, mark }: PageRequest, reading: Reading): Found {
  const fits = chooser(query, place.type, reading.context)
  const all: Candidate[] = []
  const behind: Candidate[] = []
  let end: Candidate | undefined
  for (const one of candidates(place, reading)) {
    const isEnd = mark !== undefined && isAt(one, mark)
    if (isEnd && !mark.values) end = one
    else if (isEnd || (fits && !fits(one))) continue
    const list = mark && isBehind(one, mark) ? behind : all
    list.push(one)
  }
  if (mark?.values) end = endOf(mark, mark.values, place)
  if (mark && !end) throw badPageToken()
  // Among what is alike it stands where it was made.
  if (end && mark?.values) all.push(end)
  const inOrderNow = inOrder([...all, ...behind], query, place.type, reading.context) as Candidate[]
  const start = (end ? inOrderNow.indexOf(end) + 1 : 0) + skip
  const page = inOrderNow.slice(start, start + size)
  return { page, more: inOrderNow.length > start + size, count: inOrderNow.length }
}

function isAt({ collection, position }: Candidate, mark: PageMark): boolean {
  return collection === mark.collection && position === mark.position
}

function isBehind({ collection, position }: Candidate, mark: PageMark): boolean {
  return collection > mark.collection || (collection === mark.collection && position > mark.position)
}

/** What stands for the last entity of the page before, with the values that it was ordered by then. */
function endOf({ collection, position }: PageMark, values: JsonObject, place: Collection): Candidate {
  const entity = { key: '', type: place.type.name, properties: { ...values } }
  return { ref: { collection: '', key: '' }, entity, collection, position }
}
