import type {
  OperationInfo,
  PathModel,
  PathProperty,
  PathType,
  RootInfo
} from '../../../src/graph/odata/path/path-model.js'
import type { EnumInfo, TypeModel } from '../../../src/graph/odata/query/type-model.js'

/** `name: 'Edm.String'`, `'Collection(ns.x)'`, `'-> ns.x'` for a navigation, `'=> ns.x'` for a contained one. */
interface TypeRow {
  readonly base?: string
  readonly keys?: readonly string[]
  readonly alternateKeys?: readonly (readonly string[])[]
  readonly properties: Readonly<Record<string, string>>
  /** Unknown properties are `Edm.Untyped`. */
  readonly open?: boolean
}

export interface ModelRows {
  readonly types: Readonly<Record<string, TypeRow>>
  readonly enums?: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly flags?: readonly string[]
  readonly roots?: readonly RootInfo[]
  /** By bound type, `Collection(…)` where it is one. */
  readonly operations?: Readonly<Record<string, readonly OperationInfo[]>>
}

/** A small model for tests, with names in any case, as Graph's. */
export function smallModel(rows: ModelRows): TypeModel & PathModel {
  const types = new Map<string, PathType>()
  const enums = new Map<string, EnumInfo>()
  const propertyOf = (name: string, text: string): PathProperty => {
    const [, arrow, collection, type = ''] = /^(=>|->)? ?(Collection\()?([\w.]+)\)?$/.exec(text) ?? []
    const kind = arrow
      ? 'navigation'
      : type.startsWith('Edm.')
        ? 'primitive'
        : rows.enums && type in rows.enums
          ? 'enum'
          : 'complex'
    return { name, kind, type, collection: collection !== undefined, nullable: true, contained: arrow === '=>' }
  }
  for (const [name, members] of Object.entries(rows.enums ?? {})) {
    const lower = new Map(Object.entries(members).map(([member, value]) => [member.toLowerCase(), value]))
    enums.set(name.toLowerCase(), {
      name,
      isFlags: rows.flags?.includes(name) ?? false,
      value: (member) => lower.get(member.toLowerCase())
    })
  }
  for (const [name, row] of Object.entries(rows.types)) {
    const base = () => (row.base === undefined ? undefined : types.get(row.base.toLowerCase()))
    const own = Object.entries(row.properties).map(([property, text]) => propertyOf(property, text))
    types.set(name.toLowerCase(), {
      name,
      keys: row.keys ?? (row.base === undefined ? [] : (rows.types[row.base]?.keys ?? [])),
      alternateKeys: row.alternateKeys ?? [],
      property: (wanted) =>
        own.find((property) => property.name.toLowerCase() === wanted.toLowerCase()) ??
        base()?.property(wanted) ??
        (row.open ? propertyOf(wanted, 'Edm.Untyped') : undefined),
      navigations: () => [...own.filter(({ kind }) => kind === 'navigation'), ...(base()?.navigations() ?? [])],
      isDerivedFrom: (other) => other === name || (base()?.isDerivedFrom(other) ?? false),
      members: () => [...own.map((property) => property.name), ...(base()?.members() ?? [])]
    })
  }
  const sets = (rows.roots ?? []).filter(({ collection }) => collection)
  const model: TypeModel & PathModel = {
    type: (name) => types.get(name.toLowerCase().replace(/^graph\./, 'microsoft.graph.')),
    enumeration: (name) => enums.get(name.toLowerCase()),
    root: (name) => rows.roots?.find((root) => root.name.toLowerCase() === name.toLowerCase()),
    roots: () => rows.roots?.map(({ name }) => name) ?? [],
    operations: (name, bound, collection) => {
      const bare = name.replace(/^(?:microsoft\.)?graph\./i, '').toLowerCase()
      return Object.entries(rows.operations ?? {}).flatMap(([on, operations]) => {
        const [, isCollection, type = ''] = /^(Collection\()?([\w.]+)\)?$/.exec(on) ?? []
        if ((isCollection !== undefined) !== collection || !bound.isDerivedFrom(type)) return []
        return operations.filter((operation) => operation.name.toLowerCase() === bare)
      })
    },
    entitySet: (type) => {
      for (const { name, type: held } of sets) if (held === type) return name
      const base = rows.types[type]?.base
      return base === undefined ? undefined : model.entitySet(base)
    }
  }
  return model
}
