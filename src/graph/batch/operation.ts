import { gatewayService } from '../gateway/gateway-service.js'
import type { Operation } from '../gateway/operation.js'
import { batchSupport } from './support.js'

/** `POST /$batch`: up to twenty requests in one. */
export const batchOperation: Operation = {
  name: 'batch',
  kind: 'batch',
  method: 'POST',
  path: '$batch',
  service: gatewayService,
  permissions: 'anyToken',
  support: batchSupport
}
