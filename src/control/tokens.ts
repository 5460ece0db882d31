import { TokenRequest } from '../identity/token-request.js'
import type { ControlRoutes } from './control-routes.js'
import { refuseRule } from './faults.js'

/** `POST /_mock/tokens`: mints what is asked for; without a body a delegated token that may do everything. */
export const tokenRoutes: ControlRoutes = (control, mock) => {
  control.post<{ Body: TokenRequest | undefined }>('/tokens', { schema: { body: TokenRequest } }, (request, reply) => {
    void reply.code(201).header('cache-control', 'no-store')
    return mock.mintToken(request.body ?? {}).catch(refuseRule)
  })
}
