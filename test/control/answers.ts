import { Readable } from 'node:stream'
import type { TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Test } from 'tap'
import type { AnswerSchema, RouteSchema } from '../../src/control/route-table.js'
import { ProblemDocument } from '../../src/control/problem.js'
import { targetOriginOf } from '../../src/http/request-path.js'

/** Refusals of the frame around the routes of `/_mock`, and the one that is a bug. */
const FRAME = [400, 401, 403, 413, 415, 500]

/** Fails the test for every answer of `/_mock` that is not as its route declares, so that the OpenAPI document is true. */
export function holdToSchemas(app: FastifyInstance, t: Test): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    const isControl = /^\/_mock(?![^/?])/.test(request.url)
    // A target that names another server is refused before any surface.
    const isProxied = targetOriginOf(request) !== undefined && reply.statusCode === 403
    const mismatch = isControl && !isProxied ? mismatchOf(request, reply, payload) : undefined
    if (mismatch !== undefined) t.fail(`${request.method} ${request.url} ${String(reply.statusCode)}: ${mismatch}`)
    done(null, payload)
  })
}

function mismatchOf(request: FastifyRequest, reply: FastifyReply, payload: unknown): string | undefined {
  const { statusCode: status } = reply
  const isOfFrame = FRAME.includes(status) || (request.is404 && [404, 405].includes(status))
  const declared = (request.routeOptions.schema as RouteSchema | undefined)?.response[status]
  const answer: AnswerSchema | undefined = declared ?? (isOfFrame ? ProblemDocument : undefined)
  if (answer === undefined) return 'the status is not declared'
  // A list that is long; the test that asks for one compares it with what it should be.
  if (payload instanceof Readable) return undefined
  if (status === 204) return (payload ?? '') === '' ? undefined : 'there is a body'
  const mediaType = String(reply.getHeader('content-type')).split(';')[0] ?? ''
  const schema = schemaFor(answer, status, mediaType)
  if (schema === undefined) return `the media type ${mediaType} is not declared`
  const value: unknown = mediaType.endsWith('json') ? JSON.parse(String(payload)) : payload
  const [error] = Value.Errors(schema, value)
  return error && `${error.path}: ${error.message}`
}

function schemaFor(answer: AnswerSchema, status: number, mediaType: string): TSchema | undefined {
  if ('content' in answer) return (answer as Extract<AnswerSchema, { content: object }>).content[mediaType]?.schema
  return mediaType === (status < 400 ? 'application/json' : 'application/problem+json') ? answer : undefined
}
