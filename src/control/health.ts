import { Type } from '@sinclair/typebox'
import { version } from '../lib/version.js'
import type { ControlRoutes } from './control-routes.js'
import { closedObject } from '../lib/schemas.js'

const Health = closedObject({
  status: Type.Literal('ok'),
  version: Type.String({ description: 'Version of msgraph-mock.' })
})

/** `GET /_mock/health`: 200 once the server answers at all, for probes. */
export const healthRoutes: ControlRoutes = (control) => {
  const schema = { summary: 'Tell that the server answers', response: { 200: Health } }
  control.get('/health', { schema, config: { withoutControlToken: true } }, () => ({ status: 'ok' as const, version }))
}
