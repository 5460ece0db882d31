import { qualifiedName, type Flag, type Spec } from './compact-text.js'
import { primitiveOf, type PrimitiveType } from './edm-kinds.js'

/** What a value is of: a property, a parameter, what an operation answers. */
export interface TypeReference {
  readonly kind: 'primitive' | 'enum' | 'complex' | 'entity'
  /** `Edm.Int32`, or the qualified name of a type such as `microsoft.graph.user`. */
  readonly type: string
  readonly collection: boolean
  /** Of a collection: whether its items may be null. */
  readonly nullable: boolean
}

export interface PrimitiveProperty extends PropertyFacts {
  readonly kind: 'primitive'
  readonly type: PrimitiveType
}

export interface TypedProperty extends PropertyFacts {
  readonly kind: 'enum' | 'complex'
  readonly type: string
}

/** A structural property. */
export type Property = PrimitiveProperty | TypedProperty

interface PropertyFacts extends TypeReference {
  readonly name: string
  /** Set by the service alone: `Org.OData.Core.V1.Computed` in the CSDL. */
  readonly computed: boolean
  /** Its description says "read-only". Weaker than `computed`: some such properties may be given at creation. */
  readonly readOnly: boolean
}

/** A method that a place is known to serve. */
export type Verb = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/** The methods that a place serves. Of a single entity or singleton the two are the same. */
export interface Verbs {
  readonly collection: readonly Verb[]
  readonly item: readonly Verb[]
}

export interface NavigationProperty {
  readonly name: string
  /** The qualified name of the entity type that it leads to. */
  readonly type: string
  readonly collection: boolean
  readonly nullable: boolean
  /** Whether what it leads to lives under its owner (`ContainsTarget`), rather than being linked. */
  readonly contained: boolean
  /** Whether `$ref` is known to be served. Of what is not contained it may be served although this is false. */
  readonly references: boolean
  readonly verbs: Verbs
}

const VERBS: Readonly<Record<string, Verb>> = { g: 'GET', p: 'POST', a: 'PATCH', u: 'PUT', d: 'DELETE' }

export function has(spec: Spec, flag: Flag): boolean {
  return spec.flags.includes(flag)
}

export function typeReference(spec: Spec): TypeReference {
  const { kind } = spec
  const shape = { collection: has(spec, '*'), nullable: !has(spec, '!') }
  const primitive = primitiveOf(kind)
  if (primitive) return { kind: 'primitive', type: primitive, ...shape }
  const type = qualifiedName(kind.slice(1))
  return { kind: kind.startsWith('#') ? 'enum' : kind.startsWith('>') ? 'entity' : 'complex', type, ...shape }
}

export function property(name: string, spec: Spec): Property {
  const facts = { name, computed: has(spec, '@'), readOnly: has(spec, '-') || has(spec, '@') }
  return { ...typeReference(spec), ...facts } as Property
}

export function navigationProperty(name: string, spec: Spec): NavigationProperty {
  const { type, collection, nullable } = typeReference(spec)
  const contained = has(spec, '^')
  const usual = collection ? (contained ? 'gp/gad' : 'g/g') : contained ? 'gad' : 'g'
  const verbs = verbsOf(spec.verbs ?? usual)
  return { name, type, collection, nullable, contained, references: has(spec, '$'), verbs }
}

/** `gp/gad` */
export function verbsOf(text: string): Verbs {
  const [collection = '', item = collection] = text.split('/')
  return { collection: spelled(collection), item: spelled(item) }
}

function spelled(letters: string): readonly Verb[] {
  return Array.from(letters, (letter) => VERBS[letter] as Verb)
}
