import { version } from '../version.js'
import type { ControlRoutes } from './control-routes.js'

/** `GET /_mock/health`: 200 once the server answers at all, for probes. */
export const healthRoutes: ControlRoutes = (control) => {
  control.get('/health', () => ({ status: 'ok', version }))
}
