import { STATUS_CODES } from 'node:http'
import { KindGuard, type TObject, type TSchema } from '@sinclair/typebox'
import type { PublishedSchemas } from '../../lib/published-schemas.js'
import { takesBody, type AnswerSchema, type DeclaredRoute } from '../route-table.js'
import { ProblemDocument } from '../problem.js'

/** The Operation Object of a route: what it declares, and the refusals that every route can give. */
export function describeOperation(route: DeclaredRoute, path: string, schemas: PublishedSchemas, needsToken: boolean) {
  const { method, schema, withoutToken } = route
  const { summary, description, params, querystring, body } = schema
  const demandsToken = needsToken && !withoutToken
  const parameters = [...parametersOf('path', params), ...parametersOf('query', querystring)]
  const refusals = [400, ...(demandsToken ? [401] : []), 403, ...(takesBody(method) ? [413, 415] : [])]
  const answers = { ...Object.fromEntries(refusals.map((status) => [status, ProblemDocument])), ...schema.response }
  return {
    operationId: operationId(method, path),
    summary,
    ...(description !== undefined && { description }),
    ...(needsToken && withoutToken && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: requestBody(body) }),
    responses: Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, response(status, answer)]))
  }

  function parametersOf(place: 'path' | 'query', { properties = {}, required = [] }: Partial<TObject> = {}) {
    return Object.entries(properties).map(([name, { description, ...rest }]) => ({
      name,
      in: place,
      required: required.includes(name),
      description,
      schema: schemas.publish(rest as TSchema)
    }))
  }

  function requestBody(body: TSchema) {
    const mediaTypes = method === 'PATCH' ? ['application/json', 'application/merge-patch+json'] : ['application/json']
    const content = Object.fromEntries(mediaTypes.map((name) => [name, { schema: schemas.publish(body) }]))
    return { required: !KindGuard.IsOptional(body), content }
  }

  function response(status: string, answer: AnswerSchema) {
    if (isByMediaType(answer)) {
      const content = Object.entries(answer.content).map(([name, media]) => [
        name,
        { schema: schemas.publish(media.schema) }
      ])
      return { description: answer.description, content: Object.fromEntries(content) as object }
    }
    const words = answer.description ?? STATUS_CODES[status]
    if (status === '204') return { description: words }
    const mediaType = Number(status) < 400 ? 'application/json' : 'application/problem+json'
    return { description: words, content: { [mediaType]: { schema: schemas.publish(answer) } } }
  }
}

function isByMediaType(answer: AnswerSchema): answer is Exclude<AnswerSchema, TSchema> {
  return 'content' in answer
}

/** `getTenantsTenantClock` of `GET /tenants/{tenant}/clock`. */
function operationId(method: string, path: string): string {
  const words = path.split(/\W+/).filter((word) => word !== '')
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}
