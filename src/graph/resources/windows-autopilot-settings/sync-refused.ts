import { secondsOf } from '../../../lib/iso-duration.js'
import type { GraphError } from '../../errors.js'
import { AN_ERROR, intuneError } from '../../services/intune/intune-error.js'
import type { Sync } from './sync-settings.js'
import type { SyncRefusal } from './sync.js'

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
  backendPath: string,
  tenantId: string
): GraphError {
  const seconds = Math.ceil((until - now) / 1000)
  if (refused === 'running') {
    return intuneError(
      'Conflict',
      AN_ERROR,
      backendPath,
      `A sync runs and ends in ${seconds} s on the clock of this tenant.`
    )
  }
  const { retryAfter, minimumInterval } = sync
  return intuneError(
    'TooManyRequests',
    AN_ERROR,
    backendPath,
    `The last sync was started less than ${minimumInterval} ago; the next may start in ${seconds} s on the clock of this tenant. A test can advance that clock (POST /_mock/tenants/${tenantId}/clock) or set sync.minimumInterval.`,
    retryAfter === null ? {} : { 'retry-after': String(secondsOf(retryAfter)) }
  )
}
