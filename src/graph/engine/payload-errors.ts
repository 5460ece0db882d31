import type { Property } from '../model/members.js'
import { nearestNames } from '../odata/path/nearest-names.js'
import { badRequest, type EngineError } from './engine-error.js'
import type { StructuredType } from '../model/structured-type.js'

/** Of what a client sent, as much as a message may repeat. */
const LONGEST = 512

export function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

/** Text of Microsoft's OData library; the sentence without its last half is captured (Intune-PowerShell-SDK#97). */
export function unknownProperty(name: string, type: StructuredType): EngineError {
  const near = nearestNames(name, [...type.properties.keys(), ...type.navigation.keys()])
  return badRequest(
    'unknownProperty',
    `The property '${cut(name)}' does not exist on type '${type.name}'. Make sure to only use property names that are defined by the type or mark the type as open type.`,
    near.length > 0 ? `Did you mean ${near.join(', ')}? Names are case-sensitive.` : undefined
  )
}

/** Captured: IntuneBackupAndRestore#25. */
export function wrongKind(name: string, reason: string): EngineError {
  return badRequest('wrongKind', `Property ${name} in payload has a value that does not match schema.`, reason)
}

export function nullValue({ name, type, collection }: Pick<Property, 'name' | 'type' | 'collection'>): EngineError {
  const expected = collection ? `Collection(${type})` : `${type}[Nullable=False]`
  return badRequest(
    'nullValue',
    `A null value was found for the property named '${name}', which has the expected type '${expected}'. The expected type '${expected}' does not allow null values.`
  )
}

/** Captured for dates and numbers (msgraph-beta-sdk-dotnet#279). */
export function badLiteral(literal: string, type: string): EngineError {
  return badRequest('badLiteral', `Cannot convert the literal '${cut(literal)}' to the expected type '${type}'.`)
}

/** Captured: Win32App-Migration-Tool#23. */
export function unknownMember(literal: string, members: readonly string[]): EngineError {
  const near = nearestNames(literal, members)
  const reason = near.length > 0 ? `Did you mean ${near.join(', ')}? Members are case-sensitive.` : undefined
  return badRequest('badLiteral', `Requested value '${cut(literal)}' was not found.`, reason)
}

/** Captured for a collection (graph-docs of Intune policies); assumed for the root of a payload. */
export function notAnObject(value: unknown): EngineError {
  const node = Array.isArray(value) ? 'StartArray' : 'PrimitiveValue'
  return badRequest(
    'notAnObject',
    `An unexpected '${node}' node was found when reading from the JSON reader. A 'StartObject' node was expected.`
  )
}

/** Captured: microsoft-graph-docs#4769. */
export function emptyPayload(): EngineError {
  return badRequest('notAnObject', 'Empty Payload. JSON content expected.')
}

/** Captured: OpenIntuneBaseline#207. */
export function unresolvableType(name: string, candidates: readonly string[]): EngineError {
  return badRequest(
    'unknownType',
    `A type named '${cut(name)}' could not be resolved by the model. When a model is available, each type name must resolve to a valid type.`,
    candidates.length > 0 ? `Did you mean ${candidates.join(', ')}?` : undefined
  )
}

/** Captured for Intune's types. */
export function notAssignable(name: string, expected: string): EngineError {
  return badRequest(
    'notAssignable',
    `An entry with type '${name}' was found, but it is not assignable to the expected type '${expected}'. The type specified in the entry must be equal to either the expected type or a derived type.`
  )
}

/** Captured for Intune's types. */
export function abstractType(type: StructuredType, derived: readonly string[]): EngineError {
  const reason = `${type.name} is abstract: name a type derived from it in @odata.type${derived.length > 0 ? `, such as #${derived.slice(0, 3).join(', #')}` : ''}.`
  return badRequest('abstractType', 'Cannot create an abstract class.', reason)
}

/** Captured for Intune's types. */
export function navigationInUpdate(method: string, name: string, type: StructuredType): EngineError {
  return badRequest(
    'navigationInUpdate',
    `Cannot apply ${method} to navigation property '${name}' on entity type '${type.name}'.`,
    `Write to its own URL, or link with ${name}@odata.bind.`
  )
}

export function tooDeep(limit: number): EngineError {
  return badRequest('tooDeep', `The payload is nested more deeply than the ${limit} levels that are allowed.`)
}
