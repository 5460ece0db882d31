import { ClockChange, ClockReading } from '../tenants/clock.js'
import type { ControlRoutes } from './control-routes.js'
import { Problem, ProblemDocument } from './problem.js'
import { TenantPath, tenantId } from './tenant-path.js'

/** The clock of a tenant: read, frozen, set, advanced, put back. Tokens, syncs, lock-outs and dates follow it. */
export const clockRoutes: ControlRoutes = (control, { tenants }) => {
  const path = '/tenants/:tenant/clock'
  const params = TenantPath

  const read = { summary: 'Read the clock of a tenant', params, response: { 200: ClockReading, 409: ProblemDocument } }
  control.get(path, { schema: read }, (request) => tenants.readClock(tenantId(request, tenants)))

  const change = {
    summary: 'Freeze, set, advance or reset the clock of a tenant',
    description: 'Several members are done in the order reset, freeze, set, advance.',
    params,
    body: ClockChange,
    response: { 200: ClockReading, 409: ProblemDocument }
  }
  control.post(path, { schema: change }, (request) => {
    try {
      return tenants.changeClock(tenantId(request, tenants), request.body)
    } catch (error) {
      // The schema accepts the members, so it is the present state of the clock that forbids them.
      if (error instanceof RangeError) throw new Problem(409, `${error.message}.`)
      throw error
    }
  })
}
