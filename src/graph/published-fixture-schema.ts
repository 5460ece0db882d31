import { fixtureSchema } from '../fixture/fixture.js'
import { loadResources } from './resources.js'
import { tenantDocumentSchema } from '../tenants/tenant-document.js'

/** `fixtures/schema.json`: plain JSON Schema, for editors. */
export async function publishedSchema(): Promise<object> {
  const slots = (await loadResources()).map((resource) => resource.state)
  const schema = fixtureSchema(tenantDocumentSchema(slots))
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...(JSON.parse(JSON.stringify(schema)) as object) }
}
