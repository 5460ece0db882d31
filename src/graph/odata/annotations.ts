import { modelValidationFailure, schemaMismatch, unresolvableType, type GraphError } from '../errors.js'
import { intuneTypeName } from '../services/intune/intune-type-name.js'
import type { EntityType } from './schema.js'

/** `@odata.type`, `syncStatus@odata.type`, `@microsoft.graph.tips`: an annotation, of the object or of a property. */
const ANNOTATION = /^[^@]*@[^@.]+\.[^@]+$/

export function isAnnotation(name: string): boolean {
  return ANNOTATION.test(name)
}

/**
 * The properties of a payload without its annotations, which a service ignores on requests (OData JSON Format 4.01,
 * 4.5), but for an `@odata.type` that names another type.
 *
 * @returns the properties; a promise that rejects with a GraphError 400 where another type is named
 */
export function withoutAnnotations(payload: unknown, type: EntityType): unknown {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return payload
  if (!Object.keys(payload).some((name) => name.includes('@'))) return payload
  const entries = Object.entries(payload)
  const properties = Object.fromEntries(entries.filter(([name]) => !isAnnotation(name)))
  const declared = Object.hasOwn(payload, '@odata.type')
    ? (payload as Record<string, unknown>)['@odata.type']
    : undefined
  if (declared === undefined || isNameOf(type, declared)) return properties
  return refuseType(declared, type)
}

function isNameOf(type: EntityType, declared: unknown): boolean {
  return declared === `#${type.edmType}` || declared === type.edmType || declared === `#${intuneTypeName(type)}`
}

async function refuseType(declared: unknown, type: EntityType): Promise<never> {
  const reason = `This resource is a #${type.edmType}; @odata.type may also be left out.`
  if (typeof declared !== 'string') throw schemaMismatch('@odata.type', reason)
  const name = declared.replace(/^#/, '')
  const { isTypeOfGraph } = await import('./type-names.js')
  throw isTypeOfGraph(name) ? notAssignable(name, type, reason) : unresolvableType(name, reason)
}

/** Captured for other Intune types (facts 4.2). */
function notAssignable(name: string, type: EntityType, reason: string): GraphError {
  return modelValidationFailure(
    `An entry with type '${intuneTypeName({ edmType: name })}' was found, but it is not assignable to the expected type '${intuneTypeName(type)}'. The type specified in the entry must be equal to either the expected type or a derived type.`,
    reason
  )
}
