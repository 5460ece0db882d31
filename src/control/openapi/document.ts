import { version } from '../../lib/version.js'
import { PublishedSchemas } from '../../lib/published-schemas.js'
import type { DeclaredRoute } from '../route-table.js'
import { describeOperation } from './operation.js'

/**
 * The OpenAPI 3.1 document of the control surface.
 *
 * @param origin where the caller reaches this server
 * @param needsToken whether `--control-token` is set
 */
export function openApiDocument(routes: readonly DeclaredRoute[], origin: string, needsToken: boolean) {
  const schemas = new PublishedSchemas('#/components/schemas')
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    // Every GET has one, without the body.
    if (route.method === 'HEAD') continue
    const path = route.url.replace(/^\/_mock/, '').replace(/:(\w+)/g, '{$1}')
    const method = route.method.toLowerCase()
    paths[path] = { ...paths[path], [method]: describeOperation(route, path, schemas, needsToken) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'msgraph-mock control surface',
      version,
      description: 'What tests use to mint tokens, and to read and change the state of the mock.',
      license: { name: 'MIT', identifier: 'MIT' }
    },
    servers: [{ url: `${origin}/_mock` }],
    ...(needsToken && { security: [{ controlToken: [] }] }),
    paths,
    components: {
      schemas: schemas.named(),
      ...(needsToken && {
        securitySchemes: {
          controlToken: { type: 'http', scheme: 'bearer', description: 'The token of --control-token.' }
        }
      })
    }
  }
}
