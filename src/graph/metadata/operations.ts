import { gatewayService } from '../gateway/gateway-service.js'
import type { Operation } from '../gateway/operation.js'

const anonymous = { kind: 'document', method: 'GET', service: gatewayService, permissions: 'anonymous' } as const

/** The documents that describe the model; they need no token. */
export const documentOperations: readonly Operation[] = [
  {
    ...anonymous,
    name: 'metadata',
    path: '$metadata',
    support: [
      {
        behaviour: 'CSDL XML of all that is mocked, with the names and types of Graph; no token',
        evidence: 'documented',
        source: 'msgraph-metadata, schemas/beta-Prod.csdl'
      }
    ]
  },
  {
    ...anonymous,
    name: 'serviceDocument',
    path: '',
    support: [
      { behaviour: 'Service document; no token', evidence: 'documented', source: 'OData JSON Format 4.01, section 5' }
    ]
  }
]
