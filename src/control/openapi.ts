import { Type } from '@sinclair/typebox'
import type { ControlRoutes } from './control-routes.js'
import type { RouteTable } from './route-table.js'

const OpenApi = Type.Object(
  { openapi: Type.String({ pattern: /^3\.1\./.source }) },
  { description: 'An OpenAPI document.' }
)

/** `GET /_mock/openapi.json`: the control surface, described by the schemas that it validates with. */
export function openApiRoutes(routeTable: RouteTable): ControlRoutes {
  return (control, { options, origin }) => {
    const schema = { summary: 'Describe this surface', response: { 200: OpenApi } }
    control.get('/openapi.json', { schema }, async (request) => {
      const { openApiDocument } = await import('./openapi/document.js')
      return openApiDocument(routeTable.list(), origin(request), options.controlToken !== undefined)
    })
  }
}
