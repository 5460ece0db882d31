import { version } from '../../lib/version.js'
import type { Operation } from '../operations.js'
import { PublishedSchemas } from '../../lib/published-schemas.js'
import { describeOperation } from './operation.js'

/**
 * The OpenAPI 3.1 document of the control surface.
 *
 * @param origin where the caller reaches this server
 * @param needsToken whether `--control-token` is set
 */
export function openApiDocument(operations: readonly Operation[], origin: string, needsToken: boolean) {
  const schemas = new PublishedSchemas('#/components/schemas')
  const paths: Record<string, Record<string, object>> = {}
  for (const operation of operations) {
    // It is GET without the body, and as such no news.
    if (operation.method === 'HEAD') continue
    const path = operation.url.replace(/^\/_mock/, '').replace(/:(\w+)/g, '{$1}')
    const method = operation.method.toLowerCase()
    paths[path] = { ...paths[path], [method]: describeOperation(operation, path, schemas, needsToken) }
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
