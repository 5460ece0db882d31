import { PayloadMistake } from './payload-mistake.js'
import type { EntityType } from './schema.js'
import { isJsonObject } from '../../lib/json.js'

/** `@odata.type`, `syncStatus@odata.type`, `@microsoft.graph.tips`: an annotation, of the object or of a property. */
const ANNOTATION = /^[^@]*@[^@.]+\.[^@]+$/

export function isAnnotation(name: string): boolean {
  return ANNOTATION.test(name)
}

/**
 * The properties of a payload without its annotations, which a service ignores on requests (OData JSON Format 4.01,
 * 4.5), but for an `@odata.type` that names another type.
 *
 * @param serviceName gives the name of the type in the service's own model, which is accepted too
 * @returns the properties; a promise that rejects with a PayloadMistake where another type is named
 */
export function withoutAnnotations(payload: unknown, type: EntityType, serviceName: () => string): unknown {
  if (!isJsonObject(payload)) return payload
  if (!Object.keys(payload).some((name) => name.includes('@'))) return payload
  const entries = Object.entries(payload)
  const properties = Object.fromEntries(entries.filter(([name]) => !isAnnotation(name)))
  const declared = Object.hasOwn(payload, '@odata.type') ? payload['@odata.type'] : undefined
  if (declared === undefined) return properties
  const isOwn = declared === type.edmType || declared === `#${type.edmType}` || declared === `#${serviceName()}`
  return isOwn ? properties : refuseType(declared, type)
}

async function refuseType(declared: unknown, { edmType: type }: EntityType): Promise<never> {
  if (typeof declared !== 'string') throw new PayloadMistake({ kind: 'typeNotText', type })
  const name = declared.replace(/^#/, '')
  const { isTypeOfGraph } = await import('./type-names.js')
  throw new PayloadMistake({ kind: isTypeOfGraph(name) ? 'otherType' : 'noType', name, type })
}
