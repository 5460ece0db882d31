import type { TSchema } from '@sinclair/typebox'

/** What schemas carry for other readers than those of the document. */
const PRIVATE = new Set(['edmType', 'expected', 'placeholder'])

/** What `Edm.DateTimeOffset` takes of the instants of RFC 3339: years from 0001, offsets to 14 hours. */
const DATE_TIME = /^(?!0000).*(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)$/.source

type JsonSchema = Record<string, unknown>

/** Schemas as plain JSON Schema (2020-12) for one document: those with a `title` are written once and referred to by it. */
export class PublishedSchemas {
  readonly #path: string
  readonly #named = new Map<string, JsonSchema>()

  /** @param path JSON Pointer of where the document has the named ones, such as `#/$defs` */
  constructor(path: string) {
    this.#path = path
  }

  /** The named ones, of all that was published so far, in the order of their names. */
  named(): Readonly<Record<string, JsonSchema>> {
    return Object.fromEntries([...this.#named].sort(([one], [other]) => (one < other ? -1 : 1)))
  }

  /**
   * A schema in place, titled ones by reference. The description may differ from place to place, it then stands beside the
   * reference.
   *
   * @throws Error where two different schemas have the same title
   */
  publish(schema: TSchema): JsonSchema {
    const { title, ...rest } = schema
    if (title === undefined) return this.inPlace(rest)
    const { description, ...published } = this.inPlace(rest)
    const known = this.#named.get(title)
    if (known && JSON.stringify(known) !== JSON.stringify(published)) throw new Error(`two schemas are titled ${title}`)
    this.#named.set(title, published)
    return { $ref: `${this.#path}/${title}`, ...(description !== undefined && { description }) }
  }

  /** A schema in place even where it has a title. */
  inPlace(schema: JsonSchema): JsonSchema {
    const values = enumeration(schema['anyOf'] as TSchema[] | undefined)
    if (values) return { ...this.inPlace({ ...schema, anyOf: undefined }), enum: values }
    const keywords = Object.entries<unknown>({
      ...(schema['format'] === 'date-time' && { pattern: DATE_TIME }),
      ...schema
    })
    const published = keywords.filter(([name, value]) => value !== undefined && !PRIVATE.has(name))
    return Object.fromEntries(published.map(([name, value]) => [name, this.#keyword(name, value)]))
  }

  #keyword(name: string, value: unknown): unknown {
    switch (name) {
      case 'properties':
      case 'patternProperties':
        return Object.fromEntries(
          Object.entries(value as Record<string, TSchema>).map(([member, schema]) => [member, this.publish(schema)])
        )
      case 'anyOf':
        return (value as TSchema[]).map((schema) => this.publish(schema))
      case 'items':
        return this.publish(value as TSchema)
      default:
        return value
    }
  }
}

/** The values of a union of literals and null, which JSON Schema has a keyword for. */
function enumeration(alternatives: readonly TSchema[] | undefined): unknown[] | undefined {
  if (!alternatives?.every((alternative) => 'const' in alternative || alternative.type === 'null')) return undefined
  return alternatives.map((alternative) => (alternative['const'] as unknown) ?? null)
}
