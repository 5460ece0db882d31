import type { OriginOf } from '../../http/origin.js'
import type { Behaviour } from '../../support/behaviour.js'
import { contentType, requestedMetadataLevel } from '../odata/metadata-level.js'
import type { GraphScope, Resource } from '../resource.js'

const metadataSupport: readonly Behaviour[] = [
  {
    behaviour: 'CSDL XML of all that is mocked, with the names and types of Graph; no token',
    evidence: 'documented',
    source: 'msgraph-metadata, schemas/beta-Prod.csdl'
  }
]

const serviceDocumentSupport: readonly Behaviour[] = [
  { behaviour: 'Service document; no token', evidence: 'documented', source: 'OData JSON Format 4.01, section 5' }
]

/** `GET /$metadata` and the service document: loaded when first asked for, and for everybody. */
export function metadataRoutes(graph: GraphScope, resources: readonly Resource[], serviceRoot: OriginOf): void {
  const permissions = 'anonymous'

  graph.get(
    '/$metadata',
    { config: { permissions, operation: 'metadata', support: metadataSupport } },
    async (_request, reply) => {
      const [{ csdl }, { edmModel }] = await Promise.all([import('./csdl.js'), import('./edm-model.js')])
      return reply
        .header('odata-version', '4.0')
        .type('application/xml')
        .send(csdl(edmModel(resources)))
    }
  )

  graph.get(
    '/',
    { config: { permissions, operation: 'serviceDocument', support: serviceDocumentSupport } },
    async (request, reply) => {
      const { serviceDocument } = await import('./service-document.js')
      const level = requestedMetadataLevel(request.headers.accept) ?? 'minimal'
      const document = serviceDocument(resources, level === 'none' ? undefined : serviceRoot(request))
      return reply.header('odata-version', '4.0').type(contentType(level)).send(document)
    }
  )
}
