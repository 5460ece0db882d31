import type { FastifyInstance, FastifyRequest, FastifySchemaCompiler } from 'fastify'
import type { Step } from '../../http/steps.js'
import { noteBody } from '../../journal/journal-requests.js'
import { withoutAnnotations } from '../odata/annotations.js'
import { propertiesCheck } from '../odata/check-properties.js'
import { readPayload } from '../odata/payload.js'
import { PayloadMistake } from '../odata/payload-mistake.js'
import type { EntityType } from '../odata/schema.js'

/** Keeps bodies of any content type as bytes; the steps below decide what is JSON. */
export function keepRawBody(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  // Fastify looks the type that it knows by name up in one step, all others in five.
  scope.addContentTypeParser(['application/json', '*'], { parseAs: 'buffer' }, (request, body, done) => {
    noteBody(request, body)
    done(null, body)
  })
}

/** Ignores the content type, even a malformed one, of an action without a body. */
export const ignoreTypeOfEmptyBody: Step = ({ operation, headers }) => {
  if (operation?.kind !== 'action') return undefined
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = headers
  if (length === '0' && encoding === undefined) delete headers['content-type']
  return undefined
}

/** Parses the body of an operation with a payload, and removes annotations. */
export const readProperties: Step = (request) => {
  const { operation } = request
  if (!operation?.payload) return undefined
  const { payload, service } = operation
  const properties = withoutAnnotations(readBody(request), payload, () => service.typeName(payload.edmType))
  if (properties instanceof Promise) return properties
  request.body = properties
  return undefined
}

/** The JSON value of a body. @throws GraphError 400 for a body that is not JSON, 415 for a content encoding */
export function readBody({ body, headers }: FastifyRequest): unknown {
  return readPayload(body as Buffer | undefined, headers)
}

/** Fastify's validator compiler for the Graph surface: validates properties by their type. */
export const checkProperties: FastifySchemaCompiler<EntityType> = ({ schema }) => {
  const check = propertiesCheck(schema)
  return (properties: unknown) => {
    const mistake = check(properties)
    return mistake ? { error: new PayloadMistake(mistake) } : true
  }
}
