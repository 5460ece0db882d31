import type { FastifyInstance } from 'fastify'
import type { Mock } from '../mock.js'
import { describeServer } from './describe.js'

/** `GET /`, outside Graph: describes the server and a request that works, as a page for browsers and JSON for others. */
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
