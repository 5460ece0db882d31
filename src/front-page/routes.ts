import type { FastifyInstance } from 'fastify'
import type { Mock } from '../mock.js'
import { version } from '../version.js'

/** `GET /`, outside Graph: what runs here and a call that works, as a page for browsers and JSON for others. */
export function frontPage(mock: Mock) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get('/', async (request, reply) => {
      const facts = describeServer(mock, mock.origin(request))
      void reply.header('vary', 'Accept')
      if (!(request.headers.accept ?? '').includes('text/html')) return facts
      const { renderPage } = await import('./page.js')
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
        .send(renderPage(facts))
    })
  }
}

export interface ServerFacts {
  readonly name: string
  readonly version: string
  readonly defaultTenant: string
  readonly try: string
  readonly links: Readonly<Record<string, string>>
}

export function describeServer({ tenants, resources }: Mock, origin: string): ServerFacts {
  const path = resources[0]?.path ?? ''
  return {
    name: 'msgraph-mock',
    version,
    defaultTenant: tenants.defaultId,
    try: `curl -H 'Authorization: Bearer readwrite' ${origin}/beta/${path}`,
    links: { health: `${origin}/_mock/health`, tokens: `${origin}/_mock/tokens`, tenants: `${origin}/_mock/tenants` }
  }
}
