import { ClockChange } from '../tenants/clock.js'
import { Problem } from './problem.js'
import type { ControlRoutes } from './control-routes.js'
import { tenantId } from './tenant-id.js'

/** The clock of a tenant: read, frozen, set, advanced, put back. Tokens, syncs, lock-outs and dates follow it. */
export const clockRoutes: ControlRoutes = (control, { tenants }) => {
  const path = '/tenants/:tenant/clock'

  control.get(path, (request) => tenants.readClock(tenantId(request, tenants)))

  control.post<{ Body: ClockChange }>(path, { schema: { body: ClockChange } }, (request) => {
    try {
      return tenants.changeClock(tenantId(request, tenants), request.body)
    } catch (error) {
      if (error instanceof RangeError) throw new Problem(400, `${error.message}.`)
      throw error
    }
  })
}
