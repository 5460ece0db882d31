import type { EnumType } from '../model/enum-type.js'
import type { Model, Root } from '../model/model.js'
import type { Operation } from '../model/operation.js'
import type { StructuredType } from '../model/structured-type.js'
import type { OperationInfo, PathModel, PathType } from '../odata/path/path-model.js'
import type { EnumInfo, TypeModel } from '../odata/query/type-model.js'
import { GraphType, type TypeLookups } from './graph-type.js'

const SETS = Symbol('entity sets')

/**
 * One version of Graph as the engine works with it. Everything that is made from a type is kept here, so that it lives as
 * long as its owner wants, and is bounded by the model.
 */
export class GraphModel implements PathModel, TypeModel, TypeLookups {
  readonly model: Model
  /** The version whose types this one lacks some of; of v1.0 it is beta. */
  readonly wider: GraphModel | undefined
  readonly #types = new Map<StructuredType, GraphType>()
  readonly #enums = new Map<EnumType, EnumInfo>()
  readonly #made = new Map<symbol, Map<StructuredType, unknown>>()
  #setNames: ReadonlyMap<string, string> | undefined

  constructor(model: Model, wider?: GraphModel) {
    this.model = model
    this.wider = wider
  }

  root(name: string): Root | undefined {
    return this.model.root(name)
  }

  roots(): Iterable<string> {
    return this.model.roots.keys()
  }

  type(name: string): GraphType | undefined {
    const structured = this.model.type(name)
    return structured && this.typeOf(structured)
  }

  typeOf(structured: StructuredType): GraphType {
    const known = this.#types.get(structured)
    if (known) return known
    const made = new GraphType(structured, this)
    this.#types.set(structured, made)
    return made
  }

  /** The type of a stored entity or complex value, or the nearest of its bases that this version has. */
  nearestKnown(name: string): GraphType | undefined {
    const own = this.type(name)
    if (own) return own
    let base = this.wider?.model.type(name)?.base
    while (base && !this.model.type(base.name)) base = base.base
    return base && this.type(base.name)
  }

  enumeration(name: string): EnumInfo | undefined {
    const type = this.model.enumeration(name)
    if (!type) return undefined
    const known = this.#enums.get(type) ?? enumInfo(type)
    this.#enums.set(type, known)
    return known
  }

  operations(name: string, bound: PathType, collection: boolean): readonly OperationInfo[] {
    const type = this.model.type(bound.name)
    return type ? this.model.operation({ type, collection }, name).map(operationInfo) : []
  }

  entitySet(type: string): string | undefined {
    this.#setNames ??= new Map(
      [...this.model.roots.values()].filter(({ collection }) => collection).map(({ name, type }) => [type, name])
    )
    for (let one = this.model.type(type); one; one = one.base) {
      const name = this.#setNames.get(one.name)
      if (name !== undefined) return name
    }
    return undefined
  }

  /**
   * The entity sets whose entities are of a type. That of a base type shows those of the derived types too: `users` and
   * `groups` are among `directoryObjects` (documented: https://learn.microsoft.com/graph/api/directoryobject-get).
   */
  setsOf({ structured }: GraphType): readonly string[] {
    return this.once(SETS, structured, () => {
      const sets = [...this.model.roots.values()].filter(({ collection, type }) => {
        return collection && this.model.type(type)?.is(structured)
      })
      return sets.map(({ name }) => name)
    })
  }

  /** What is made from a type once, and kept as long as the model. */
  once<T>(kind: symbol, type: StructuredType, make: (type: StructuredType) => T): T {
    const kept = this.#made.get(kind) ?? new Map<StructuredType, unknown>()
    this.#made.set(kind, kept)
    if (!kept.has(type)) kept.set(type, make(type))
    return kept.get(type) as T
  }

  *heldTypes(type: GraphType): IterableIterator<StructuredType> {
    for (const set of this.setsOf(type)) yield this.model.type((this.model.root(set) as Root).type) as StructuredType
  }

  *operationNames(type: StructuredType): IterableIterator<string> {
    for (const { name } of this.model.operations({ type, collection: false })) yield name
    for (const { name } of this.model.operations({ type, collection: true })) yield name
  }
}

function operationInfo(operation: Operation): OperationInfo {
  const { kind, parameters, returns } = operation
  const name = operation.name.slice(operation.name.lastIndexOf('.') + 1)
  return { name, kind, parameters, returns, composable: kind === 'function' && returns?.kind === 'entity' }
}

/**
 * Where Microsoft's packages leave the numbers of members out, their order stands for them: it is that of the numbers in
 * the metadata, but for gaps. Of flags each member is a bit, and the first is none where it says so.
 */
function enumInfo({ name, flags, members }: EnumType): EnumInfo {
  const [first] = members
  const startsWithNone = first !== undefined && /^(?:none|unknown|notConfigured)$/i.test(first.name)
  const values = new Map(
    members.map((member, at) => [
      member.name.toLowerCase(),
      member.value ?? (flags ? bit(startsWithNone ? at - 1 : at) : at)
    ])
  )
  return { name, isFlags: flags, value: (member) => values.get(member.toLowerCase()) }
}

function bit(at: number): number {
  return at < 0 ? 0 : 2 ** at
}
