import type { FastifyInstance } from 'fastify'
import { Problem } from './problem.js'

/** JSON, whichever JSON media type it comes under; no bytes are no body, even with a content type. */
export function parseJsonBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser(/^application\/(?:[\w.-]+\+)?json/, { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : (JSON.parse(body as string) as unknown))
    } catch (error) {
      done(new Problem(400, `The body is not valid JSON: ${(error as SyntaxError).message}`))
    }
  })
}
