import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Step } from '../../http/steps.js'
import { connectionOf, partOf } from '../../http/part-of.js'
import { tooManyRequests, type GraphError } from '../errors.js'
import { backendPathOf } from '../services/intune/intune-service.js'
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
import { HeldRequests, MAX_HELD } from '../../faults/held-requests.js'
import type { FaultedRequest } from '../../faults/meet-faults.js'
import type { FaultRecord } from '../../faults/rule.js'

export interface FaultHooks {
  /** Rules of all tenants, met before the token is looked at. */
  readonly ofAll: Step
  /** Rules of the tenant, then those that the token carries. */
  readonly ofTenant: Step
}

/** What makes faults happen to the requests of an app. A request that no rule is about costs a look at two lists. */
export function injectFaults(app: FastifyInstance, faults: Faults, log: Log): FaultHooks {
  const held = new HeldRequests()
  app.addHook('preClose', (done) => {
    held.close()
    done()
  })
  return {
    ofAll(request, reply) {
      return faults.hasRulesOfAll ? befall('all', faults.meetOfAll(faulted(request)), request, reply) : undefined
    },
    ofTenant(request, reply) {
      const { tenant, identity } = request
      const hasRules = tenant.faults.records.length > 0
      return hasRules || identity.faults ? meetOfTenant(request, reply) : undefined
    }
  }

  async function meetOfTenant(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { tenant, identity } = request
    // A connection that is to be broken has met its last rule.
    if (tenant.faults.records.length > 0 && request.fault?.effect !== 'truncate')
      await befall('tenant', faults.meetOfTenant(tenant, faulted(request)), request, reply)
    if (identity.faults && request.fault?.effect !== 'truncate')
      await befall('token', faults.meetCarried(tenant, identity.faults, faulted(request)), request, reply)
  }

  /** Resolves when the request goes on; never where its connection is taken away. Rejects with the answer of a rule. */
  function befall(
    scope: FaultNote['scope'],
    met: MetRules,
    request: FastifyRequest,
    reply: FastifyReply
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      suffer(scope, met, request, reply, (error) => {
        if (error) reject(error)
        else resolve()
      })
    })
  }

  function suffer(
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
    const answer = decisive?.respond && respondWith(decisive.respond, backendPath(request), reasonOf(scope, decisive))
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
  const { operation } = request
  return {
    method: request.method,
    path: canonicalPath(request.url),
    operation: operation?.name,
    kind: partOf(request) ? 'part' : operation?.kind === 'batch' ? 'batch' : 'single'
  }
}

function effectOf({ respond, connection }: FaultRecord): FaultNote['effect'] {
  return connection ?? (respond ? 'respond' : 'delay')
}

function backendPath({ operation, url }: FastifyRequest): string {
  return backendPathOf(operation) ?? pathOf({ url })
}

function reasonOf(scope: FaultNote['scope'], { id, fired, times }: FaultRecord): string {
  const whose = { all: 'of all tenants', tenant: 'of this tenant', token: 'that this token carries' }[scope]
  return `Fault rule ${id} ${whose} answers so (${times === undefined ? `time ${fired}` : `${fired} of ${times}`}); this is no refusal of the mock's own.`
}

/** Status, code and message as those of the captured 429. */
function tooManyHeld(): GraphError {
  return tooManyRequests(
    `Fault rules keep ${MAX_HELD} requests waiting already (delay, or connection "hang"), and msgraph-mock keeps no more at once.`,
    {}
  )
}
