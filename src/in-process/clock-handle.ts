import type { GraphMockClock } from '../api/api.js'
import type { ClockChange } from '../tenants/clock.js'
import type { Tenants } from '../tenants/tenants.js'

/** The clock of a tenant for the in-process API: what `/_mock/tenants/{t}/clock` does, as methods. */
export function clockHandle(tenants: Tenants, id: string): GraphMockClock {
  const change = (change: ClockChange) => tenants.changeClock(id, change)
  return {
    read: () => tenants.readClock(id),
    freeze: () => change({ freeze: true }),
    unfreeze: () => change({ freeze: false }),
    set: (instant) => change({ set: instant }),
    advance: (duration) => change({ advance: duration }),
    reset: () => change({ reset: true })
  }
}
