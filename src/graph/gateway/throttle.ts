import type { FastifyRequest } from 'fastify'
import type { Step } from '../../http/steps.js'
import type { Behaviour } from '../../support/behaviour.js'
import type { LimitExceeded } from '../../tenants/throttle-window.js'
import { tooManyRequests, type GraphError } from '../errors.js'
import { gatewayService } from './gateway-service.js'
import type { Operation } from './operation.js'
import { ofOperation } from './operation-step.js'
import { limitsOf, throttlingSetting, type ActiveThrottling } from './throttling.js'

/** Throttles by tenant, and by app within the tenant, on the tenant's clock. The gateway's own operations have no limits. */
export const throttle: Step = ofOperation((request, operation) => {
  const { tenant, identity } = request
  const { throttling } = throttlingSetting.read(tenant)
  if (!throttling || operation.service === gatewayService) return undefined
  const exceeded = tenant.take(limitsOf(throttling), identity.appId ?? '', isWrite(request))
  if (exceeded) throw refusal(exceeded, throttling, operation)
  return undefined
})

export function isWrite({ method }: FastifyRequest): boolean {
  return method !== 'GET' && method !== 'HEAD'
}

function refusal({ name, limit, wait }: LimitExceeded, throttling: ActiveThrottling, operation: Operation): GraphError {
  const { format = 'graph', retryAfter = format === 'graph' } = throttling
  const seconds = Math.ceil(wait / 1000)
  const reason = `throttling.${name} of this tenant allows ${limit} in a window; the next opens in ${seconds} s on its clock.`
  const headers = retryAfter ? { 'retry-after': String(seconds) } : {}
  return format === 'intune'
    ? operation.service.tooManyRequests(operation, reason, headers)
    : tooManyRequests(reason, headers)
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
