import { modelValidationFailure, schemaMismatch, unresolvableType } from '../errors.js'
import { intuneTypeName } from './intune-type-name.js'
import { isTypeOfGraph } from './type-names.js'
import type { EntityType } from './schema.js'

/** `@odata.type`, `syncStatus@odata.type`, `@microsoft.graph.tips`: an annotation, of the object or of a property. */
const ANNOTATION = /^[^@]*@[^@.]+\.[^@]+$/

/**
 * The properties of a payload without its annotations, which a service ignores on requests (OData JSON Format 4.01,
 * 4.5), but for an `@odata.type` that names another type.
 *
 * @throws GraphError 400: `BadRequest` for a type that the model lacks, `ModelValidationFailure` for another type
 *   (both captured, facts 4.1 and 4.2)
 */
export function withoutAnnotations(payload: unknown, type: EntityType): unknown {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return payload
  const names = Object.keys(payload)
  if (!names.some((name) => name.includes('@'))) return payload
  const entries = Object.entries(payload)
  for (const [name, value] of entries) {
    if (name === '@odata.type' || name === '@type') demandType(value, type)
  }
  return Object.fromEntries(entries.filter(([name]) => name !== '@type' && !ANNOTATION.test(name)))
}

function demandType(value: unknown, type: EntityType): void {
  const reason = `This resource is a #${type.edmType}; @odata.type may also be left out.`
  if (typeof value !== 'string') throw schemaMismatch('@odata.type', reason)
  const name = value.replace(/^#/, '')
  if (name === type.edmType || name === intuneTypeName(type)) return
  if (!isTypeOfGraph(name)) throw unresolvableType(name, reason)
  throw modelValidationFailure(
    `An entry with type '${name.replace(/^microsoft\.graph\./, 'microsoft.management.services.api.')}' was found, but it is not assignable to the expected type '${intuneTypeName(type)}'. The type specified in the entry must be equal to either the expected type or a derived type.`,
    reason
  )
}
