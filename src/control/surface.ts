import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import type { Log } from '../lib/log.js'
import type { Mock } from '../mock.js'
import { caRoutes } from './ca.js'
import { clockRoutes } from './clock.js'
import { connectRoutes } from './connect.js'
import type { ControlRoutes } from './control-routes.js'
import { demandControlToken } from './control-token.js'
import { deviceCodeRoutes } from './device-codes.js'
import { exportRoutes } from './export.js'
import { faultRoutes } from './faults.js'
import { guard } from './guard.js'
import { healthRoutes } from './health.js'
import { parseJsonBodies } from './json-body.js'
import { openApiRoutes } from './openapi.js'
import { RouteTable } from './route-table.js'
import { sendProblem } from './problem-response.js'
import { snapshotRoutes } from './snapshots.js'
import { requestRoutes } from './requests.js'
import { stateRoutes } from './state.js'
import { supportRoutes } from './support.js'
import { tenantRoutes } from './tenants.js'
import { tokenRoutes } from './tokens.js'
import { refuseUnknownPath } from './unknown-path.js'
import { controlValidator } from './validation.js'

/** What `--control off` takes away. */
const groups: readonly ControlRoutes[] = [
  tokenRoutes,
  tenantRoutes,
  stateRoutes,
  clockRoutes,
  snapshotRoutes,
  exportRoutes,
  supportRoutes,
  caRoutes,
  deviceCodeRoutes,
  faultRoutes,
  connectRoutes,
  requestRoutes
]

/** `/_mock`, the surface that tests control the mock by: no bearer token, no faults, no journal, problem documents. */
export function controlSurface(mock: Mock, log: Log) {
  return async (scope: FastifyInstance): Promise<void> => {
    const { options } = mock
    const isOff = options.control === 'off'
    const routeTable = new RouteTable()
    const control = scope.withTypeProvider<TypeBoxTypeProvider>()
    control.addHook('onRequest', guard(options))
    if (options.controlToken !== undefined && !isOff) {
      control.addHook('onRequest', demandControlToken(options.controlToken))
    }
    // In a hook, because Fastify runs the not-found handler only after it has read the body.
    const refuseUnknown = refuseUnknownPath(routeTable, isOff)
    control.setNotFoundHandler(refuseUnknown)
    control.addHook('onRequest', async (request) => {
      if (request.is404) refuseUnknown(request)
    })
    control.addHook('onRoute', (route) => {
      routeTable.add(route)
    })
    parseJsonBodies(control)
    control.setValidatorCompiler(controlValidator)
    control.setErrorHandler(sendProblem(log))
    healthRoutes(control, mock)
    if (isOff) return
    for (const routes of groups) routes(control, mock)
    openApiRoutes(routeTable)(control, mock)
  }
}
