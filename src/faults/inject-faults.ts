import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify'
import { partOf } from '../graph/batch/part-of.js'
import { BATCH_OPERATION } from '../graph/operations.js'
import type { Log } from '../log.js'
import { canonicalPath } from '../path-pattern.js'
import { pathOf } from '../request-path.js'
import { milliseconds } from './effects/delay.js'
import { empty } from './effects/empty.js'
import { HungConnections } from './effects/hang.js'
import { reset } from './effects/reset.js'
import { respondWith } from './effects/respond.js'
import { truncate } from './effects/truncate.js'
import type { FaultNote } from './fault-note.js'
import type { Faults } from './faults.js'
import type { FaultedRequest, MetFaults } from './meet-faults.js'
import type { FaultRecord } from './rule.js'

export interface FaultHooks {
  /** Rules of all tenants, met before the token is looked at. */
  readonly ofAll: onRequestHookHandler
  /** Rules of the tenant, then those that the token carries. */
  readonly ofTenant: onRequestHookHandler
}

/** What makes faults happen to the requests of an app. A request that no rule is about costs a look at two lists. */
export function injectFaults(app: FastifyInstance, faults: Faults, log: Log): FaultHooks {
  const hung = new HungConnections()
  app.addHook('preClose', (done) => {
    hung.close()
    done()
  })
  return {
    ofAll(request, reply, done) {
      if (faults.hasRulesOfAll) befall('all', faults.meetOfAll(faulted(request)), request, reply, done)
      else done()
    },
    ofTenant(request, reply, done) {
      const { tenant, identity } = request
      const carried = () => {
        if (!identity.faults) done()
        else befall('token', faults.meetCarried(tenant, identity.faults, faulted(request)), request, reply, done)
      }
      if (tenant.faults.records.length === 0) carried()
      else
        befall('tenant', faults.meetOfTenant(tenant, faulted(request)), request, reply, (error) => {
          if (error) done(error)
          else carried()
        })
    }
  }

  function befall(
    scope: FaultNote['scope'],
    { delaying, decisive }: MetFaults,
    request: FastifyRequest,
    reply: FastifyReply,
    done: (error?: Error) => void
  ): void {
    const fired = decisive ? [...delaying, decisive] : delaying
    if (fired.length === 0) {
      done()
      return
    }
    for (const record of fired) note(request, { scope, id: record.id, effect: effectOf(record) })
    const ms = fired.reduce((sum, record) => sum + delayOf(scope, record), 0)
    if (ms === 0) go()
    else {
      // What a client asked for that has left is not done.
      const leave = () => {
        clearTimeout(timer)
      }
      const timer = setTimeout(() => {
        request.socket.off('close', leave)
        go()
      }, ms)
      request.socket.once('close', leave)
    }

    function go(): void {
      if (decisive?.respond) done(respondWith(decisive.respond, intuneOf(request), reasonOf(scope, decisive)))
      else if (decisive) breakConnection(decisive, request, reply, done)
      else done()
    }
  }

  function delayOf(scope: string, record: FaultRecord): number {
    return record.delay ? milliseconds(record.delay, () => faults.jitter(scope, record)) : 0
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
    const { socket } = request
    if (connection === 'hang') hung.add(socket)
    else (connection === 'reset' ? reset : empty)(socket)
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
