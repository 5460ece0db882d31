import { qualifiedName, type TypeLine } from './compact-text.js'
import { has, navigationProperty, property, type NavigationProperty, type Property } from './members.js'

type Member = Property | NavigationProperty

/** An entity or complex type, with what it inherits. Members are made when they are first asked for. */
export class StructuredType {
  /** Qualified: `microsoft.graph.user`. */
  readonly name: string
  readonly kind: 'entity' | 'complex'
  readonly abstract: boolean
  /** Whether it takes properties that it does not declare. */
  readonly open: boolean
  /** Whether its entities are media, with a stream at `$value`. */
  readonly hasStream: boolean
  /** What it is derived from. */
  readonly base: StructuredType | undefined
  readonly #line: TypeLine
  #members:
    { properties: ReadonlyMap<string, Property>; navigation: ReadonlyMap<string, NavigationProperty> } | undefined
  #folded: ReadonlyMap<string, Member> | undefined
  #key: readonly string[] | undefined
  #alternateKeys: readonly string[] | undefined

  constructor(line: TypeLine, baseOf: (short: string) => StructuredType | undefined) {
    this.#line = line
    const { name, entity, abstract, open, stream, base } = line
    this.name = qualifiedName(name)
    this.kind = entity ? 'entity' : 'complex'
    this.abstract = abstract
    this.base = base === undefined ? undefined : baseOf(base)
    this.open = open || (this.base?.open ?? false)
    this.hasStream = stream || (this.base?.hasStream ?? false)
  }

  /** Structural properties by name, those of the base first, in the order of the service's answers. */
  get properties(): ReadonlyMap<string, Property> {
    return this.#made().properties
  }

  get navigation(): ReadonlyMap<string, NavigationProperty> {
    return this.#made().navigation
  }

  /** Names of the properties that a key has: `['id']` nearly everywhere, none of a singleton's type without one. */
  get key(): readonly string[] {
    return (this.#key ??= this.#ownKey())
  }

  /** Names of the properties each of which alone tells an entity too, such as `userPrincipalName` of users. */
  get alternateKeys(): readonly string[] {
    return (this.#alternateKeys ??= [...(this.base?.alternateKeys ?? []), ...this.#flagged('%')])
  }

  /** A property or navigation property, as a segment of a path names it: in any case. */
  member(name: string): Member | undefined {
    const { properties, navigation } = this.#made()
    const exact = properties.get(name) ?? navigation.get(name)
    if (exact) return exact
    this.#folded ??= new Map(
      [...properties.values(), ...navigation.values()].map((one) => [one.name.toLowerCase(), one])
    )
    return this.#folded.get(name.toLowerCase())
  }

  /** Whether it is a type, or derived from it. */
  is(type: StructuredType | string): boolean {
    const name = typeof type === 'string' ? type : type.name
    return this.name === name || (this.base?.is(name) ?? false)
  }

  #ownKey(): readonly string[] {
    const own = this.#flagged('&')
    return own.length > 0 ? own : (this.base?.key ?? [])
  }

  #flagged(flag: '&' | '%'): readonly string[] {
    return this.#line.members.filter((member) => has(member, flag)).map(({ name }) => name)
  }

  #made() {
    if (this.#members) return this.#members
    const properties = new Map(this.base?.properties)
    const navigation = new Map(this.base?.navigation)
    for (const { name, ...spec } of this.#line.members) {
      if (spec.kind.startsWith('>')) navigation.set(name, navigationProperty(name, spec))
      else properties.set(name, property(name, spec))
    }
    return (this.#members = { properties, navigation })
  }
}
