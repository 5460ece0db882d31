import type { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import inject, { type Response as InjectedResponse } from 'light-my-request'
import type { FastifyInstance } from 'fastify'
import { connectionReset, otherSideClosed, terminated } from './fetch-failed.js'

/** A request in progress. */
export interface Exchange {
  /** Rejects with the reason of a broken connection. */
  readonly answer: Promise<Response>
  /** Resolves once the answer is complete, or the connection is broken. */
  readonly over: Promise<void>
  /** Breaks the connection: pending reads of the answer or its body reject with this error. */
  cut(error: unknown): void
}

export interface Outgoing {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  readonly body: Buffer | undefined
}

/** Statuses whose answers have no body (Fetch standard, 2.2.3). */
const BODILESS = new Set([101, 103, 204, 205, 304])

/**
 * Sends a request through the app without a socket. Instead it has an object that fault injection can break like a socket:
 * `resetAndDestroy`, `destroySoon` and `destroy`.
 *
 * `fetch` of undici with a custom `connect()` would be shorter, but adds 2.2 MB to the package.
 */
export function exchange(app: FastifyInstance, { method, url, headers, body }: Outgoing, port: number): Exchange {
  let breakOff: ((error: Error) => void) | undefined
  let failure: { readonly error: unknown } | undefined
  let resolveOver: (() => void) | undefined
  const over = new Promise<void>((resolve) => (resolveOver = resolve))
  const finish = () => resolveOver?.()

  const injected = inject(
    (request, response) => {
      const { socket } = request
      breakOff = (error) => {
        response.destroy(error)
        Object.assign(socket, { destroyed: true })
        socket.emit('close')
      }
      const end = () => {
        breakOff?.(otherSideClosed())
      }
      const connection = {
        resetAndDestroy: () => {
          breakOff?.(connectionReset())
        },
        destroySoon: end,
        destroy: end
      }
      Object.assign(socket, connection, {
        encrypted: url.protocol === 'https:',
        localAddress: '127.0.0.1',
        localPort: port
      })
      Object.assign(response.socket as Socket, connection)
      Object.assign(request, { url: url.pathname + url.search, method })
      app.routing(request, response)
    },
    {
      method: method as 'GET',
      url: '/',
      headers: { ...Object.fromEntries(headers), host: url.host },
      remoteAddress: '127.0.0.1',
      payloadAsStream: true,
      validate: false,
      ...(body && { payload: body })
    }
  )
  const answer = injected.then(
    (incoming) => responseOf(incoming, method, () => failure, finish),
    (error: unknown) => {
      finish()
      throw failure ? failure.error : error
    }
  )
  return {
    answer,
    over,
    cut(error) {
      failure = { error }
      breakOff?.(new Error('the client hung up'))
    }
  }
}

function responseOf(
  incoming: InjectedResponse,
  method: string,
  failure: () => { readonly error: unknown } | undefined,
  finish: () => void
): Response {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const one of [value].flat()) headers.append(name, String(one))
  }
  const { statusCode: status, statusMessage: statusText } = incoming
  const body = webStream(incoming.stream(), (error) => failure()?.error ?? terminated(error), finish)
  const isBodiless = method === 'HEAD' || BODILESS.has(status)
  return new Response(isBodiless ? null : body, { status, statusText, headers })
}

/** Without backpressure, because the answer is in memory already. */
function webStream(
  stream: Readable,
  explain: (error: unknown) => unknown,
  finish: () => void
): ReadableStream<Uint8Array> {
  let isOpen = true
  return new ReadableStream<Uint8Array>({
    start(controller) {
      stream.on('data', (chunk: Buffer) => {
        if (isOpen) controller.enqueue(new Uint8Array(chunk))
      })
      stream.on('end', () => {
        if (isOpen) controller.close()
        finish()
      })
      stream.on('error', (error) => {
        if (isOpen) controller.error(explain(error))
        finish()
      })
    },
    cancel() {
      isOpen = false
    }
  })
}
