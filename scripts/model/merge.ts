// Makes the lines of a model from the types of the SDK, the typings and the tables, by rules whose precision was measured
// against the CSDL of v1.0 (msgraph-metadata, schemas/v1.0-Prod.csdl, August 2026); `npm run model` measures it anew.
import { parseSpec, writeSpec, writeType, type Line, type Spec } from '../../src/graph/model/compact-text.js'
import { writeEnum } from '../../src/graph/model/enum-type.js'
import type { SdkProperty, SdkType, SdkTypes } from './sdk-types.js'
import type { Marks, Table } from './table.js'
import type { Typings } from './typings.js'

type Member = Spec & { readonly name: string }

const NONE: Marks = { target: undefined, add: '', remove: '', verbs: undefined }
const NO_TYPE: SdkType = { base: undefined, properties: [] }
const KIND_OF_TABLE = /[a-zA-Z]/
const FLAGS = ['*', '!', '@', '-', '&', '%', '^', '$']

/** Names that begin with a capital letter in the CSDL; the packages write all names in one way. */
const CAPITALISED: ReadonlyMap<string, string> = new Map(
  ['BackupPolicyProtectionMode', 'ComplexExtensionValue', 'CopyNotebookModel', 'Dictionary', 'Json']
    .concat('MembershipRuleProcessingStatusDetails')
    .map((name) => [name.charAt(0).toLowerCase() + name.slice(1), name])
)

export class Merge {
  readonly #sdk: SdkTypes
  readonly #typings: Typings
  readonly #table: Table
  readonly #entities = new Map<string, boolean>()
  readonly #homes: ReadonlySet<string>

  constructor(sdk: SdkTypes, typings: Typings, table: Table) {
    this.#sdk = sdk
    this.#typings = typings
    this.#table = table
    this.#homes = this.#findHomes()
  }

  lines(): readonly Line[] {
    const flags = this.#flagEnums()
    const types = [...this.#sdk.types].filter(([key]) => key !== 'json').map(([key, type]) => this.#type(key, type))
    const enums = [...this.#sdk.enums].map(([key, values]) => {
      return writeEnum({
        name: written(key),
        flags: flags.has(key),
        members: values.map((name) => ({ name, value: undefined }))
      })
    })
    return [...types, ...enums, ...this.#table.lines.flatMap((line) => this.#tableLine(line))]
  }

  #type(key: string, type: SdkType): Line {
    const own = this.#marks(key, '')
    const members = this.#inOrder(key, type.properties).map((property) => this.#member(key, property))
    return writeType({
      name: written(key),
      entity: this.#isEntity(key),
      abstract: own.add.includes('a'),
      open: own.add.includes('o'),
      stream: own.add.includes('s'),
      base: type.base === undefined ? undefined : written(type.base),
      members: [...members.filter((one) => !isNavigation(one)), ...members.filter(isNavigation)]
    })
  }

