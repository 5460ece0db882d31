import type { MetadataLevel } from '../odata/metadata-level.js'
import type { BoundExpand, BoundQuery } from '../odata/query/bind/bound-query.js'
import { chooser, inOrder } from './choose.js'
import { tooMuch } from './engine-error.js'
import type { EntityContext } from './entity-context.js'
import { addLinks } from './full-metadata.js'
import type { GraphModel } from './graph-model.js'
import type { GraphType } from './graph-type.js'
import { targetsOf } from './linked.js'
import { heldAt } from './held.js'
import type { Held } from './place.js'
import { urlOf } from './links.js'
import type { EntityRef } from '../../tenants/entities/entity.js'
import type { Entities } from '../../tenants/entities/entities.js'
import { View } from './view.js'

/** How many entities an answer may have expanded. */
const MOST_EXPANDED = 25_000
/** Of `$levels=max`: how far is followed what leads back to itself. */
const MOST_LEVELS = 100

export interface Representation {
  readonly model: GraphModel
  readonly entities: Entities
  readonly serviceRoot: string
  readonly level: MetadataLevel
  readonly context: EntityContext
}

type Values = Record<string, unknown>

const WHOLE = { select: undefined, expand: [] }

/** Makes the JSON of answers. */
export class Representer {
  readonly #with: Representation
  readonly view: View
  #expanded = 0

  constructor(representation: Representation) {
    this.#with = representation
    this.view = new View(representation.model, representation.level)
  }

  /** @param declared the type that its place declares, which its own derives from */
  entity(
    held: Held,
    declared: GraphType,
    projection: Pick<BoundQuery, 'select' | 'expand'> = WHOLE,
    answer: Values = {}
  ): Values {
    const { model, level, serviceRoot } = this.#with
    const { entity } = held
    const type = model.nearestKnown(entity.type) ?? declared
    if (this.view.names(type.structured, declared.structured)) answer['@odata.type'] = `#${type.name}`
    if (level === 'full') {
      answer['@odata.id'] = urlOf(held.ref)
      answer['@odata.editLink'] = type === declared ? urlOf(held.ref) : `${urlOf(held.ref)}/${type.name}`
    }
    this.view.fill(answer, entity.properties, type.structured, entity.type, projection.select)
    for (const item of projection.expand) this.#expand(answer, held, type, item)
    if (level === 'full') addLinks(answer, held.ref, type, projection, serviceRoot, model)
    return answer
  }

  /** The URL that tells an entity, as `$ref` has it. */
  reference(ref: EntityRef): Values {
    return { '@odata.id': `${this.#with.serviceRoot}/${urlOf(ref)}` }
  }

  #expand(answer: Values, held: Held, type: GraphType, item: BoundExpand): void {
    const { model, entities, context, level, serviceRoot } = this.#with
    const { name } = item.navigation
    const navigation = type.structured.navigation.get(name)
    const target = model.type(item.target.name) as GraphType
    // A navigation property of a derived type, or below a complex value, which nothing is kept for.
    if (!navigation || item.path.length > 0) return
    const fits = chooser(item.query, target, context)
    let found: Held[] = []
    for (const ref of targetsOf(held.ref, navigation, entities)) {
      if (++this.#expanded > MOST_EXPANDED) throw tooMuch(`$expand leads to more than ${MOST_EXPANDED} entities.`)
      const one = heldAt(ref, entities)
      if (one && (!fits || fits(one))) found.push(one)
    }
    if (item.form === 'count' || item.count) answer[`${name}@odata.count`] = found.length
    if (item.form === 'count') return
    if (item.query.orderby.length > 0) found = inOrder(found, item.query, target, context)
    const start = item.skip ?? 0
    found = found.slice(start, item.top === undefined ? undefined : start + item.top)
    if (navigation.contained && level !== 'none' && item.form === 'entities') {
      const set = `${urlOf(held.ref)}/${name}`
      answer[`${name}@odata.context`] = `${serviceRoot}/$metadata#${set}${navigation.collection ? '' : '/$entity'}`
    }
    const shown = found.map((one) => {
      return item.form === 'references' ? this.reference(one.ref) : this.entity(one, target, deeper(item))
    })
    answer[name] = navigation.collection ? shown : (shown[0] ?? null)
  }
}

/** What is expanded of what was expanded: with `$levels` the same again. */
function deeper(item: BoundExpand): Pick<BoundQuery, 'select' | 'expand'> {
  const left = (item.levels === 'max' ? MOST_LEVELS : Math.min(item.levels, MOST_LEVELS)) - 1
  if (left < 1) return item.query
  return { select: item.query.select, expand: [...item.query.expand, { ...item, levels: left }] }
}
