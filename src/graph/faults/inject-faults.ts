import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Step } from '../../http/steps.js'
import { connectionOf, partOf } from '../../http/part-of.js'
import { tooManyRequests, type GraphError } from '../errors.js'
import { backendPathOf } from '../services/intune/intune-service.js'
import type { Log } from '../../lib/log.js'
import { canonicalPath } from '../../lib/path-pattern.js'
import { pathOf } from '../../http/request-path.js'
import {
  breakAfterEarlierAnswers,
  delayMs,
  endConnection,
  resetConnection,
  truncateAnswer
} from '../../faults/effects.js'
import { respondWith } from './respond.js'
import type { Faults, FaultEvaluation } from '../../faults/faults.js'
import { SuspendedRequests, MAX_SUSPENDED } from '../../faults/suspended-requests.js'
import type { EvaluatedRequest } from '../../faults/evaluate-rules.js'
import type { FaultRecord, InjectedFault } from '../../faults/rule.js'

export interface FaultHooks {
  /** Applies the rules for all tenants, before the token is looked at. */
  readonly forAll: Step
  /** Applies the rules of the tenant, then those of the token. */
  readonly forTenant: Step
}

/** The steps that inject faults into the requests of an app. Where there are no rules, a request costs two look-ups. */
export function injectFaults(app: FastifyInstance, faults: Faults, log: Log): FaultHooks {
  const suspended = new SuspendedRequests()
  app.addHook('preClose', (done) => {
    suspended.close()
    done()
  })
  return {
    forAll(request, reply) {
      return faults.hasRulesForAll
        ? apply('all', faults.evaluateForAll(evaluatedRequest(request)), request, reply)
        : undefined
    },
    forTenant(request, reply) {
      const { tenant, identity } = request
      const hasRules = tenant.faults.records.length > 0
      return hasRules || identity.faults ? applyForTenant(request, reply) : undefined
    }
  }

  async function applyForTenant(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { tenant, identity } = request
    // Once a rule will cut the answer, no other rule is tried.
    if (tenant.faults.records.length > 0 && request.fault?.effect !== 'truncate')
      await apply('tenant', faults.evaluateForTenant(tenant, evaluatedRequest(request)), request, reply)
    if (identity.faults && request.fault?.effect !== 'truncate')
      await apply('token', faults.evaluateForToken(tenant, identity.faults, evaluatedRequest(request)), request, reply)
  }

  /** Resolves when the request goes on, never where its connection was broken. Rejects with the answer of a rule. */
  function apply(
    scope: InjectedFault['scope'],
    evaluation: FaultEvaluation,
    request: FastifyRequest,
    reply: FastifyReply
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      inject(scope, evaluation, request, reply, (error) => {
        if (error) reject(error)
        else resolve()
      })
    })
  }

  function inject(
    scope: InjectedFault['scope'],
    { delaying, decisive, jitter }: FaultEvaluation,
    request: FastifyRequest,
    reply: FastifyReply,
    done: (error?: Error) => void
  ): void {
    const fired = decisive ? [...delaying, decisive] : delaying
    const ms = fired.reduce((sum, { delay, ...record }) => sum + (delay ? delayMs(delay, jitter(record)) : 0), 0)
    if (suspended.isFull && (ms > 0 || decisive?.connection === 'hang')) {
      done(tooManySuspended())
      return
    }
    // Before the delay: an error thrown in a hook is answered, one thrown in a timer would end the process.
    const answer = decisive?.respond && respondWith(decisive.respond, backendPath(request), reasonOf(scope, decisive))
    for (const record of fired) noteFault(request, { scope, id: record.id, effect: effectOf(record) })
    if (ms === 0) go()
    else suspended.delay(connectionOf(request), ms, go)

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
      truncateAnswer(reply.raw)
      done()
      return
    }
    reply.hijack()
    if (connection === 'hang') suspended.hang(request.socket)
    else breakAfterEarlierAnswers(reply.raw, connection === 'reset' ? resetConnection : endConnection)
  }

  function noteFault(request: FastifyRequest, fault: InjectedFault): void {
    request.fault = fault
    // Now, because a request that hangs is never closed.
    if (request.journalled) request.journalled.fault = fault
    // The answer is logged as a refusal, with its fault.
    if (fault.effect === 'respond') return
    log.info({ requestId: request.id, method: request.method, path: pathOf(request), fault }, 'fault')
  }
}

function evaluatedRequest(request: FastifyRequest): EvaluatedRequest {
  const { operation } = request
  return {
    method: request.method,
    path: canonicalPath(request.url),
    operation: operation?.name,
    kind: partOf(request) ? 'part' : operation?.kind === 'batch' ? 'batch' : 'single'
  }
}

function effectOf({ respond, connection }: FaultRecord): InjectedFault['effect'] {
  return connection ?? (respond ? 'respond' : 'delay')
}

function backendPath({ operation, url }: FastifyRequest): string {
  return backendPathOf(operation) ?? pathOf({ url })
}

function reasonOf(scope: InjectedFault['scope'], { id, fired, times }: FaultRecord): string {
  const whose = { all: 'for all tenants', tenant: 'of this tenant', token: 'of this token' }[scope]
  const count = times === undefined ? `time ${fired}` : `${fired} of ${times}`
  return `Fault rule ${id} ${whose} injected this answer (${count}); msgraph-mock itself did not refuse the request.`
}

/** Status, code and message are those of Graph's own 429. */
function tooManySuspended(): GraphError {
  return tooManyRequests(
    `Fault rules (delay, or connection "hang") suspend ${MAX_SUSPENDED} requests already, the most at once. Let some end first, or shorten the delays.`,
    {}
  )
}
