import { schemaMismatch, unresolvableType, type GraphError } from '../../errors.js'
import type { Expected, Mistake } from '../../odata/payload-mistake.js'
import type { Behaviour } from '../../../support/behaviour.js'
import { modelValidationFailure } from './intune-error.js'

/** The name of a type of Graph in Intune's own model, as in its error texts (captured, Intune-PowerShell-SDK#97). */
export function intuneTypeName(edmType: string): string {
  return edmType.replace(/^microsoft\.graph\./, 'microsoft.management.services.api.')
}

/** 400 in Intune's words, for a payload that is valid JSON. */
export function payloadRefusal(mistake: Mistake): GraphError {
  switch (mistake.kind) {
    case 'notAnObject':
      return notAnObject(mistake.found)
    case 'unknownProperty':
      return modelValidationFailure(
        `The property '${mistake.name}' does not exist on type '${intuneTypeName(mistake.type)}'. Make sure to only use property names that are defined by the type.`,
        `The properties are ${mistake.known.join(', ')}; names are case-sensitive.`
      )
    case 'missingProperty':
      // Assumed: no capture has an incomplete complex value.
      return modelValidationFailure(
        `The value of type '${intuneTypeName(mistake.type)}' lacks the property '${mistake.name}'.`,
        'Send all its properties: a complex value replaces the present one as a whole.'
      )
    case 'wrongJsonType':
      return schemaMismatch(mistake.name, `${mistake.name} takes ${mistake.json}: ${mistake.values}.`)
    case 'null':
      return nullValue(mistake)
    case 'badLiteral':
      return badLiteral(mistake.literal, mistake)
    case 'typeNotText':
      return schemaMismatch('@odata.type', ownType(mistake.type))
    case 'noType':
      return unresolvableType(mistake.name, ownType(mistake.type))
    case 'otherType':
      return notAssignable(mistake.name, mistake.type)
    case 'unknownParameter':
      return unknownParameter(mistake.name, mistake.operation, mistake.known)
    case 'missingParameters':
      return missingParameters(mistake.names, mistake.operation)
  }
}

/** Captured for a collection; assumed for the root of a payload. */
function notAnObject(found: 'array' | 'value'): GraphError {
  const node = found === 'array' ? 'StartArray' : 'PrimitiveValue'
  return modelValidationFailure(
    `An unexpected '${node}' node was found when reading from the JSON reader. A 'StartObject' node was expected.`,
    'The body is valid JSON, but not an object. Send a JSON object, {} at least.'
  )
}

/** No capture for Intune; the text of the OData library. */
function nullValue({ name, type, values }: Expected): GraphError {
  const edmType = `${intuneTypeName(type)}[Nullable=False]`
  return modelValidationFailure(
    `A null value was found for the property named '${name}', which has the expected type '${edmType}'. The expected type '${edmType}' does not allow null values.`,
    `${name} cannot be null: ${values}. Leave it out to keep its value.`
  )
}

/** Captured: Intune-PowerShell-SDK#97 for enumerations, IntuneManagement#4 for dates. */
function badLiteral(literal: string, { name, type, values }: Expected): GraphError {
  const reason = `${name} takes ${values}.`
  if (type.startsWith('Edm.'))
    return modelValidationFailure(`Cannot convert the literal '${literal}' to the expected type '${type}'.`, reason)
  if (literal.trim() === '')
    return modelValidationFailure('Must specify valid information for parsing in the string.', reason)
  return modelValidationFailure(`Requested value '${literal}' was not found.`, reason)
}

/** Captured for other Intune types, Intune-Config-Frameworks#8. */
function notAssignable(name: string, type: string): GraphError {
  return modelValidationFailure(
    `An entry with type '${intuneTypeName(name)}' was found, but it is not assignable to the expected type '${intuneTypeName(type)}'. The type specified in the entry must be equal to either the expected type or a derived type.`,
    ownType(type)
  )
}

function ownType(type: string): string {
  return `This resource is a #${type}; @odata.type may also be left out.`
}

/** The text of the OData library, not captured. */
function unknownParameter(name: string, operation: string, known: readonly string[]): GraphError {
  return modelValidationFailure(
    `The parameter '${name}' in the request payload is not a valid parameter for the operation '${operation}'.`,
    known.length === 0
      ? `The action ${operation} has no parameters. Send no body, or {}.`
      : `The parameters of the action ${operation} are ${known.join(', ')}; names are case-sensitive.`
  )
}

/** The text of the OData library, not captured. */
function missingParameters(names: readonly string[], operation: string): GraphError {
  return modelValidationFailure(
    `One or more parameters of the operation '${operation}' are missing from the request payload. The missing parameters are: ${names.join(', ')}.`,
    `The action ${operation} needs ${names.join(', ')}.`
  )
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
