import type { RouteOptions } from 'fastify'
import type { Behaviour } from '../../support/behaviour.js'
import { limitsOf, type ActiveThrottling } from './throttling.js'
import type { LimitExceeded } from '../../tenants/throttle-window.js'
import { isWrite } from '../services/intune/conditions/condition.js'
import { GraphError } from '../errors.js'
import { intuneError } from '../services/intune/intune-error.js'
import type { IntuneRoute } from './request-context.js'
import { addOnRequest } from './route-hooks.js'

/** An `onRoute` hook: limits of the tenant and of the app within it, on the tenant's clock. Off by default. */
export function throttle(route: RouteOptions): void {
  const intune = route.config?.intune
  if (!intune) return
  addOnRequest(route, (request, _reply, done) => {
    const { tenant, identity } = request
    const { throttling } = tenant.state
    if (!throttling) {
      done()
      return
    }
    const exceeded = tenant.take(limitsOf(throttling), identity.appId ?? '', isWrite(request))
    done(exceeded && tooManyRequests(exceeded, throttling, intune))
  })
}

function tooManyRequests(
  { name, limit, wait }: LimitExceeded,
  throttling: ActiveThrottling,
  intune: IntuneRoute
): GraphError {
  const { format = 'graph', retryAfter = format === 'graph' } = throttling
  const seconds = Math.ceil(wait / 1000)
  const reason = `throttling.${name} of this tenant allows ${limit} in a window; the next opens in ${seconds} s on its clock.`
  const headers = retryAfter ? { 'retry-after': String(seconds) } : {}
  if (format === 'intune') return intuneError('TooManyRequests', 'An error has occurred', intune, reason, headers)
  return new GraphError({ status: 429, code: 'TooManyRequests', message: 'Too many requests.', reason, headers })
}

export const throttlingSupport: readonly Behaviour[] = [
  {
    behaviour:
      'Limits per tenant and per app, preset `intuneEnrollment`: 200 and 100 writes, 2000 and 1000 requests in 20 s',
    evidence: 'documented',
    source: 'Microsoft Graph, service-specific throttling limits: Intune enrollment'
  },
  {
    behaviour: 'That these resources fall under the enrollment limits; counting in fixed windows',
    evidence: 'assumed',
    source: 'the page lists the resource under no limit'
  },
  {
    behaviour: "Graph's 429, `Too many requests.`",
    evidence: 'observed',
    source: 'IntuneCD#64, microsoft-graph-docs-contrib#1975'
  },
  { behaviour: "Intune's 429, nested message, no `Retry-After`", evidence: 'observed', source: 'IntuneCD#217' }
]
