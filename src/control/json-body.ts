import type { FastifyInstance } from 'fastify'
import { isDeeperThan } from '../json-depth.js'
import { Problem } from './problem.js'

const JSON_MEDIA_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i

/** The documents of this surface are a few levels deep; a deeper one is a mistake, or an attack on the stack. */
const MAX_DEPTH = 32

/** JSON, whichever JSON media type it comes under; no bytes are no body, under any content type or none. */
export function parseJsonBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    let value: unknown
    try {
      if (body !== '') value = parse(body as string, request.headers['content-type'])
    } catch (error) {
      done(error as Problem)
      return
    }
    done(null, value)
  })
}

function parse(text: string, contentType = ''): unknown {
  if (!JSON_MEDIA_TYPE.test(contentType)) {
    throw new Problem(415, 'The body must be JSON, sent with Content-Type: application/json.')
  }
  const value = parseJson(text)
  if (value === null) throw new Problem(400, 'The body is null, not an object.')
  if (isDeeperThan(value, MAX_DEPTH)) throw new Problem(400, `The body is nested deeper than ${MAX_DEPTH} levels.`)
  return value
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Problem(400, `The body is not valid JSON: ${(error as SyntaxError).message}`)
  }
}
