import type { TSchema } from '@sinclair/typebox'
import { ValueErrorType, type ValueError } from '@sinclair/typebox/errors'
import type { FastifySchemaCompiler } from 'fastify'
import { lazyCheck } from '../../lazy-check.js'
import { modelValidationFailure, schemaMismatch, type GraphError } from '../errors.js'
import { intuneTypeName } from './intune-type-name.js'
import { isEdmSchema, type EdmSchema, type EntityType } from './schema.js'
import type { Behaviour } from '../../support/behaviour.js'

/**
 * Fastify's validator compiler for the Graph surface: checks the properties of a payload against an entity type or its
 * update type. Nothing is coerced, nothing stripped.
 *
 * The gateway checks JSON types before Intune reads the values, and each takes the properties as they come; so the
 * first mismatch of types wins, else the first failure in the order of the payload (assumed from facts 1.7).
 */
export const payloadValidator: FastifySchemaCompiler<EntityType> = ({ schema }) => {
  const check = lazyCheck(schema)
  return (payload: unknown) => {
    if (check.accepts(payload)) return true
    return { error: firstFailure(schema, payload, [...check.errors(payload)]) }
  }
}

function firstFailure(type: EntityType, payload: unknown, errors: readonly ValueError[]): GraphError {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return notAnObject(payload)
  const byProperty = new Map(errors.map((error) => [nameAt(error.path), error]))
  const failures = Object.keys(payload).flatMap((name) => {
    const error = byProperty.get(name)
    return error ? [failureOf(name, error, type)] : []
  })
  return (failures.find((failure) => failure.code === 'BadRequest') ?? failures[0]) as GraphError
}

function failureOf(name: string, error: ValueError, type: EntityType): GraphError {
  const { value, schema } = error
  if (error.type === ValueErrorType.ObjectAdditionalProperties || !isEdmSchema(schema)) {
    return unknownProperty(name, type)
  }
  if (value === null) return nullValue(name, schema)
  if (typeof value !== 'string') return schemaMismatch(name, `${name} takes a string: ${expected(schema)}.`)
  return badLiteral(name, value, schema)
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

function nameAt(path: string): string {
  return path.slice(1).replaceAll('~1', '/').replaceAll('~0', '~')
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
