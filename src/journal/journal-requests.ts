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

/** Whose a request to Graph is: at once, or when the signature of its token is verified. */
export type CallerOf = (request: FastifyRequest) => Caller | Promise<Caller>

/** Opens the entry of a request and sees to it that it is closed; where the journal is off, they do nothing. */
export interface JournalHooks {
  readonly ofGraph: Step
  /** What names no version of Graph. */
  readonly ofNobody: Step
  /** @param tenantId of the path, if it names one */
  ofAuthority(request: FastifyRequest, reply: FastifyReply, tenantId: string | undefined): void
}

const REPLY = Symbol('reply of a response')

/**
 * Who waits for requests when the server closes waits no longer.
 *
 * A request goes on only once it is known whose it is, so that whoever has its answer finds it in the journal of its
 * tenant. With a token that was used before this is known at once.
 */
export function journalRequests(app: FastifyInstance, journal: Journal, callerOf: CallerOf): JournalHooks {
  if (!journal.isOn) return { ofGraph: ignore, ofNobody: ignore, ofAuthority: ignore }
  const connections = new SocketWatch<FastifyReply>(close)
  app.addHook('preClose', (done) => {
    journal.closeWaits()
    done()
  })
  return {
    ofGraph(request, reply) {
      return settle(request, open(request, reply, 'graph', false))
    },
    ofNobody(request, reply) {
      return settle(request, open(request, reply, 'graph', true))
    },
    ofAuthority(request, reply, tenantId) {
      journal.settle(open(request, reply, 'authority', true), { tenantId, isUnverified: false })
    }
  }

  function open(
    request: FastifyRequest,
    reply: FastifyReply,
    surface: JournalEntry['surface'],
    isStrict: boolean
  ): JournalEntry {
    const { id, method, originalUrl: url, raw } = request
    const { rawHeaders } = raw
    const entry = journal.open({ id, surface, isStrict, method, url, rawHeaders, batch: partOf(request) })
    request.journalled = entry
    // Of all events of a response only this one comes however it ends; Fastify's onResponse misses broken connections.
    // Yet of several requests that were sent at once over a connection that breaks, Node closes the first alone.
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

/** A response without a socket is over when it has ended: nothing has to be flushed. */
function outcomeOf(response: ServerResponse, fault: FastifyRequest['fault']): Outcome {
  if (response.writableFinished || ('isLightMyRequest' in response && response.writableEnded)) return 'answered'
  return fault === undefined || fault.effect === 'respond' || fault.effect === 'delay' ? 'disconnected' : fault.effect
}

/** The body of a request, as bytes or text, for its entry. */
export function noteBody({ journalled }: FastifyRequest, body: Buffer | string): void {
  journalled?.keepBody(body)
}

/** Why a request was refused, for its entry. */
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
