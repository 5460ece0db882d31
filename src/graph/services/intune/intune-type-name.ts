import type { EdmSchema } from '../../odata/schema.js'

/** The name that Intune's own model gives a type of Graph, as its error texts show (captured, facts 4.2). */
export function intuneTypeName({ edmType }: Pick<EdmSchema, 'edmType'>): string {
  return edmType.replace(/^microsoft\.graph\./, 'microsoft.management.services.api.')
}
