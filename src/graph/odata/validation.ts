import type { TSchema } from '@sinclair/typebox'
import type { FastifySchemaCompiler } from 'fastify'
import { lazyCheck } from '../../lib/lazy-check.js'
import { modelValidationFailure, schemaMismatch, type GraphError } from '../errors.js'
import { intuneTypeName } from '../services/intune/intune-type-name.js'
import type { EdmSchema, EntityType } from './schema.js'
import type { Behaviour } from '../../support/behaviour.js'

/**
 * Fastify's validator compiler for the Graph surface: checks the properties of a payload against an entity type or its
 * update type. Nothing is coerced, nothing stripped.
 *
 * The gateway checks JSON types before Intune reads the values, and each takes the properties as they come; so the
 * first mismatch of types wins, else the first failure in the order of the payload (assumed from facts 1.7).
 */
export const payloadValidator: FastifySchemaCompiler<EntityType> = ({ schema: type }) => {
  const check = lazyCheck(type)
  const properties = new Map(
    Object.entries(type.properties).map(([name, schema]) => [
      name,
      { schema: schema as EdmSchema, check: lazyCheck(schema) }
    ])
  )
  return (payload: unknown) => {
    if (check.accepts(payload)) return true
    return { error: isObject(payload) ? firstFailure(payload) : notAnObject(payload) }
  }

  /** One pass, and one error made: a payload may have a hundred thousand properties. */
  function firstFailure(payload: object): GraphError {
    let first: (() => GraphError) | undefined
    for (const [name, value] of Object.entries(payload) as [string, unknown][]) {
      const property = properties.get(name)
      if (property?.check.accepts(value)) continue
      if (property && value !== null && typeof value !== 'string') return typeMismatch(name, property.schema)
      first ??= () => (property ? badValue(name, value as string | null, property.schema) : unknownProperty(name, type))
    }
    return (first as () => GraphError)()
  }
}

function isObject(payload: unknown): payload is object {
  return typeof payload === 'object' && payload !== null && !Array.isArray(payload)
}

function typeMismatch(name: string, schema: EdmSchema): GraphError {
  return schemaMismatch(name, `${name} takes a string: ${expected(schema)}.`)
}

function badValue(name: string, value: string | null, schema: EdmSchema): GraphError {
  return value === null ? nullValue(name, schema) : badLiteral(name, value, schema)
}

function unknownProperty(name: string, type: EntityType): GraphError {
  return modelValidationFailure(
    `The property '${name}' does not exist on type '${intuneTypeName(type)}'. Make sure to only use property names that are defined by the type.`,
    `The properties are ${Object.keys(type.properties).join(', ')}; names are case-sensitive.`
  )
}

/** No capture for Intune; the text of the OData library. */
function nullValue(name: string, schema: EdmSchema): GraphError {
  const edmType = `${intuneTypeName(schema)}[Nullable=False]`
  return modelValidationFailure(
    `A null value was found for the property named '${name}', which has the expected type '${edmType}'. The expected type '${edmType}' does not allow null values.`,
    `${name} cannot be null: ${expected(schema)}. Leave it out to keep its value.`
  )
}

function badLiteral(name: string, literal: string, schema: EdmSchema): GraphError {
  const reason = `${name} takes ${expected(schema)}.`
  if (schema.edmType === 'Edm.DateTimeOffset') {
    return modelValidationFailure(
      `Cannot convert the literal '${literal}' to the expected type 'Edm.DateTimeOffset'.`,
      reason
    )
  }
  if (literal.trim() === '')
    return modelValidationFailure('Must specify valid information for parsing in the string.', reason)
  return modelValidationFailure(`Requested value '${literal}' was not found.`, reason)
}

/** Captured for a collection; assumed for the root of a payload. */
export function notAnObject(payload: unknown): GraphError {
  const node = Array.isArray(payload) ? 'StartArray' : 'PrimitiveValue'
  return modelValidationFailure(
    `An unexpected '${node}' node was found when reading from the JSON reader. A 'StartObject' node was expected.`,
    'The body is valid JSON, but not an object. Send a JSON object, {} at least.'
  )
}

function expected(schema: EdmSchema): string {
  const members = schema['anyOf'] as readonly TSchema[] | undefined
  if (members) return `one of ${members.map((member) => String(member['const'])).join(', ')} (case-sensitive)`
  if (schema.edmType === 'Edm.DateTimeOffset') return 'an instant such as 2017-01-01T00:02:49.3205976-08:00'
  return 'any string'
}

export const validationSupport: readonly Behaviour[] = [
  {
    behaviour: 'Unknown property, unknown member of an enumeration, bad date: 400 `ModelValidationFailure`',
    evidence: 'observed',
    source: 'Intune-PowerShell-SDK#97, Win32App-Migration-Tool#23, msgraph-beta-sdk-dotnet#279'
  },
  {
    behaviour: 'No bytes, no JSON, no JSON content type: 400 `BadRequest`',
    evidence: 'observed',
    source: 'microsoft-graph-docs#4769, microsoft-graph-docs#6259'
  },
  {
    behaviour: '`null`, a wrong JSON type, no object: 400; the first mismatch of types is named first',
    evidence: 'assumed',
    source: 'texts of the OData library'
  }
]