  /**
   * The order of the typings, which is the CSDL's. It is alphabetical nearly everywhere, so what the typings do not have
   * yet is put in before the first name that is greater (2,908 of 2,908 types).
   */
  #inOrder(key: string, properties: readonly SdkProperty[]): readonly SdkProperty[] {
    const known = this.#typings.get(key.toLowerCase())
    const order = ({ name }: SdkProperty) => known?.get(name)?.order ?? -1
    const ordered = properties.filter((one) => order(one) >= 0).sort((one, other) => order(one) - order(other))
    for (const property of properties.filter((one) => order(one) < 0)) {
      const name = property.name.toLowerCase()
      const at = ordered.findIndex((one) => one.name.toLowerCase() > name)
      ordered.splice(at < 0 ? ordered.length : at, 0, property)
    }
    return ordered
  }

  #member(type: string, property: SdkProperty): Member {
    const { name, access } = property
    const marks = this.#marks(type, name)
    const kind = this.#kind(property, marks)
    const navigation = kind.startsWith('>')
    const nullable = this.#typings.get(type.toLowerCase())?.get(name)?.nullable ?? true
    const collection = property.collection && !marks.add.includes('~')
    const contained = navigation && this.#isContained(type, property, property.kind, marks)
    const given = `${collection ? '*' : ''}${navigation ? '' : `${nullable ? '' : '!'}${access}`}${marks.add}${contained ? '^' : ''}`
    const flags = FLAGS.filter((flag) => given.includes(flag) && !marks.remove.includes(flag)).join('')
    return { name, kind, flags, verbs: navigation ? marks.verbs : undefined }
  }

  #kind({ kind, name }: SdkProperty, { add, target }: Marks): string {
    if (kind.length === 1) return KIND_OF_TABLE.exec(add)?.[0] ?? kind
    if (kind === 'json') return 'j'
    if (this.#sdk.enums.has(kind)) return `#${written(kind)}`
    if (!this.#sdk.types.has(kind)) throw new Error(`the property ${name} is of the type ${kind}, which the SDK lacks`)
    return `${this.#isEntity(kind) ? '>' : '.'}${target ?? written(kind)}`
  }

  /**
   * What can be written below its owner is contained (933 of 948), and so is what has no other home (81 of 105). The
   * overlay has the exceptions that are known.
   */
  #isContained(type: string, { name }: SdkProperty, target: string, marks: Marks): boolean {
    if (marks.add.includes('^')) return true
    const known = this.#table.marks.get(type)?.has(name) ?? false
    return this.#isEntity(type) && !known && !this.#bases(target).some((base) => this.#homes.has(base))
  }

  /** The types that live somewhere: in an entity set or singleton, or where they can be written. */
  #findHomes(): ReadonlySet<string> {
    const homes = new Set<string>()
    for (const { key, body } of this.#table.lines) if (key.startsWith('/')) homes.add(parseSpec(body).kind.slice(1))
    for (const [key, { properties }] of this.#sdk.types) {
      for (const { name, kind } of properties) if (this.#marks(key, name).add.includes('^')) homes.add(written(kind))
    }
    homes.delete('entity')
    return homes
  }

  #bases(name: string): readonly string[] {
    const base = this.#sdk.types.get(name)?.base
    return base === undefined ? [name] : [name, ...this.#bases(base)]
  }

  /** An enumeration is of flags if a property that is no collection is read as a set of it. */
  #flagEnums(): ReadonlySet<string> {
    const told = [...this.#table.marks.keys()].filter((key) => key.startsWith('#')).map((key) => key.slice(1))
    const flags = new Set<string>(told)
    for (const [key, { properties }] of this.#sdk.types) {
      for (const { name, kind } of properties) if (this.#marks(key, name).add.includes('~')) flags.add(kind)
    }
    return flags
  }

  #isEntity(key: string): boolean {
    const known = this.#entities.get(key)
    if (known !== undefined) return known
    const { base } = this.#sdk.types.get(key) ?? NO_TYPE
    const told = key === 'entity' || this.#marks(key, '').add.includes('E')
    const entity = told || (base !== undefined && this.#isEntity(base))
    this.#entities.set(key, entity)
    return entity
  }

  /** Roots and operations; a type that the packages do not have yet is any JSON, and a root of such a type is left out. */
  #tableLine({ key, body }: Line): readonly Line[] {
    if (key.startsWith('/')) return this.#isKnown(parseSpec(body).kind.slice(1)) ? [{ key, body }] : []
    if (!this.#isKnown(key.replace(/^!|\*$/g, ''))) return []
    const known = body.replace(/([:)])([#.>])([\w.]+)/g, (_, before: string, sigil: string, name: string) => {
      return `${before}${this.#isKnown(name) ? writeSpec({ kind: `${sigil}${written(name)}`, flags: '', verbs: undefined }) : 'j'}`
    })
    return [{ key, body: known }]
  }

  #isKnown(key: string): boolean {
    return key === '' || this.#sdk.types.has(key) || this.#sdk.enums.has(key)
  }

  #marks(type: string, property: string): Marks {
    return this.#table.marks.get(type)?.get(property) ?? NONE
  }
}

function written(key: string): string {
  return CAPITALISED.get(key) ?? key
}

function isNavigation({ kind }: Member): boolean {
  return kind.startsWith('>')
}
