import { Type } from '@sinclair/typebox'
import type { ControlRoutes } from './control-routes.js'
import type { Operations } from './operations.js'

const OpenApi = Type.Object(
  { openapi: Type.String({ pattern: /^3\.1\./.source }) },
  { description: 'An OpenAPI document.' }
)

/** `GET /_mock/openapi.json`: this surface, described from the schemas that it checks by. */
export function openApiRoutes(operations: Operations): ControlRoutes {
  return (control, { options, origin }) => {
    const schema = { summary: 'Describe this surface', response: { 200: OpenApi } }
    control.get('/openapi.json', { schema }, async (request) => {
      const { openApiDocument } = await import('./openapi/document.js')
      return openApiDocument(operations.list(), origin(request), options.controlToken !== undefined)
    })
  }
}
