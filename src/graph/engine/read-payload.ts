import { isDeeperThan } from '../../lib/json.js'
import type { NavigationProperty, Property } from '../model/members.js'
import type { StructuredType } from '../model/structured-type.js'
import { isAnnotation } from '../odata/annotations.js'
import { normaliseDateTimeOffset } from '../../lib/date-time-offset.js'
import { nearestNames } from '../odata/path/nearest-names.js'
import type { Draft } from './draft.js'
import { isDerived } from './linked.js'
import { define, isObject } from './json-object.js'
import { checkProperties } from './payload-check.js'
import {
  abstractType,
  badLiteral,
  emptyPayload,
  navigationInUpdate,
  notAnObject,
  notAssignable,
  tooDeep,
  unknownMember,
  unknownProperty,
  unresolvableType,
  wrongKind
} from './payload-errors.js'
import { unknownFlag } from './property-schema.js'
import { takesDynamic } from './graph-type.js'
import { methodNotAllowed } from './engine-error.js'
import { referenced } from './reference.js'
import type { Work } from './work.js'

/** Levels of JSON (assumed: MaxNestingDepth of Microsoft's OData library). */
const MOST_LEVELS = 100
const BIND = '@odata.bind'

type Values = Record<string, unknown>

/**
 * Reads a payload as an entity. Its type is the one that `@odata.type` names, else the declared one.
 *
 * @param method `PATCH` where the entity is there and no other may be made with it
 * @throws EngineError 400 for the first thing that does not fit
 */
export function readEntity(
  payload: unknown,
  declared: StructuredType,
  method: 'POST' | 'PATCH' | 'PUT',
  work: Work
): Draft {
  demandShallow(payload)
  return new PayloadReader(method, work).entity(payload, declared)
}

/** Reads an object as a complex value. @throws EngineError 400 */
export function readComplex(payload: Readonly<Values>, declared: StructuredType, work: Work): Values {
  demandShallow(payload)
  return new PayloadReader('PATCH', work).complex(payload, declared)
}

/** Reads the JSON of properties or parameters that were checked, as they are kept. */
export function keptValue(
  property: Pick<Property, 'kind' | 'type' | 'collection'>,
  value: unknown,
  work: Work
): unknown {
  return new PayloadReader('POST', work).kept(property, value)
}

export function demandShallow(payload: unknown): void {
  if (isDeeperThan(payload, MOST_LEVELS)) throw tooDeep(MOST_LEVELS)
}

class PayloadReader {
  readonly #method: 'POST' | 'PATCH' | 'PUT'
  readonly #work: Work

  constructor(method: 'POST' | 'PATCH' | 'PUT', work: Work) {
    this.#method = method
    this.#work = work
  }

