import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import type { Log } from '../log.js'
import type { Mock } from '../mock.js'
import { pathOf } from '../request-path.js'
import { caRoutes } from './ca.js'
import { clockRoutes } from './clock.js'
import { connectRoutes } from './connect.js'
import type { ControlRoutes } from './control-routes.js'
import { deviceCodeRoutes } from './device-codes.js'
import { faultRoutes } from './faults.js'
import { guard } from './guard.js'
import { healthRoutes } from './health.js'
import { parseJsonBodies } from './json-body.js'
import { Problem } from './problem.js'
import { sendProblem } from './problem-response.js'
import { stateRoutes } from './state.js'
import { supportRoutes } from './support.js'
import { tenantRoutes } from './tenants.js'
import { tokenRoutes } from './tokens.js'
import { controlValidator } from './validation.js'

const groups: readonly ControlRoutes[] = [
  healthRoutes,
  tokenRoutes,
  tenantRoutes,
  stateRoutes,
  clockRoutes,
  supportRoutes,
  caRoutes,
  deviceCodeRoutes,
  faultRoutes,
  connectRoutes
]

/** `/_mock`, the tests' own surface: no bearer token, no faults, not journalled; refusals are problem documents. */
export function controlSurface(mock: Mock, log: Log) {
  return async (control: FastifyInstance): Promise<void> => {
    control.addHook('onRequest', guard(mock.options))
    parseJsonBodies(control)
    control.setValidatorCompiler(controlValidator)
    control.setErrorHandler(sendProblem(log))
    control.setNotFoundHandler((request) => {
      throw new Problem(404, `There is no ${request.method} ${pathOf(request)}.`)
    })
    const scope = control.withTypeProvider<TypeBoxTypeProvider>()
    for (const routes of groups) routes(scope, mock)
  }
}
