import { Type } from '@sinclair/typebox'
import { TokenRequest, TokenResponse } from '../identity/token-request.js'
import type { ControlRoutes } from './control-routes.js'

/** `POST /_mock/tokens`: mints what is asked for; without a body a delegated token that may do everything. */
export const tokenRoutes: ControlRoutes = (control, mock) => {
  const schema = {
    summary: 'Mint an access token',
    description: 'Without a body: a delegated token of the default tenant that may do everything.',
    body: Type.Optional(TokenRequest),
    response: { 201: TokenResponse }
  }
  control.post('/tokens', { schema }, (request, reply) => {
    void reply.code(201).header('cache-control', 'no-store')
    return mock.mintToken(request.body)
  })
}
