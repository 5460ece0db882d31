import { parentOf, pathOf } from './entity-path.js'
import { MissingEntity, type Entity, type EntityRef } from './entity.js'
import type { Link, Links } from './links.js'
import { refOf, type Parts } from './parts.js'
import type { PropertyIndex } from './property-index.js'
import type { Removals } from './removals.js'
import type { Identity, Row, Rows } from './rows.js'

/** One write, on copies of the parts that it changes. Each thing that it does has a version of its own. */
export class EntitiesDraft {
  readonly #before: Parts
  readonly #rows: Rows
  #links?: Links
  #index?: PropertyIndex
  #removals?: Removals
  #version: number

  constructor(before: Parts) {
    this.#before = before
    this.#rows = before.rows.clone()
    this.#version = before.version
  }

  /** The same parts where nothing was changed. */
  parts(): Parts {
    const { links, index, removals, version } = this.#before
    if (this.#version === version) return this.#before
    return {
      version: this.#version,
      rows: this.#rows,
      links: this.#links ?? links,
      index: this.#index ?? index,
      removals: this.#removals ?? removals
    }
  }

  /** @throws MissingEntity where the collection is contained in an entity that there is not */
  put(collection: string, entity: Entity): void {
    const before = this.#rows.get({ collection, key: entity.key })
    if (before === undefined) this.#demandParent(collection)
    const version = ++this.#version
    const after = before ? this.#rows.replace(before, entity, version) : this.#rows.add(collection, entity, version)
    this.#reindex(before, after)
  }

  delete(ref: EntityRef): void {
    const row = this.#rows.get(ref)
    if (row === undefined) return
    const doomed = [row, ...this.#below(ref)]
    const positions = new Set(doomed.map(({ identity }) => identity.position))
    const incoming: Link[] = []
    for (const { identity } of doomed) {
      for (const link of [...this.links.allFrom(identity)]) this.links.remove(link)
      for (const link of this.links.allTo(identity)) if (!positions.has(link.source)) incoming.push(link)
    }
    for (const one of doomed) {
      this.#rows.remove(one)
      this.#reindex(one, undefined)
    }
    this.#unlink(incoming)
    const { collection, key, position } = row.identity
    this.removals.add({ version: ++this.#version, position, entity: { collection, key } })
  }

  /** @throws MissingEntity */
  link(from: EntityRef, name: string, to: EntityRef, single: boolean): void {
    const [{ identity }, { identity: target }] = [this.#demand(from), this.#demand(to)]
    const linked = this.links.get(identity, name, target)
    if (single) this.#unlink([...this.links.from(identity, name)].filter((link) => link !== linked))
    if (linked !== undefined) return
    this.links.add(identity, name, target, ++this.#version)
    this.#touch(identity, this.#version)
  }

  /** @param to all where it is left out */
  unlink(from: EntityRef, name: string, to?: EntityRef): void {
    const [source, target] = [this.#rows.get(from)?.identity, to && this.#rows.get(to)?.identity]
    if (source === undefined) return
    const link = target && this.links.get(source, name, target)
    if (link !== undefined) this.#unlink([link])
    else if (to === undefined) this.#unlink([...this.links.from(source, name)])
  }

  #demand(ref: EntityRef): Row {
    const row = this.#rows.get(ref)
    if (row === undefined) throw new MissingEntity(`There is no entity ${pathOf(ref)}`)
    return row
  }

  /** What a collection that holds something is contained in is there. */
  #demandParent(collection: string): void {
    if (this.#rows.count(collection) > 0) return
    const parent = parentOf(collection)
    if (parent !== undefined) this.#demand(parent.ref)
  }

  #below(ref: EntityRef): Row[] {
    return [...this.#rows.collectionsBelow(`${pathOf(ref)}/`)].flatMap((path) => [...this.#rows.after(path, 0)])
  }

  #touch(identity: Identity, version: number): void {
    const row = this.#rows.at(identity) as Row
    this.#rows.replace(row, row.entity, version)
  }

  /** Those that they came from count as changed. */
  #unlink(links: readonly Link[]): void {
    const sources = new Set<Identity>()
    for (const link of links) {
      const { from, name, to, position } = link
      this.links.remove(link)
      this.removals.add({ version: ++this.#version, position, from: refOf(from), name, to: refOf(to) })
      sources.add(from)
    }
    for (const source of sources) this.#touch(source, ++this.#version)
  }

  #reindex(before: Row | undefined, after: Row | undefined): void {
    if (!this.#before.index.covers(((after ?? before) as Row).identity.collection)) return
    this.#index ??= this.#before.index.clone()
    this.#index.replace(before, after)
  }

  private get links(): Links {
    return (this.#links ??= this.#before.links.clone())
  }

  private get removals(): Removals {
    return (this.#removals ??= this.#before.removals.clone())
  }
}
