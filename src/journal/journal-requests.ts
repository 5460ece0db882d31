import type { ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify'
import { connectionOf, partOf } from '../graph/batch/part-of.js'
import { claimedTenant } from '../graph/bearer-token.js'
import { SocketEnds } from '../socket-ends.js'
import type { AccessTokens } from '../identity/access-tokens.js'
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
  /** What names no version of Graph. */
  ofNobody(request: FastifyRequest, reply: FastifyReply): void
  /** @param tenantId of the path, if it names one */
  ofAuthority(request: FastifyRequest, reply: FastifyReply, tenantId: string | undefined): void
}

/** Who waits for requests when the server closes waits no longer. */
export function journalRequests(app: FastifyInstance, { journal, tokens }: Journalling): JournalHooks {
  if (!journal.isOn) return { ofGraph: undefined, ofNobody: ignore, ofAuthority: ignore }
  const ends = new SocketEnds()
  app.addHook('preClose', (done) => {
    journal.closeWaits()
    done()
  })
  return {
    ofGraph(request, reply, done) {
      open(request, reply, 'graph', claimedTenant(request, tokens), false)
      done()
    },
    ofNobody(request, reply) {
      open(request, reply, 'graph', claimedTenant(request, tokens), true)
    },
    ofAuthority(request, reply, tenantId) {
      open(request, reply, 'authority', tenantId, true)
    }
  }

  function open(
    request: FastifyRequest,
    reply: FastifyReply,
    surface: JournalEntry['surface'],
    tenantId: string | undefined,
    isStrict: boolean
  ): void {
    const { id, method, originalUrl: url, raw } = request
    const sent = { url, rawHeaders: raw.rawHeaders }
    const entry = journal.open({ id, tenantId, surface, isStrict, method, sent, batch: partOf(request) })
    request.journalled = entry
    const response = reply.raw
    const close = () => {
      unwatch()
      const { fault } = request
      journal.close(entry, {
        outcome: outcomeOf(response, fault),
        status: response.headersSent ? response.statusCode : undefined,
        fault
      })
    }
    // Of all events of a response only this one comes however it ends; Fastify's onResponse misses broken connections.
    // Yet of several requests that were sent at once over a connection that breaks, Node closes the first alone.
    response.on('close', close)
    const unwatch = ends.watch(connectionOf(request), close)
  }
}

function ignore(): void {
  // The journal is off.
}

/** A response without a socket is over when it has ended: nothing has to be flushed. */
function outcomeOf(response: ServerResponse, fault: FastifyRequest['fault']): Outcome {
  if (response.writableFinished || ('isLightMyRequest' in response && response.writableEnded)) return 'answered'
  return fault === undefined || fault.effect === 'respond' || fault.effect === 'delay' ? 'disconnected' : fault.effect
}

/** The body of a request, as bytes or text, for its entry. */
export function noteBody({ journalled }: FastifyRequest, body: Buffer | string): void {
  if (journalled) journalled.received = body
}

/** Why a request was refused, for its entry. */
export function noteRefusal(
  { journalled }: FastifyRequest,
  refusal: { readonly code: string; readonly reason: string; readonly isGap?: boolean }
): void {
  if (!journalled) return
  journalled.code = refusal.code
  journalled.reason = refusal.reason
  journalled.isGap = refusal.isGap === true
}
