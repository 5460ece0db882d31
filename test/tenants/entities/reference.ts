import type { Entity, EntityRef } from '../../../src/tenants/entities/entity.js'

/** A collection, and what it is contained in, from the outermost on. */
export interface Spot {
  readonly path: string
  readonly ancestors: readonly EntityRef[]
}

interface Stored {
  /** Of this entity and no other, also not of one with its key. */
  readonly id: number
  readonly spot: Spot
  readonly entity: Entity
  /** The write that changed it last. */
  readonly write: number
}

interface Linked {
  readonly id: number
  readonly from: number
  readonly name: string
  readonly to: number
}

interface Deleted extends EntityRef {
  readonly write: number
}

/** What `Entities` is to be, with arrays that are searched. Slow, and right at a glance. */
export class Reference {
  writes = 0
  #ids = 0
  #entities: readonly Stored[] = []
  #links: readonly Linked[] = []
  #deleted: readonly Deleted[] = []

  clone(): Reference {
    return Object.assign(new Reference(), { writes: this.writes }).#become(this)
  }

  #become(other: Reference): this {
    this.#ids = other.#ids
    this.#entities = other.#entities
    this.#links = other.#links
    this.#deleted = other.#deleted
    return this
  }

  get(ref: EntityRef): Entity | undefined {
    return this.#find(ref)?.entity
  }

  list(path: string): Entity[] {
    return this.#entities.filter(({ spot }) => spot.path === path).map(({ entity }) => entity)
  }

  findBy(path: string, property: string, value: unknown): Entity | undefined {
    const same = (other: unknown) =>
      typeof value === 'string' && typeof other === 'string'
        ? value.toLowerCase() === other.toLowerCase()
        : value === other
    return this.list(path).find(({ properties }) => same(new Map(Object.entries(properties)).get(property)))
  }

  targets(from: EntityRef, name: string): EntityRef[] {
    const id = this.#find(from)?.id
    return this.#links.filter((link) => link.from === id && link.name === name).map(({ to }) => this.#refOf(to))
  }

  sources(to: EntityRef, name: string): EntityRef[] {
    const id = this.#find(to)?.id
    return this.#links.filter((link) => link.to === id && link.name === name).map(({ from }) => this.#refOf(from))
  }

  /** Whether it could be done. */
  put(spot: Spot, entity: Entity): boolean {
    if (spot.ancestors.some((ancestor) => this.#find(ancestor) === undefined)) return false
    const write = ++this.writes
    const old = this.#find({ collection: spot.path, key: entity.key })
    this.#entities = old
      ? this.#entities.map((stored) => (stored === old ? { ...old, entity, write } : stored))
      : [...this.#entities, { id: ++this.#ids, spot, entity, write }]
    return true
  }

  delete(ref: EntityRef): void {
    const found = this.#find(ref)
    if (found === undefined) return
    const write = ++this.writes
    const doomed = this.#entities.filter(
      (stored) => stored === found || stored.spot.ancestors.some((ancestor) => isSame(ancestor, ref))
    )
    const ids = new Set(doomed.map(({ id }) => id))
    this.#cut(({ from, to }) => ids.has(from) || ids.has(to), write)
    this.#entities = this.#entities.filter(({ id }) => !ids.has(id))
    this.#deleted = [...this.#deleted, { ...ref, write }]
  }

  /** Whether it could be done. */
  link(from: EntityRef, name: string, to: EntityRef, single: boolean): boolean {
    const [source, target] = [this.#find(from)?.id, this.#find(to)?.id]
    if (source === undefined || target === undefined) return false
    const write = ++this.writes
    const isSame = (link: Linked) => link.from === source && link.name === name
    if (single) this.#cut((link) => isSame(link) && link.to !== target, write)
    if (this.#links.some((link) => isSame(link) && link.to === target)) return true
    this.#links = [...this.#links, { id: ++this.#ids, from: source, name, to: target }]
    this.#touch(source, write)
    return true
  }

  unlink(from: EntityRef, name: string, to: EntityRef | undefined): void {
    const [source, target] = [this.#find(from)?.id, to && this.#find(to)?.id]
    this.#cut(
      (link) => link.from === source && link.name === name && (to === undefined || link.to === target),
      ++this.writes
    )
  }

  /** Keys and references in any order; nothing where the collection went with what contained it. */
  changesSince(old: Reference, { path, ancestors }: Spot) {
    const gone = this.#deleted.filter(({ write }) => write > old.writes)
    if (gone.some((deleted) => ancestors.some((ancestor) => isSame(ancestor, deleted)))) return undefined
    const [now, then] = [this.#at(path), old.#at(path)]
    const changed = now.filter(({ write }) => write > old.writes).map(({ entity }) => entity.key)
    const deleted = then.map(({ entity }) => entity.key).filter((key) => !now.some(({ entity }) => entity.key === key))
    return { changed, deleted }
  }

  /** Where links went, or go now, that are not in the other. */
  linksBeside(other: Reference, from: EntityRef, name: string): EntityRef[] {
    const [id, ids] = [this.#find(from)?.id, new Set(other.#links.map(({ id }) => id))]
    return this.#links
      .filter((link) => link.from === id && link.name === name && !ids.has(link.id))
      .map(({ to }) => this.#refOf(to))
  }

  /** Whether both hold one and the same entity, and not two with its key. */
  isSameIn(other: Reference, ref: EntityRef): boolean {
    return this.#find(ref)?.id === other.#find(ref)?.id
  }

  #at(path: string): readonly Stored[] {
    return this.#entities.filter(({ spot }) => spot.path === path)
  }

  #find({ collection, key }: EntityRef): Stored | undefined {
    return this.#entities.find(({ spot, entity }) => spot.path === collection && entity.key === key)
  }

  #refOf(wanted: number): EntityRef {
    const { spot, entity } = this.#entities.find(({ id }) => id === wanted) as Stored
    return { collection: spot.path, key: entity.key }
  }

  #cut(goes: (link: Linked) => boolean, write: number): void {
    for (const { from } of this.#links.filter(goes)) this.#touch(from, write)
    this.#links = this.#links.filter((link) => !goes(link))
  }

  #touch(id: number, write: number): void {
    this.#entities = this.#entities.map((stored) => (stored.id === id ? { ...stored, write } : stored))
  }
}

function isSame(a: EntityRef, b: EntityRef): boolean {
  return a.collection === b.collection && a.key === b.key
}
