import type { TObject, TSchema } from '@sinclair/typebox'
import { Problem } from './problem.js'

type Query = Readonly<Record<string, string | readonly string[]>>

/**
 * Converts query parameters to the types of their schemas: numbers, booleans, and lists where one may be repeated. A text
 * that cannot be converted stays, and the schema refuses it.
 *
 * @throws Problem 400 for an unknown parameter, and for a repeated one that is not a list
 */
export function convertQuery(query: Query, { properties }: TObject): Record<string, unknown> {
  const known = new Map<string, TSchema>(Object.entries(properties))
  const converted = Object.entries(query).map(([name, value]): [string, unknown] => {
    const schema = known.get(name)
    if (schema === undefined) throw new Problem(400, `query parameter ${name} is not known; ${listOf(known)}.`)
    if (schema.type === 'array') return [name, [value].flat().map((text) => convert(text, schema['items'] as TSchema))]
    if (typeof value !== 'string') throw new Problem(400, `query parameter ${name} may be given only once.`)
    return [name, convert(value, schema)]
  })
  return Object.fromEntries(converted)
}

function listOf(known: ReadonlyMap<string, TSchema>): string {
  return known.size === 0 ? 'there are none here' : `there are ${[...known.keys()].join(', ')}`
}

function convert(text: string, schema: TSchema): unknown {
  const types = ((schema['anyOf'] as TSchema[] | undefined) ?? [schema]).map(({ type }) => type as unknown)
  if (types.includes('boolean') && /^(?:true|false)$/.test(text)) return text === 'true'
  if (types.includes('integer') && /^-?\d{1,15}$/.test(text)) return Number(text)
  if (types.includes('number') && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text)) return Number(text)
  return text
}
