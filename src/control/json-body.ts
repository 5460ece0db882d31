import { isUtf8 } from 'node:buffer'
import type { FastifyInstance } from 'fastify'
import { isDeeperThan, isJsonMediaType, jsonMistake } from '../lib/json.js'
import { Problem } from './problem.js'

/** The documents of this surface have a few levels; more are a mistake, or an attack on the stack. */
const MAX_DEPTH = 32

/** Parses JSON under any JSON media type. No bytes count as no body, under any content type. */
export function parseJsonBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    let value: unknown
    try {
      if (body.length > 0) value = parse(body as Buffer, request.headers['content-type'])
    } catch (error) {
      done(error as Problem)
      return
    }
    done(null, value)
  })
}

function parse(body: Buffer, contentType = ''): unknown {
  if (!isJsonMediaType(contentType)) {
    throw new Problem(415, 'The body must be JSON, sent with Content-Type: application/json.')
  }
  if (!isUtf8(body)) throw new Problem(400, 'The body is not valid UTF-8.')
  const value = parseJson(body.toString())
  if (value === null) throw new Problem(400, 'The body is null, not an object.')
  if (isDeeperThan(value, MAX_DEPTH)) throw new Problem(400, `The body is nested deeper than ${MAX_DEPTH} levels.`)
  return value
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Problem(400, `The body is not valid JSON: ${jsonMistake(error)}`)
  }
}
