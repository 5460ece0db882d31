import { setTimeout } from 'node:timers/promises'
import { BODY_LIMIT } from '../http/http-options.js'
import { GRACE } from '../http/grace.js'
import type { Server } from '../server.js'
import { AnsweredHosts } from './answered-hosts.js'
import { exchange, type Exchange, type Outgoing } from './exchange.js'
import { connectionRefused, connectionReset, fetchFailed, hostNotFound } from './fetch-failed.js'
import { outgoingOf } from './outgoing.js'
import { redirected, redirectOf } from './redirect.js'

/** Redirects that are followed (Fetch standard, 4.4). */
const MAX_REDIRECTS = 20

export interface InProcessFetch {
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>
  /** Lets requests in flight end, and breaks those that are left after the grace. */
  readonly close: () => Promise<void>
}

/**
 * The Fetch API without sockets: a request goes through the app of a server, but not through its TLS. Rejects as Node's
 * `fetch` does: with the reason of an abort, else with a TypeError, whose cause has a code for a broken connection.
 *
 * @param port that the server listens on
 * @param grace milliseconds that requests in flight get at a close
 */
export function inProcessFetch(server: Server, port: number, grace = GRACE): InProcessFetch {
  const hosts = new AnsweredHosts(server, port)
  const open = new Set<Exchange>()
  let isClosed = false

  return {
    async fetch(input, init) {
      const request = new Request(typeof input === 'string' ? new URL(input, server.url) : input, init)
      const aborted = abortOf(request.signal)
      return follow(await Promise.race([aborted, outgoingOf(request, BODY_LIMIT)]), request, aborted, 0)
    },
    async close() {
      isClosed = true
      const abort = new AbortController()
      const ended = Promise.all([...open].map(({ over }) => over))
      await Promise.race([ended, setTimeout(grace, undefined, { signal: abort.signal }).catch(() => undefined)])
      abort.abort()
      for (const one of open) one.cut(fetchFailed(connectionReset()))
    }
  }

  async function follow(
    outgoing: Outgoing,
    request: Request,
    aborted: Promise<never>,
    count: number
  ): Promise<Response> {
    const response = await Promise.race([aborted, send(outgoing, request.signal)])
    const target = redirectOf(response, outgoing.url)
    if (!target || request.redirect === 'manual') return withUrl(response, outgoing.url, count > 0)
    if (request.redirect === 'error') throw fetchFailed(new Error('unexpected redirect'))
    if (count === MAX_REDIRECTS) throw fetchFailed(new Error('redirect count exceeded'))
    return follow(redirected(outgoing, response.status, target), request, aborted, count + 1)
  }

  async function send(outgoing: Outgoing, signal: AbortSignal): Promise<Response> {
    const { url } = outgoing
    if (!hosts.has(url)) throw fetchFailed(hostNotFound(url.host, hosts.list()))
    if (isClosed) throw fetchFailed(connectionRefused(url.host))
    const sent = exchange(server.app, outgoing, port)
    const hangUp = () => {
      sent.cut(signal.reason)
    }
    open.add(sent)
    signal.addEventListener('abort', hangUp)
    void sent.over.then(() => {
      open.delete(sent)
      signal.removeEventListener('abort', hangUp)
    })
    try {
      return await sent.answer
    } catch (error) {
      throw signal.aborted || error instanceof TypeError ? error : fetchFailed(error)
    }
  }
}

/** Rejects with the reason of an abort, as soon as it comes. */
function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const abort = () => {
      // `fetch` rejects with the reason as the caller gave it.
      reject(signal.reason as Error)
    }
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
  })
}

function withUrl(response: Response, url: URL, isRedirected: boolean): Response {
  const { origin, pathname, search } = url
  return Object.defineProperties(response, {
    url: { value: origin + pathname + search },
    redirected: { value: isRedirected }
  })
}
