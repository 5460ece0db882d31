import type { OriginOf } from '../../http/origin.js'
import type { TypeBoxScope } from '../../http/typebox-scope.js'
import { contentType, requestedMetadataLevel } from '../odata/metadata-level.js'
import type { Resource } from '../resource.js'

/** `GET /$metadata` and the service document, loaded when first asked for. */
export function metadataRoutes(scope: TypeBoxScope, resources: readonly Resource[], serviceRoot: OriginOf): void {
  scope.get('/$metadata', async (_request, reply) => {
    const [{ csdl }, { edmModel }] = await Promise.all([import('./csdl.js'), import('./edm-model.js')])
    return reply
      .header('odata-version', '4.0')
      .type('application/xml')
      .send(csdl(edmModel(resources)))
  })

  scope.get('/', async (request, reply) => {
    const { serviceDocument } = await import('./service-document.js')
    const level = requestedMetadataLevel(request.headers.accept) ?? 'minimal'
    const document = serviceDocument(resources, level === 'none' ? undefined : serviceRoot(request))
    return reply.header('odata-version', '4.0').type(contentType(level)).send(document)
  })
}
