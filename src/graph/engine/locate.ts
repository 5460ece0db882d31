import type { NavigationProperty } from '../model/members.js'
import type { Root } from '../model/model.js'
import type { KeyValue, ResolvedPath, ResolvedSegment } from '../odata/path/resolved-path.js'
import { badRequest, notFound } from './engine-error.js'
import { findByKey, keyOf } from './find.js'
import type { GraphType } from './graph-type.js'
import { isObject } from './json-object.js'
import { heldAt, singleton, type Surroundings } from './held.js'
import { linked } from './linked.js'
import { unresolvableType } from './payload-errors.js'
import type { Collection, Held, One, OperationPlace, Place, StructuralProperty, ValuePlace } from './place.js'
import { containedIn } from '../../tenants/entities/entity-path.js'

/**
 * The place that a path leads to, before `$count`, `$ref` and `$value`.
 *
 * @param path with what `/me` stands for in its place
 * @throws EngineError 404 where an entity is missing on the way; the last one may be missing
 */
export function locate({ segments }: ResolvedPath, surroundings: Surroundings): Place {
  const locator = new Locator(surroundings)
  for (const segment of segments) locator.follow(segment)
  return locator.place
}

class Locator {
  readonly #surroundings: Surroundings
  #place: Place | undefined

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
  }

  get place(): Place {
    if (!this.#place) throw notValid()
    return this.#place
  }

  follow(segment: ResolvedSegment): void {
    switch (segment.kind) {
      case 'root':
        this.#place = this.#root(segment.root.name)
        break
      case 'key':
        this.#place = this.#key(segment.values, segment.alternate)
        break
      case 'navigation':
        this.#place = this.#navigation(segment.property.name)
        break
      case 'property':
        this.#property(segment.property as StructuralProperty)
        break
      case 'cast':
        this.#place = this.#cast(segment.type.name)
        break
      case 'operation':
        this.#place = {
          kind: 'operation',
          operation: segment.operation,
          arguments: segment.arguments,
          binding: this.place
        }
        break
      default:
    }
  }

  #root(name: string): Place {
    const { model } = this.#surroundings
    const root = model.root(name) as Root
    const type = this.#type(root.type)
    const { collection, verbs } = root
    if (collection) {
      // Its own first: two sets may have one type.
      const collections = [root.name, ...model.setsOf(type).filter((set) => model.root(set)?.type !== root.type)]
      return { kind: 'owned', collections, type, isCast: false, verbs }
    }
    const held = singleton({ collection: root.name, key: '' }, type, this.#surroundings)
    return { kind: 'one', held, type, verbs: verbs.item, way: { kind: 'root' }, sought: root.name }
  }

  #key(values: readonly KeyValue[], alternate: boolean): One {
    const within = this.place as Collection | OperationPlace
    if (within.kind === 'operation') throw notFound(keyOf(values))
    const found = findByKey(within, values, alternate, this.#surroundings)
    const own = found && this.#surroundings.model.nearestKnown(found.entity.type)
    const held = within.isCast && !own?.isDerivedFrom(within.type.name) ? undefined : found
    const sought = values.map(({ value }) => value).join(',')
    return {
      kind: 'one',
      held,
      type: within.type,
      verbs: within.verbs.item,
      way: { kind: 'key', within, values, alternate },
      sought
    }
  }

  #navigation(name: string): Place {
    const { entities } = this.#surroundings
    const owner = this.#held()
    const { ref, entity } = owner
    const navigation = navigationOf(this.#stepType(entity.type), name)
    const type = this.#type(navigation.type)
    const { verbs, contained, collection } = navigation
    if (collection) {
      return contained
        ? { kind: 'owned', collections: [containedIn(ref, name)], type, isCast: false, verbs }
        : { kind: 'linked', owner, navigation, type, isCast: false, verbs }
    }
    if (contained) {
      const held = singleton({ collection: containedIn(ref, name), key: '' }, type, this.#surroundings)
      return { kind: 'one', held, type, verbs: verbs.item, way: { kind: 'contained' }, sought: name }
    }
    const [target] = linked(entities, ref, navigation)
    const held = target && heldAt(target, entities)
    return { kind: 'one', held, type, verbs: verbs.item, way: { kind: 'link', owner, navigation }, sought: name }
  }

  #property(property: StructuralProperty): void {
    const before = this.place.kind === 'value' ? this.place : this.#owner()
    const { value } = before
    this.#place = {
      ...before,
      kind: 'value',
      property,
      value: isObject(value) && Object.hasOwn(value, property.name) ? value[property.name] : undefined,
      path: [...before.path, property]
    }
  }

  #owner(): Omit<ValuePlace, 'kind' | 'property'> {
    const owner = this.#held()
    return { owner, ownerType: this.#stepType(owner.entity.type), value: owner.entity.properties, path: [] }
  }

  #cast(name: string): Place {
    const type = this.#type(name)
    const place = this.place
    switch (place.kind) {
      case 'one': {
        const held = place.held && this.#surroundings.model.nearestKnown(place.held.entity.type)
        return { ...place, type, held: held?.isDerivedFrom(name) ? place.held : undefined }
      }
      case 'owned':
      case 'linked':
        return { ...place, type, isCast: true }
      default:
        return place
    }
  }

  /** A CSDL document may name types that it does not have. */
  #type(name: string): GraphType {
    const type = this.#surroundings.model.type(name)
    if (!type) throw unresolvableType(name, [])
    return type
  }

  /** The entity that the path goes on from. */
  #held(): Held {
    const place = this.place
    if (place.kind === 'operation') throw notFound(place.operation.name)
    if (place.kind !== 'one') throw notValid()
    if (!place.held) throw notFound(place.sought)
    return place.held
  }

  /** The type that has the next property: as declared or cast, which the entity's own derives from. */
  #stepType(own: string): GraphType {
    const place = this.place as One
    return this.#surroundings.model.nearestKnown(own) ?? place.type
  }
}

function notValid(): Error {
  return badRequest('badRequest', 'The request URI is not valid.')
}

function navigationOf(type: GraphType, name: string): NavigationProperty {
  const navigation = type.structured.navigation.get(name)
  // Of a directory object that is none of those that have it.
  if (!navigation) throw badRequest('badRequest', `Resource not found for the segment '${name}'.`)
  return navigation
}
