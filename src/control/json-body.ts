import type { FastifyInstance } from 'fastify'
import { Problem } from './problem.js'

const JSON_MEDIA_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i

/** JSON, whichever JSON media type it comes under; no bytes are no body, under any content type or none. */
export function parseJsonBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else if (!JSON_MEDIA_TYPE.test(request.headers['content-type'] ?? '')) {
      done(new Problem(415, 'The body must be JSON, sent with Content-Type: application/json.'))
    } else parse(body as string, done)
  })
}

function parse(text: string, done: (error: Error | null, value?: unknown) => void): void {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    done(new Problem(400, `The body is not valid JSON: ${(error as SyntaxError).message}`))
    return
  }
  if (value === null) done(new Problem(400, 'The body is null, not an object.'))
  else done(null, value)
}
