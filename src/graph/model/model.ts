import { parseSpec, parseType, qualifiedName, shortName, type Line, type TypeLine } from './compact-text.js'
import { parseEnum, type EnumType } from './enum-type.js'
import { has, typeReference, verbsOf, type Verbs } from './members.js'
import { ModelText } from './model-text.js'
import { parseOperations, type Operation } from './operation.js'
import { StructuredType } from './structured-type.js'

/** An entity set or singleton: a first segment. */
export interface Root {
  readonly name: string
  /** The qualified name of its entity type. */
  readonly type: string
  /** An entity set; otherwise a singleton. */
  readonly collection: boolean
  readonly verbs: Verbs
}

/** What an operation is bound to: an entity, or a collection of them. */
export interface Binding {
  readonly type: StructuredType
  readonly collection: boolean
}

/**
 * The types, roots and operations of one version of Graph. The text is loaded at the first question, and what it says of
 * a type is parsed when that type is first asked for and kept, so memory is bounded by the model itself.
 */
export class Model {
  readonly #load: () => string
  readonly #supplement: Model | undefined
  readonly #types = new Map<string, StructuredType>()
  readonly #enums = new Map<string, EnumType>()
  readonly #operations = new Map<string, readonly Operation[]>()
  #text: ModelText | undefined
  #roots: ReadonlyMap<string, Root> | undefined
  #derived: ReadonlyMap<string, readonly string[]> | undefined

  /**
   * @param load gives the compact text; see `compact-text.ts`
   * @param supplement a model that also says what a CSDL document leaves out: which verbs and references are served, and
   *   alternate keys
   */
  constructor(load: () => string, supplement?: Model) {
    this.#load = load
    this.#supplement = supplement
  }

  /** Where the model comes from: packages and versions, or a file. */
  get source(): string {
    return this.#lines().find('%source')?.body ?? ''
  }

  /** By first segment, sorted. */
  get roots(): ReadonlyMap<string, Root> {
    return (this.#roots ??= new Map(
      [...this.#lines().startingWith('/')].map((line) => [line.key.slice(1), rootOf(line)])
    ))
  }

  /** An entity set or singleton, in any case. */
  root(name: string): Root | undefined {
    const line = this.roots.get(name) ? undefined : this.#lines().find(`/${name}`)
    return this.roots.get(line?.key.slice(1) ?? name)
  }

  /**
   * An entity or complex type, in any case.
   *
   * @param name `microsoft.graph.user`, `graph.user`, `#microsoft.graph.user` or `user`
   */
  type(name: string): StructuredType | undefined {
    const short = shortName(name)
    const known = this.#types.get(short)
    if (known || !NAME.test(short)) return known
    const line = this.#lines().find(short)
    if (!line) return undefined
    const type = this.#types.get(line.key) ?? this.#parsed(line)
    this.#types.set(line.key, type)
    return type
  }

  #parsed(line: Line): StructuredType {
    const own = parseType(line)
    const more = this.#supplement ? this.#supplement.#lines().find(line.key) : undefined
    const type = more ? supplemented(own, parseType(more)) : own
    return new StructuredType(type, (base) => this.type(base))
  }

  /** An enumeration, in any case. */
  enumeration(name: string): EnumType | undefined {
    const short = shortName(name)
    const known = this.#enums.get(short)
    if (known || !NAME.test(short)) return known
    const line = this.#lines().find(`#${short}`)
    if (!line) return undefined
    const type = this.#enums.get(line.key.slice(1)) ?? parseEnum(line)
    this.#enums.set(line.key.slice(1), type)
    return type
  }

  /** The operations bound to an entity or a collection, those of its own type before those of its bases. */
  operations({ type, collection }: Binding): readonly Operation[] {
    const own = this.#operationsOf(`!${shortName(type.name)}${collection ? '*' : ''}`)
    return type.base ? [...own, ...this.operations({ type: type.base, collection })] : own
  }

  /**
   * The overloads of a bound operation, in any case.
   *
   * @param name with its namespace or, as Graph takes it too, without: `runHuntingQuery`
   */
  operation(binding: Binding, name: string): readonly Operation[] {
    const wanted = shortName(name).toLowerCase()
    return this.operations(binding).filter((one) => {
      const known = one.name.toLowerCase()
      return known === wanted || known.endsWith(`.${wanted}`)
    })
  }

  /** Operations that are bound to nothing. */
  get unboundOperations(): readonly Operation[] {
    return this.#operationsOf('!')
  }

  /** The types derived from a type directly. */
  derived(type: StructuredType): readonly StructuredType[] {
    this.#derived ??= this.#readDerived()
    return (this.#derived.get(shortName(type.name)) ?? []).map((name) => this.type(name) as StructuredType)
  }

  /** Qualified names of all entity and complex types, sorted without regard to case. */
  *typeNames(): IterableIterator<string> {
    for (const { key } of this.#lines().startingWith('')) if (NAME.test(key)) yield qualifiedName(key)
  }

  /** Qualified names of all enumerations, sorted likewise. */
  *enumerationNames(): IterableIterator<string> {
    for (const { key } of this.#lines().startingWith('#')) yield qualifiedName(key.slice(1))
  }

  #operationsOf(key: string): readonly Operation[] {
    const known = this.#operations.get(key)
    if (known) return known
    const line = this.#lines().find(key)
    const operations = line ? parseOperations(line.body) : []
    this.#operations.set(key, operations)
    return operations
  }

  #readDerived(): ReadonlyMap<string, readonly string[]> {
    const derived = new Map<string, string[]>()
    for (const { key, body } of this.#lines().startingWith('')) {
      if (!NAME.test(key)) continue
      const colon = body.indexOf(':')
      const end = body.indexOf(';', colon)
      const base = body.slice(colon + 1, end < 0 ? undefined : end)
      if (base === '') continue
      const names = derived.get(base)
      if (names) names.push(key)
      else derived.set(base, [key])
    }
    return derived
  }

  #lines(): ModelText {
    return (this.#text ??= new ModelText(this.#load()))
  }
}

/** A name of a type, so that no other line is taken for one, and no long text is looked for. */
const NAME = /^[A-Za-z_][\w.]{0,255}$/

function rootOf({ key, body }: Line): Root {
  const spec = parseSpec(body)
  const collection = has(spec, '*')
  const verbs = verbsOf(spec.verbs ?? (collection ? 'gp/gad' : 'ga'))
  return { name: key.slice(1), type: typeReference(spec).type, collection, verbs }
}

/** Flags that no CSDL document of Graph has. */
const SUPPLEMENTED = ['%', '$', '-'] as const

function supplemented(own: TypeLine, more: TypeLine): TypeLine {
  const known = new Map(more.members.map((member) => [member.name, member]))
  const members = own.members.map((member) => {
    const other = known.get(member.name)
    if (other?.kind !== member.kind) return member
    const flags = SUPPLEMENTED.filter((flag) => has(other, flag)).join('')
    const verbs = has(other, '^') === has(member, '^') ? other.verbs : undefined
    return { ...member, flags: `${member.flags}${flags}`, verbs }
  })
  return { ...own, members }
}
