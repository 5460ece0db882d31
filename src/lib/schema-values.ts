import type { TSchema } from '@sinclair/typebox'

const TYPES: Readonly<Record<string, string>> = {
  null: 'null',
  string: 'a string',
  integer: 'an integer',
  number: 'a number',
  boolean: 'true or false',
  array: 'an array',
  object: 'an object'
}

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': 'an instant such as 2017-01-01T00:02:49Z',
  'http-origin': 'an origin such as https://mock.example:8365'
}

/**
 * The values of a schema in words: `an integer`, `one of "a", "b"`, `null, an integer or a string`. A schema with a pattern
 * can have its own words as `expected`.
 */
export function describeValues(schema: TSchema): string {
  const alternatives = alternativesOf(schema)
  const names = [...new Set(alternatives.map(describe))]
  if (names.length === 1) return names.join()
  if (alternatives.every((alternative) => 'const' in alternative)) return `one of ${names.join(', ')}`
  return `${names.slice(0, -1).join(', ')} or ${String(names.at(-1))}`
}

function alternativesOf(schema: TSchema): TSchema[] {
  return (schema['anyOf'] as TSchema[] | undefined)?.flatMap(alternativesOf) ?? [schema]
}

function describe({ const: value, expected, format, type }: TSchema): string {
  if (value !== undefined) return JSON.stringify(value)
  return (expected as string | undefined) ?? FORMATS[String(format)] ?? (TYPES[String(type)] as string)
}
