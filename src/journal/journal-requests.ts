import type { ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { connectionOf, partOf } from '../http/part-of.js'
import { SocketWatch } from '../http/socket-ends.js'
import type { Step } from '../http/steps.js'
import type { Caller, JournalEntry, Outcome } from './entry.js'
import type { Journal } from './journal.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Its entry in the journal, `undefined` where there is none. */
    journalled: JournalEntry | undefined
  }
}

/** The caller of a request to Graph: at once, or when the signature of its token is verified. */
export type CallerOf = (request: FastifyRequest) => Caller | Promise<Caller>

/** Steps that open the entry of a request and make sure that it is closed. With the journal off they do nothing. */
export interface JournalHooks {
  readonly graph: Step
  /** Requests outside `/beta` and `/v1.0`. */
  readonly unversioned: Step
  /** @param tenantId of the path, if it names one */
  authority(request: FastifyRequest, reply: FastifyReply, tenantId: string | undefined): void
}

const REPLY = Symbol('reply of a response')

/**
 * Registers the journal's hooks; pending waits end when the server closes.
 *
 * A request goes on only once its caller is known, so that a client that has its answer finds it in the journal of its
 * tenant. For a token that was used before the caller is known at once.
 */
export function journalRequests(app: FastifyInstance, journal: Journal, callerOf: CallerOf): JournalHooks {
  if (!journal.isOn) return { graph: ignore, unversioned: ignore, authority: ignore }
  const connections = new SocketWatch<FastifyReply>(close)
  app.addHook('preClose', (done) => {
    journal.closeWaits()
    done()
  })
  // What is answered to a call is text or bytes, never a stream.
  app.addHook<Buffer | string | null | undefined>('onSend', ({ journalled }, reply, payload, done) => {
    journalled?.keepAnswer(reply.getHeaders(), payload)
    done()
  })
  return {
    graph(request, reply) {
      return settle(request, open(request, reply, 'graph', 'denylist'))
    },
    unversioned(request, reply) {
      return settle(request, open(request, reply, 'graph', 'allowlist'))
    },
    authority(request, reply, tenantId) {
      journal.settle(open(request, reply, 'authority', 'allowlist'), { tenantId, isUnverified: false })
    }
  }

  function open(
    request: FastifyRequest,
    reply: FastifyReply,
    surface: JournalEntry['surface'],
    redaction: JournalEntry['redaction']
  ): JournalEntry {
    const { id, method, originalUrl: url, raw } = request
    const { rawHeaders } = raw
    const entry = journal.open({ id, surface, redaction, method, url, rawHeaders, batch: partOf(request) })
    request.journalled = entry
    // A response always emits `close`; Fastify's onResponse hook does not run for broken connections. But when a connection
    // with pipelined requests breaks, Node closes only the first response, so the connection is watched as well.
    const response = reply.raw as ServerResponse & { [REPLY]?: FastifyReply }
    response[REPLY] = reply
    response.on('close', closed)
    connections.watch(connectionOf(request), reply)
    return entry
  }

  function settle(request: FastifyRequest, entry: JournalEntry): undefined | Promise<void> {
    const caller = callerOf(request)
    if (caller instanceof Promise) {
      return caller.then((found) => {
        journal.settle(entry, found)
      })
    }
    journal.settle(entry, caller)
    return undefined
  }

  function closed(this: ServerResponse & { [REPLY]?: FastifyReply }): void {
    close(this[REPLY] as FastifyReply)
  }

  function close(reply: FastifyReply): void {
    const { request, raw: response } = reply
    const { fault } = request
    connections.unwatch(connectionOf(request), reply)
    journal.close(request.journalled as JournalEntry, {
      outcome: outcomeOf(response, fault),
      status: response.headersSent ? response.statusCode : undefined,
      fault
    })
  }
}

function ignore(): undefined {
  // The journal is off.
}

/** An injected response has no socket to flush, so it is answered once it has ended. */
function outcomeOf(response: ServerResponse, fault: FastifyRequest['fault']): Outcome {
  if (response.writableFinished || ('isLightMyRequest' in response && response.writableEnded)) return 'answered'
  return fault === undefined || fault.effect === 'respond' || fault.effect === 'delay' ? 'disconnected' : fault.effect
}

/** Records the body of a request. */
export function noteBody({ journalled }: FastifyRequest, body: Buffer | string): void {
  journalled?.keepBody(body)
}

/** Records why a request was refused. */
export function noteRefusal(
  { journalled }: FastifyRequest,
  {
    code,
    reason,
    isUnmatched = false
  }: { readonly code: string; readonly reason: string; readonly isUnmatched?: boolean }
): void {
  journalled?.keepRefusal(code, reason, isUnmatched)
}
