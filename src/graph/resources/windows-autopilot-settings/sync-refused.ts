import { secondsOf } from '../../../lib/iso-duration.js'
import type { GraphError } from '../../errors.js'
import { intuneError } from '../../services/intune/intune-error.js'
import type { IntuneRoute } from '../../gateway/request-context.js'
import type { Sync } from './sync-settings.js'
import type { SyncRefusal } from './sync.js'

/** The words with which both captures and the nested messages of other Intune errors begin. */
const TEXT = 'An error has occurred'

/**
 * 409 while a sync runs (documented; no capture, so the body is that of the 429), 429 within the minimum interval
 * (captured, WindowsAutopilotInfo#29; without `Retry-After`, as Intune sends none).
 *
 * @param now milliseconds since 1970
 */
export function syncRefused(
  { refused, until }: SyncRefusal,
  sync: Sync,
  now: number,
  route: IntuneRoute,
  tenantId: string
): GraphError {
  const seconds = Math.ceil((until - now) / 1000)
  if (refused === 'running') {
    return intuneError('Conflict', TEXT, route, `A sync runs and ends in ${seconds} s on the clock of this tenant.`)
  }
  const { retryAfter, minimumInterval } = sync
  return intuneError(
    'TooManyRequests',
    TEXT,
    route,
    `The last sync was started less than ${minimumInterval} ago; the next may start in ${seconds} s on the clock of this tenant. A test can advance that clock (POST /_mock/tenants/${tenantId}/clock) or set sync.minimumInterval.`,
    retryAfter === null ? {} : { 'retry-after': String(secondsOf(retryAfter)) }
  )
}
