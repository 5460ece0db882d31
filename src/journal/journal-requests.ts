import type { ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify'
import { connectionOf, partOf } from '../http/part-of.js'
import { tokenOwner } from '../graph/gateway/bearer-token.js'
import type { AccessTokens } from '../identity/access-tokens.js'
import { SocketWatch } from '../http/socket-ends.js'
import type { JournalEntry, Outcome } from './entry.js'
import type { Journal } from './journal.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Its entry in the journal, `undefined` where there is none. */
    journalled: JournalEntry | undefined
  }
}

interface Journalling {
  readonly journal: Journal
  readonly tokens: AccessTokens
}

/** Opens the entry of a request and sees to it that it is closed; where the journal is off, they do nothing. */
export interface JournalHooks {
  /** `onRequest` of a version of Graph; `undefined` where the journal is off. */
  readonly ofGraph: onRequestHookHandler | undefined
  /** What names no version of Graph. @param done the request may go on */
  ofNobody(request: FastifyRequest, reply: FastifyReply, done: () => void): void
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
export function journalRequests(app: FastifyInstance, { journal, tokens }: Journalling): JournalHooks {
  if (!journal.isOn) {
    return {
      ofGraph: undefined,
      ofNobody(_request, _reply, done) {
        done()
      },
      ofAuthority: () => undefined
    }
  }
  const connections = new SocketWatch<FastifyReply>(close)
  app.addHook('preClose', (done) => {
    journal.closeWaits()
    done()
  })
  return {
    ofGraph(request, reply, done) {
      settle(request, open(request, reply, 'graph', false), done)
    },
    ofNobody(request, reply, done) {
      settle(request, open(request, reply, 'graph', true), done)
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

  function settle(request: FastifyRequest, entry: JournalEntry, done: () => void): void {
    const owner = tokenOwner(request, tokens)
    if (owner instanceof Promise) {
      void owner.then((found) => {
        journal.settle(entry, found)
        done()
      })
      return
    }
    journal.settle(entry, owner)
    done()
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
  { code, reason, isGap = false }: { readonly code: string; readonly reason: string; readonly isGap?: boolean }
): void {
  journalled?.keepRefusal(code, reason, isGap)
}
