import type { StructuredType } from '../model/structured-type.js'
import type { PathProperty } from '../odata/path/path-model.js'
import type { EnumInfo } from '../odata/query/type-model.js'
import type { Selection } from '../odata/query/bind/selection.js'
import type { MetadataLevel } from '../odata/metadata-level.js'
import { absentValue } from './absent-value.js'
import type { GraphModel } from './graph-model.js'
import { takesDynamic } from './graph-type.js'
import { define, isObject } from './json-object.js'
import type { JsonObject } from '../../tenants/entities/entity.js'

type Values = Record<string, unknown>
type Property = Omit<PathProperty, 'contained'>

/** A property as answers have it. */
interface Viewed {
  readonly property: Property
  readonly absent: unknown
  /** What a stored value is read as; `undefined` where it is read as it is. */
  readonly read: ((value: unknown, selection: Selection | undefined) => unknown) | undefined
  /** `#DateTimeOffset`: what full metadata says of it. */
  readonly annotation: string | undefined
}

const VIEWS = { none: Symbol('without metadata'), minimal: Symbol('minimal'), full: Symbol('full') }

/**
 * Stored values as a version of Graph shows them: all properties of the type in its order, those never set with what
 * they are read as, without what the version lacks.
 */
export class View {
  readonly #model: GraphModel
  readonly #level: MetadataLevel

  constructor(model: GraphModel, level: MetadataLevel) {
    this.#model = model
    this.#level = level
  }

  /**
   * Puts the properties of an entity or complex value into an answer.
   *
   * @param type as which it is shown
   * @param own the name of the type that it is kept with
   */
  fill(answer: Values, values: JsonObject, type: StructuredType, own: string, selection: Selection | undefined): void {
    const wanted = selection?.properties
    for (const { property, absent, read, annotation } of this.#viewed(type)) {
      const { name } = property
      if (wanted && !wanted.has(name)) continue
      if (annotation !== undefined && this.#level === 'full') answer[`${name}@odata.type`] = annotation
      const value = Object.hasOwn(values, name) ? values[name] : absent
      answer[name] = read && value !== null ? read(value, wanted?.get(name)) : value
    }
    if (type.open) this.#fillDynamic(answer, values, type, own, wanted)
  }

  /** Whether a value says of which type it is: where it is not of the one declared for its place. */
  names(type: StructuredType, declared: StructuredType): boolean {
    return this.#level === 'full' || (this.#level === 'minimal' && type !== declared)
  }

  /** The value of one property. */
  property(property: Property, value: unknown): unknown {
    const { absent, read } = this.#viewedProperty(property)
    const known = value === undefined ? absent : value
    return read && known !== null ? read(known, undefined) : known
  }

  /** What an open type has beside what it declares. */
  #fillDynamic(
    answer: Values,
    values: JsonObject,
    type: StructuredType,
    own: string,
    wanted: Selection['properties'] | undefined
  ): void {
    const declaredByWider = this.#model.wider?.model.type(own)?.properties
    for (const name of Object.keys(values)) {
      if (type.properties.has(name) || declaredByWider?.has(name) || name === '@odata.type') continue
      if (!takesDynamic(type, name)) continue
      if (!wanted || wanted.has(name)) define(answer, name, values[name])
    }
  }

  #viewed(type: StructuredType): readonly Viewed[] {
    return this.#model.once(VIEWS[this.#level], type, () => {
      const properties = [...type.properties.values()].filter(({ type }) => type !== 'Edm.Stream')
      return properties.map((property) => this.#viewedProperty(property))
    })
  }

  #viewedProperty(property: Property): Viewed {
    const { kind, type, collection } = property
    const annotation = typeAnnotation(property)
    const absent = absentValue(property, this.#model)
    if (kind === 'primitive') return { property, absent, read: undefined, annotation }
    const one = kind === 'enum' ? this.#enumeration(type) : this.#complex(type)
    const read = one && collection ? eachOf(one) : one
    return { property, absent, read, annotation }
  }

  /** Members that this version lacks are `unknownFutureValue` where it has that (documented: best-practices-concept). */
  #enumeration(name: string): Viewed['read'] {
    const type = this.#model.wider && this.#model.enumeration(name)
    if (type?.value('unknownFutureValue') === undefined) return undefined
    return (value) => (typeof value === 'string' ? knownMembers(value, type) : value)
  }

  #complex(name: string): Viewed['read'] {
    const declared = this.#model.type(name)?.structured
    if (!declared) return undefined
    return (value, selection) => {
      if (!isObject(value)) return value
      const own = value['@odata.type']
      const type = typeof own === 'string' ? (this.#model.nearestKnown(own)?.structured ?? declared) : declared
      const answer: Values = {}
      if (this.names(type, declared)) answer['@odata.type'] = `#${type.name}`
      this.fill(answer, value, type, typeof own === 'string' ? own : type.name, selection)
      return answer
    }
  }
}

function eachOf(read: NonNullable<Viewed['read']>): NonNullable<Viewed['read']> {
  return (value, selection) =>
    Array.isArray(value) ? value.map((item: unknown) => (item === null ? null : read(item, selection))) : value
}

function knownMembers(value: string, type: EnumInfo): string {
  const members = value.split(',').map((member) => member.trim())
  return members.map((member) => (type.value(member) === undefined ? 'unknownFutureValue' : member)).join(',')
}

/** Strings, numbers and booleans have none (captured: OpenIntuneBaseline). */
const UNANNOTATED: ReadonlySet<string> = new Set([
  'Edm.String',
  'Edm.Boolean',
  'Edm.Int32',
  'Edm.Int64',
  'Edm.Int16',
  'Edm.Byte',
  'Edm.SByte',
  'Edm.Double',
  'Edm.Single',
  'Edm.Decimal'
])

function typeAnnotation({ kind, type, collection }: Property): string | undefined {
  const name = type.replace(/^Edm\./, '')
  if (collection) return `#Collection(${name})`
  // Complex values name their type themselves.
  return kind === 'complex' || UNANNOTATED.has(type) ? undefined : `#${name}`
}
