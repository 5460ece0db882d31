import { fixtureSchema } from '../fixture/fixture.js'
import { PublishedSchemas } from '../lib/published-schemas.js'
import { tenantDocumentSchema } from '../tenants/tenant-document.js'
import { createGraph } from './graph.js'
import { loadResources } from './resources.js'

/** `fixtures/schema.json`: JSON Schema 2020-12, for editors. */
export async function publishedSchema(): Promise<object> {
  const { slots } = createGraph(await loadResources())
  const schemas = new PublishedSchemas('#/$defs')
  const fixture = schemas.inPlace(fixtureSchema(tenantDocumentSchema(slots)))
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', ...fixture, $defs: schemas.named() }
}
