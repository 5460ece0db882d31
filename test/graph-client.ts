import { Client, HTTPMessageHandler, type Context, type Middleware } from '@microsoft/microsoft-graph-client'

/** Puts the token on every request: over plain http the client's own handler would take it off. */
class Bearer implements Middleware {
  readonly #token: string
  #next: Middleware | undefined

  constructor(token: string) {
    this.#token = token
  }

  setNext(next: Middleware): void {
    this.#next = next
  }

  async execute(context: Context): Promise<void> {
    const headers = new Headers(context.options?.headers)
    headers.set('authorization', `Bearer ${this.#token}`)
    context.options = { ...context.options, headers }
    await this.#next?.execute(context)
  }
}

/** The JS Graph client for /beta of a server at `url`. `handlers` stand before the one that sends. */
export function graphClient(
  url: string,
  token: string,
  handlers: Middleware[] = [],
  sender: Middleware = new HTTPMessageHandler()
): Client {
  const chain = [...handlers, new Bearer(token), sender]
  chain.forEach((handler, at) => {
    const next = chain[at + 1]
    if (next) handler.setNext?.(next)
  })
  return Client.initWithMiddleware({ baseUrl: `${url}/`, defaultVersion: 'beta', middleware: chain[0] as Middleware })
}
