import { pathOf } from './entity-path.js'
import type { EntityRef } from './entity.js'
import { SortedMap } from './sorted-map.js'

const REMOVAL_BYTES = 192
const CHARACTER = 2

interface Removed {
  /** Version with which it went. */
  readonly version: number
  /** Version with which it had come. */
  readonly position: number
}

export interface RemovedEntity extends Removed {
  readonly entity: EntityRef
}

export interface RemovedLink extends Removed {
  readonly from: EntityRef
  readonly name: string
  readonly to: EntityRef
}

export type Removal = RemovedEntity | RemovedLink

/** What was deleted and unlinked, the oldest forgotten where they take too many bytes. */
export class Removals {
  #byVersion = new SortedMap<number, Removal>(undefined, (a, b) => a - b)
  #bytes = 0
  /** All that happened after this version is known. */
  #knownSince = 0
  readonly #limit: number

  /** @param limit bytes */
  constructor(limit: number) {
    this.#limit = limit
  }

  clone(): Removals {
    const clone = new Removals(this.#limit)
    clone.#byVersion = this.#byVersion.clone()
    clone.#bytes = this.#bytes
    clone.#knownSince = this.#knownSince
    return clone
  }

  get bytes(): number {
    return this.#bytes
  }

  get knownSince(): number {
    return this.#knownSince
  }

  after(version: number): Iterable<Removal> {
    return this.#byVersion.values(version + 1)
  }

  add(removal: Removal): void {
    this.#byVersion.set(removal.version, removal)
    this.#bytes += bytesOf(removal)
    while (this.#bytes > this.#limit) this.forget(this.#byVersion.minKey() as number)
  }

  /** All that happened up to a version. */
  forget(version: number): void {
    this.#knownSince = Math.max(this.#knownSince, version)
    for (let oldest = this.#oldest(); oldest !== undefined && oldest.version <= version; oldest = this.#oldest()) {
      this.#byVersion.delete(oldest.version)
      this.#bytes -= bytesOf(oldest)
    }
  }

  #oldest(): Removal | undefined {
    return this.#byVersion.getPairOrNextHigher(0)?.[1]
  }
}

function bytesOf(removal: Removal): number {
  const refs = 'entity' in removal ? [removal.entity] : [removal.from, removal.to]
  const name = 'entity' in removal ? 0 : removal.name.length
  const length = refs.reduce((sum, { collection, key }) => sum + collection.length + key.length, name)
  return REMOVAL_BYTES + CHARACTER * length
}

/** Whether a collection stood, at whatever depth, below what was deleted. */
export function contained({ entity }: RemovedEntity, collection: string): boolean {
  return collection.length > entity.collection.length && collection.startsWith(`${pathOf(entity)}/`)
}
