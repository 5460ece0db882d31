import fc from 'fast-check'
import { anyCharacter } from '../arbitraries.js'

/** What of a JSON Schema the control surface uses. */
interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly pattern?: string
  readonly format?: string
  readonly minimum?: number
  readonly maximum?: number
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: 'path' | 'query'; readonly schema: Schema }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

export interface ControlRequest {
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

/** Members that would make a test wait, or break a connection that is none. */
const TAMED: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  ms: fc.constantFrom(0, 1),
  min: fc.constant(0),
  max: fc.constantFrom(0, 1),
  timeout: fc.constantFrom('PT0S', 'PT0.001S', 'x'),
  connection: fc.constant('never')
}

const DURATIONS = fc.constantFrom('PT0S', 'PT0.5S', 'PT10M', 'P1D', 'P9999999D', 'PT99999999999S', 'P3000000D', 'P1Y')
const INSTANTS = fc.constantFrom(
  '0001-01-01T00:00Z',
  '0001-01-01T00:00:00+14:00',
  '2026-02-28T12:00:00.1234567+02:00',
  '9999-12-31T23:59:59Z',
  '9999-12-31T23:59:59.999999999999Z',
  '9999-12-31T23:59:59.9999999-00:00'
)

/** Requests to every operation of the control surface, read from its OpenAPI document: sound ones, and nearly sound ones. */
export function arbitraryRequests(document: object, tenants: readonly string[]): fc.Arbitrary<ControlRequest> {
  const { paths, components } = document as OpenApi
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => request(path, method.toUpperCase(), operation))
  )
  return fc.oneof(...operations)

  function request(
    path: string,
    method: string,
    { parameters = [], requestBody }: Operation
  ): fc.Arbitrary<ControlRequest> {
    const values = fc.record(Object.fromEntries(parameters.map(({ name, schema }) => [name, parameter(name, schema)])))
    const [content] = Object.values(requestBody?.content ?? {})
    const body = content ? near(valueOf(content.schema)).map((value) => waitless(path, value)) : fc.constant(undefined)
    return fc.record({ values, body, isQueried: fc.boolean() }).map(({ values, body, isQueried }) => {
      const query = parameters.flatMap(({ name, in: place }) =>
        place === 'query' && isQueried ? [`${name}=${encodeURIComponent(String(values[name]))}`] : []
      )
      const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])))
      return {
        method,
        target: `/_mock${filled}${query.length > 0 ? `?${query.join('&')}` : ''}`,
        headers: { 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body)
      }
    })
  }

  function parameter(name: string, schema: Schema): fc.Arbitrary<unknown> {
    if (name === 'tenant') return fc.constantFrom(...tenants)
    if (name === 'name') return fc.constantFrom('a', 'b')
    if (name === 'id') return fc.constantFrom('1', '2', '0', '9999999999')
    return valueOf(schema, name)
  }

  /** Mostly a value of the schema, seldom any JSON. */
  function near(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
    return fc.oneof({ weight: 30, arbitrary: value }, { weight: 1, arbitrary: fc.jsonValue() })
  }

  function valueOf(schema: Schema, name = ''): fc.Arbitrary<unknown> {
    const tamed = TAMED[name]
    if (tamed) return tamed
    if (schema.$ref !== undefined) {
      return valueOf(components.schemas[schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)] as Schema, name)
    }
    if (schema.enum) return fc.constantFrom(...schema.enum)
    if (schema.const !== undefined) return fc.constant(schema.const)
    if (schema.anyOf) return fc.oneof(...schema.anyOf.map((alternative) => valueOf(alternative)))
    switch (schema.type) {
      case 'object':
        return objectOf(schema)
      case 'array':
        return fc.array(near(valueOf(schema.items as Schema)), { maxLength: 3 })
      case 'string':
        return stringOf(schema)
      case 'integer':
      case 'number': {
        const { minimum = -5, maximum = 2 ** 31 } = schema
        return fc.oneof(
          fc.constantFrom(minimum, maximum),
          fc.integer({ min: minimum, max: Math.min(maximum, minimum + 300) })
        )
      }
      case 'boolean':
        return fc.boolean()
      case 'null':
        return fc.constant(null)
      default:
        return fc.jsonValue()
    }
  }

  function objectOf({ properties, patternProperties, required = [] }: Schema): fc.Arbitrary<unknown> {
    const [pattern] = Object.entries(patternProperties ?? {})
    if (pattern) return fc.dictionary(fc.stringMatching(new RegExp(pattern[0])), valueOf(pattern[1]), { maxKeys: 3 })
    const members = Object.entries(properties ?? {}).map(
      ([name, schema]) => [name, near(valueOf(schema, name))] as const
    )
    return fc.record(Object.fromEntries(members), { requiredKeys: [...required] })
  }

  function stringOf({ pattern, format }: Schema): fc.Arbitrary<unknown> {
    if (format === 'date-time') return INSTANTS
    if (pattern === undefined) return fc.string({ unit: anyCharacter, maxLength: 12 })
    return pattern.startsWith('^P') ? DURATIONS : fc.stringMatching(new RegExp(pattern))
  }
}

/** A wait that names no time lasts for seconds. */
function waitless(path: string, body: unknown): unknown {
  return path.endsWith('/wait') && typeof body === 'object' && body !== null ? { timeout: 'PT0S', ...body } : body
}
