import type { Entities } from '../../tenants/entities/entities.js'
import type { EntityRef } from '../../tenants/entities/entity.js'
import { containedIn } from '../../tenants/entities/entity-path.js'
import type { NavigationProperty, Property } from '../model/members.js'
import type { StructuredType } from '../model/structured-type.js'
import type { Draft } from './draft.js'
import { alreadyLinked, duplicate, methodNotAllowed } from './engine-error.js'
import { keyOf } from './find.js'
import type { Held } from './place.js'
import { nullValue } from './payload-errors.js'
import { completeNew, completeChange } from './server-values.js'
import { define, isObject } from './json-object.js'
import type { Work } from './work.js'

type Values = Record<string, unknown>

/**
 * Types whose `id` the client gives.
 * Documented: the pages of domain, schemaExtension, externalConnection and externalItem ("create").
 */
const NAMED_BY_CLIENT: ReadonlySet<string> = new Set([
  'microsoft.graph.domain',
  'microsoft.graph.schemaExtension',
  'microsoft.graph.externalConnectors.externalConnection',
  'microsoft.graph.externalConnectors.externalItem'
])

/** Writes drafts, one after the other. Each write makes a new value, so that what is refused in the middle leaves nothing. */
export class Writer {
  /** With all that was written so far. */
  entities: Entities
  readonly #work: Work

  constructor(work: Work) {
    this.#work = work
    this.entities = work.entities
  }

  /**
   * Makes an entity, with what it links to and those that are made with it.
   *
   * @param key where the path says it
   */
  create(collection: string, draft: Draft, key?: string): Held {
    const { type, values: sent } = draft
    const own = key ?? this.#key(type, sent)
    const ref = { collection, key: own }
    if (own !== '' && this.entities.get(ref)) {
      throw duplicate(type.key.join(','), `${collection} has an entity with the key ${own}.`)
    }
    const values = completeNew(sent, this.#widest(type), this.#work.model, this.#work.request)
    if (type.key.length === 1 && type.key[0] === 'id') values['id'] = own
    const held = this.put(ref, type, values)
    this.#connect(held, draft)
    return held
  }

  /** Changes an entity: complex values are merged, collections replaced (captured for applications). */
  update({ ref, entity }: Held, draft: Draft): Held {
    const held = this.assign({ ref, entity }, draft.type, merged(entity.properties, draft.values))
    this.#connect(held, draft)
    return held
  }

  /** Gives an entity other values; what the service sets stays the service's. */
  assign({ ref, entity }: Held, type: StructuredType, values: Values): Held {
    this.#keepKey(values, entity.properties, type)
    completeChange(values, entity.properties, this.#widest(type), this.#work.model, this.#work.request)
    return this.put(ref, type, values, entity.type)
  }

  /** Replaces an entity: what is not sent is as of a new one. */
  replace({ ref, entity }: Held, draft: Draft): Held {
    const values: Values = { ...draft.values }
    this.#keepKey(values, entity.properties, draft.type)
    const widest = this.#widest(draft.type)
    completeChange(values, entity.properties, widest, this.#work.model, this.#work.request)
    const fresh = completeNew(values, widest, this.#work.model, this.#work.request)
    const held = this.put(ref, draft.type, { ...fresh, ...values })
    this.#connect(held, draft)
    return held
  }

  /** @param stored the type that it is kept with, which this version may lack */
  put(ref: EntityRef, type: StructuredType, properties: Values, stored = type.name): Held {
    this.#demandUnique(ref, type, properties)
    const entity = { key: ref.key, type: stored, properties }
    this.entities = this.entities.put(ref.collection, entity)
    return { ref, entity }
  }

  link(owner: Held, navigation: NavigationProperty, to: EntityRef): void {
    const { name, collection } = navigation
    const from = owner.ref
    // A singleton that was never written.
    if (!this.entities.get(from)) {
      const { key, type, properties } = owner.entity
      this.entities = this.entities.put(from.collection, { key, type, properties })
    }
    if (collection && this.entities.hasLink(from, name, to)) throw alreadyLinked(name)
    this.entities = this.entities.link(from, name, to, !collection)
  }

  #connect(owner: Held, { links, children }: Draft): void {
    for (const { navigation, to } of links) for (const target of to) this.link(owner, navigation, target)
    for (const { navigation, drafts } of children) {
      for (const draft of drafts) this.#createBelow(owner, navigation, draft)
    }
  }

  #createBelow(owner: Held, navigation: NavigationProperty, draft: Draft): void {
    const { name, contained, collection } = navigation
    if (contained) {
      this.create(containedIn(owner.ref, name), draft, collection ? undefined : '')
      return
    }
    const set = this.#work.model.entitySet(draft.type.name)
    if (set === undefined)
      throw methodNotAllowed(`${draft.type.name} has no entity set of its own; link with ${name}@odata.bind.`)
    this.link(owner, navigation, this.create(set, draft).ref)
  }

  #key(type: StructuredType, values: Readonly<Values>): string {
    const [only] = type.key
    if (only === undefined) return this.#work.request.newGuid()
    if (only === 'id' && type.key.length === 1) {
      const given = NAMED_BY_CLIENT.has(type.name) ? values['id'] : undefined
      return typeof given === 'string' && given !== '' ? given : this.#work.request.newGuid()
    }
    return keyOf(
      type.key.map((name) => {
        const value = values[name]
        if (typeof value !== 'string' && typeof value !== 'number')
          throw nullValue(type.properties.get(name) as Property)
        return { name, value: String(value) }
      })
    )
  }

  #keepKey(values: Values, before: Readonly<Values>, type: StructuredType): void {
    for (const name of type.key) {
      if (Object.hasOwn(before, name)) values[name] = before[name]
      else Reflect.deleteProperty(values, name)
    }
  }

  /** Alternate keys tell one entity each (captured for users: microsoft-graph-docs#1508). */
  #demandUnique(ref: EntityRef, type: StructuredType, values: Values): void {
    for (const name of type.alternateKeys) {
      const value = values[name]
      if (typeof value !== 'string') continue
      const other = this.entities.findBy(ref.collection, name, value)
      if (other && other.key !== ref.key) throw duplicate(name, `${ref.collection} has ${other.key} with it.`)
    }
  }

  /** Of an entity made in v1.0 beta too shows what is never null. */
  #widest(type: StructuredType): StructuredType {
    return this.#work.model.wider?.model.type(type.name) ?? type
  }
}

/** What is kept of a complex value that is sent in part (documented: OData 4.01 Protocol 11.4.3). */
export function merged(before: Readonly<Values>, sent: Readonly<Values>): Values {
  const values: Values = { ...before }
  for (const [name, value] of Object.entries(sent)) {
    const old = Object.hasOwn(before, name) ? before[name] : undefined
    const isSame = isObject(old) && isObject(value) && old['@odata.type'] === value['@odata.type']
    define(values, name, isSame ? merged(old, value) : value)
  }
  return values
}
