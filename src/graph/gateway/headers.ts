import { isLoopback } from '../../lib/hosts.js'
import type { Step } from '../../http/steps.js'
import type { RequestIds } from '../errors.js'
import type { Behaviour } from '../../support/behaviour.js'

/** Names the server that answered. The shape is captured, the values say that it is this mock. */
const DIAGNOSTIC = JSON.stringify({
  ServerInfo: { DataCenter: 'Localhost', Slice: 'E', Ring: '0', ScaleUnit: '000', RoleInstance: 'MSGRAPHMOCK' }
})

/**
 * The headers of every Graph answer (captured, CIS-Microsoft-365-Foundations-Benchmark#14). `Strict-Transport-Security` has
 * the service's value, except on loopback, where it would force https on every other server of the developer's machine.
 */
export function graphHeaders({ requestId, clientRequestId }: RequestIds, hostname: string): Record<string, string> {
  return {
    vary: 'Accept-Encoding',
    'strict-transport-security': isLoopback(hostname) ? 'max-age=0' : 'max-age=31536000',
    'request-id': requestId,
    'client-request-id': clientRequestId,
    'x-ms-ags-diagnostic': DIAGNOSTIC
  }
}

export const setGraphHeaders: Step = (request, reply) => {
  const sent = request.headers['client-request-id']
  request.clientRequestId = typeof sent === 'string' && sent !== '' ? sent : request.id
  reply.headers(graphHeaders({ requestId: request.id, clientRequestId: request.clientRequestId }, request.hostname))
  return undefined
}

export const headerSupport: readonly Behaviour[] = [
  {
    behaviour:
      '`request-id`, `client-request-id`, `x-ms-ags-diagnostic`, `Strict-Transport-Security` (`max-age=0` on loopback)',
    evidence: 'observed',
    source: 'CIS-Microsoft-365-Foundations-Benchmark#14, tdi#24'
  }
]
