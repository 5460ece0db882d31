import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify'
import { connectionOf, partOf } from '../../http/part-of.js'
import { BATCH_OPERATION } from '../gateway/operations.js'
import type { Log } from '../../lib/log.js'
import { canonicalPath } from '../../lib/path-pattern.js'
import { pathOf } from '../../http/request-path.js'
import { millisecondsOf } from '../../faults/effects/delay.js'
import { empty } from '../../faults/effects/empty.js'
import { inTurn } from '../../faults/effects/in-turn.js'
import { reset } from '../../faults/effects/reset.js'
import { respondWith } from './respond.js'
import { truncate } from '../../faults/effects/truncate.js'
import type { FaultNote } from '../../faults/fault-note.js'
import type { Faults, MetRules } from '../../faults/faults.js'
import { HeldRequests, tooManyHeld } from '../../faults/held-requests.js'
import type { FaultedRequest } from '../../faults/meet-faults.js'
import type { FaultRecord } from '../../faults/rule.js'

export interface FaultHooks {
  /** Rules of all tenants, met before the token is looked at. */
  readonly ofAll: onRequestHookHandler
  /** Rules of the tenant, then those that the token carries. */
  readonly ofTenant: onRequestHookHandler
}

/** What makes faults happen to the requests of an app. A request that no rule is about costs a look at two lists. */
export function injectFaults(app: FastifyInstance, faults: Faults, log: Log): FaultHooks {
  const held = new HeldRequests()
  app.addHook('preClose', (done) => {
    held.close()
    done()
  })
  return {
    ofAll(request, reply, done) {
      if (faults.hasRulesOfAll) befall('all', faults.meetOfAll(faulted(request)), request, reply, done)
      else done()
    },
    ofTenant(request, reply, done) {
      const { tenant, identity, fault } = request
      const hasRules = tenant.faults.records.length > 0
      // A connection that is to be broken has met its last rule.
      if ((!hasRules && !identity.faults) || fault?.effect === 'truncate') {
        done()
        return
      }
      const meetCarried = (error?: Error) => {
        if (error || !identity.faults || request.fault?.effect === 'truncate') {
          done(error)
          return
        }
        let met: MetRules
        try {
          met = faults.meetCarried(tenant, identity.faults, faulted(request))
        } catch (tooMuchHeld) {
          done(tooMuchHeld as Error)
          return
        }
        befall('token', met, request, reply, done)
      }
      if (hasRules) befall('tenant', faults.meetOfTenant(tenant, faulted(request)), request, reply, meetCarried)
      else meetCarried()
    }
  }

  function befall(
    scope: FaultNote['scope'],
    { delaying, decisive, jitter }: MetRules,
    request: FastifyRequest,
    reply: FastifyReply,
    done: (error?: Error) => void
  ): void {
    const fired = decisive ? [...delaying, decisive] : delaying
    const ms = fired.reduce((sum, { delay, ...record }) => sum + (delay ? millisecondsOf(delay, jitter(record)) : 0), 0)
    if (held.isFull && (ms > 0 || decisive?.connection === 'hang')) {
      done(tooManyHeld())
      return
    }
    // Before the wait: what is thrown in a hook is answered, what is thrown by a timer would end the process.
    const answer = decisive?.respond && respondWith(decisive.respond, intuneOf(request), reasonOf(scope, decisive))
    for (const record of fired) note(request, { scope, id: record.id, effect: effectOf(record) })
    if (ms === 0) go()
    else held.delay(connectionOf(request), ms, go)

    function go(): void {
      if (answer) done(answer)
      else if (decisive) breakConnection(decisive, request, reply, done)
      else done()
    }
  }

  function breakConnection(
    { connection }: FaultRecord,
    request: FastifyRequest,
    reply: FastifyReply,
    done: () => void
  ): void {
    if (connection === 'truncate') {
      truncate(reply.raw)
      done()
      return
    }
    reply.hijack()
    if (connection === 'hang') held.hang(request.socket)
    else inTurn(reply.raw, connection === 'reset' ? reset : empty)
  }

  function note(request: FastifyRequest, fault: FaultNote): void {
    request.fault = fault
    // So that the journal shows it of a request that hangs.
    if (request.journalled) request.journalled.fault = fault
    // One that answers leaves the line of its refusal.
    if (fault.effect === 'respond') return
    log.info({ requestId: request.id, method: request.method, path: pathOf(request), fault }, 'fault')
  }
}

function faulted(request: FastifyRequest): FaultedRequest {
  const { operation } = request.routeOptions.config
  return {
    method: request.method,
    path: canonicalPath(request.url),
    operation,
    kind: partOf(request) ? 'part' : operation === BATCH_OPERATION ? 'batch' : 'single'
  }
}

function effectOf({ respond, connection }: FaultRecord): FaultNote['effect'] {
  return connection ?? (respond ? 'respond' : 'delay')
}

function intuneOf(request: FastifyRequest): { readonly path: string } {
  return request.routeOptions.config.intune ?? { path: pathOf(request) }
}

function reasonOf(scope: FaultNote['scope'], { id, fired, times }: FaultRecord): string {
  const whose = { all: 'of all tenants', tenant: 'of this tenant', token: 'that this token carries' }[scope]
  return `Fault rule ${id} ${whose} answers so (${times === undefined ? `time ${fired}` : `${fired} of ${times}`}); this is no refusal of the mock's own.`
}
