import { fixtureSchema } from '../fixture/fixture.js'
import { tenantDocumentSchema } from '../tenants/tenant-document.js'
import { createGraph } from './graph.js'
import { loadResources } from './resources.js'

/** `fixtures/schema.json`: plain JSON Schema, for editors. */
export async function publishedSchema(): Promise<object> {
  const { slots } = createGraph(await loadResources())
  const schema = fixtureSchema(tenantDocumentSchema(slots))
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...(JSON.parse(JSON.stringify(schema)) as object) }
}