  entity(payload: unknown, declared: StructuredType): Draft {
    if (payload === undefined) throw emptyPayload()
    if (!isObject(payload)) throw notAnObject(payload)
    const type = this.#typeOf(payload, declared)
    if (type.abstract && this.#method !== 'PATCH') {
      throw abstractType(
        type,
        this.#work.model.model.derived(type).map(({ name }) => name)
      )
    }
    const values: Values = {}
    const links: Draft['links'][number][] = []
    const children: Draft['children'][number][] = []
    for (const [name, value] of Object.entries(payload)) {
      const navigation = type.navigation.get(name.endsWith(BIND) ? name.slice(0, -BIND.length) : name)
      if (navigation && name.endsWith(BIND)) links.push({ navigation, to: this.#bound(name, value, navigation) })
      else if (navigation) this.#navigation(navigation, value, type, { links, children })
      else this.#structural(values, name, value, type)
    }
    return { type, values: this.#kept(values, type), links, children }
  }

  complex(payload: Readonly<Values>, declared: StructuredType): Values {
    const type = this.#typeOf(payload, declared)
    const values: Values = {}
    for (const [name, value] of Object.entries(payload)) this.#structural(values, name, value, type)
    const kept = this.#kept(values, type)
    return type === declared ? kept : { '@odata.type': `#${type.name}`, ...kept }
  }

  /** The value of a property that fits its schema, as it is kept. */
  kept(property: Pick<Property, 'kind' | 'type' | 'collection'>, value: unknown): unknown {
    if (value === null) return null
    if (property.collection) {
      const item = { ...property, collection: false }
      return (value as readonly unknown[]).map((one) => this.kept(item, one))
    }
    const { kind, type } = property
    const { model } = this.#work
    if (kind === 'complex') {
      const structured = model.model.type(type)
      return structured ? this.complex(value as Values, structured) : value
    }
    if (kind === 'enum') return this.#flags(type, value as string)
    if (type === 'Edm.DateTimeOffset') return normaliseDateTimeOffset(value as string)
    if (type === 'Edm.Date') return realDate(value as string)
    return type === 'Edm.Guid' ? (value as string).toLowerCase() : value
  }

  #kept(values: Values, type: StructuredType): Values {
    checkProperties(values, type, this.#work.model)
    for (const name of Object.keys(values)) {
      const property = type.properties.get(name)
      if (property) values[name] = this.kept(property, values[name])
    }
    return values
  }

  /** Annotations other than types and links are passed over (OData JSON Format 4.01, section 4.5). */
  #structural(values: Values, name: string, value: unknown, type: StructuredType): void {
    if (type.properties.has(name)) values[name] = value
    else if (isAnnotation(name) || name.startsWith('#')) return
    else if (takesDynamic(type, name)) define(values, name, value)
    else throw unknownProperty(name, type)
  }

  #navigation(
    navigation: NavigationProperty,
    value: unknown,
    owner: StructuredType,
    { links, children }: { links: Draft['links'][number][]; children: Draft['children'][number][] }
  ): void {
    const { name, collection, contained } = navigation
    if (this.#method === 'PATCH') throw navigationInUpdate(this.#method, name, owner)
    if (value === null && !collection) return
    if (collection !== Array.isArray(value))
      throw wrongKind(name, `${name} leads to ${collection ? 'many entities: send an array' : 'one entity'}.`)
    const type = this.#work.model.model.type(navigation.type) as StructuredType
    const drafts: Draft[] = []
    for (const item of collection ? (value as readonly unknown[]) : [value]) {
      const id = isObject(item) && !contained ? item['@odata.id'] : undefined
      if (id === undefined) drafts.push(this.entity(item, type))
      else links.push({ navigation, to: [referenced(id, `${name}/@odata.id`, navigation, this.#work)] })
    }
    if (drafts.length > 0) children.push({ navigation, drafts })
  }

  #bound(name: string, value: unknown, navigation: NavigationProperty): Draft['links'][number]['to'] {
    if (navigation.contained || isDerived(navigation))
      throw methodNotAllowed(`Nothing is linked by ${navigation.name}.`)
    if (navigation.collection !== Array.isArray(value)) {
      throw wrongKind(name, `${name} takes ${navigation.collection ? 'an array of URLs' : 'one URL'}.`)
    }
    const urls = navigation.collection ? (value as readonly unknown[]) : [value]
    return urls.map((url) => referenced(url, name, navigation, this.#work))
  }

  #typeOf(payload: Readonly<Values>, declared: StructuredType): StructuredType {
    const named = Object.hasOwn(payload, '@odata.type') ? payload['@odata.type'] : undefined
    if (named === undefined || named === null) return declared
    if (typeof named !== 'string') throw wrongKind('@odata.type', '@odata.type takes the name of a type.')
    const { model } = this.#work.model
    const name = named.replace(/^#/, '')
    const type = /^(?:microsoft\.)?graph\./i.test(name) ? model.type(name) : undefined
    if (!type) throw unresolvableType(name, nearestNames(name, model.typeNames()))
    if (type.is(declared)) return type
    // What is read with the type of a base stays what it is.
    if (this.#method === 'PATCH' && declared.is(type)) return declared
    throw notAssignable(type.name, declared.name)
  }

  #flags(name: string, value: string): string {
    const type = this.#work.model.model.enumeration(name)
    if (!type?.flags) return value
    const unknown = unknownFlag(value, type)
    if (unknown !== undefined)
      throw unknownMember(
        value,
        type.members.map((member) => member.name)
      )
    return value
  }
}

/** A day that its month has. */
function realDate(value: string): string {
  if (new Date(`${value}T00:00:00Z`).toISOString().slice(0, 10) !== value) throw badLiteral(value, 'Edm.Date')
  return value
}
