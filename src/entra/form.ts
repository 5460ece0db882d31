import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Form } from '../identity/form.js'
import { noteBody } from '../journal/journal-requests.js'
import { queryOf } from '../http/request-path.js'
import { aadsts } from '../identity/aadsts.js'

const MEDIA_TYPE = 'application/x-www-form-urlencoded'

/** Characters of one parameter. */
const MAX_LENGTH = 16 * 1024
/** Parameters of one form. */
const MAX_PARAMETERS = 1000

/**
 * Parses forms, also those without a content type, as Java's HTTP client sends them. A body of another type counts as empty,
 * so that its parameters are missing, which is what Entra answers.
 */
export function parseForms(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser(MEDIA_TYPE, { parseAs: 'string' }, (request, body, done) => {
    noteBody(request, body)
    done(null, body)
  })
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    noteBody(request, body)
    done(null, request.headers['content-type'] === undefined ? body.toString() : '')
  })
}

/** Parameters of the body. @throws AadstsError 9002313 for a parameter that is sent twice (RFC 6749, 3.2) */
export function formOf(request: FastifyRequest): Form {
  return parametersOf(typeof request.body === 'string' ? request.body : '')
}

/** Parameters of the query string. @throws AadstsError 9002313 */
export function queryFormOf(request: FastifyRequest): Form {
  return parametersOf(queryOf(request))
}

function parametersOf(text: string): Form {
  const form = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(text)) {
    if (value === '') continue
    if (value.length > MAX_LENGTH) {
      throw aadsts('malformedRequest', {
        reason: `The parameter ${name} has ${value.length} characters; ${MAX_LENGTH} are the most.`
      })
    }
    if (form.size === MAX_PARAMETERS)
      throw aadsts('malformedRequest', { reason: `There are more than ${MAX_PARAMETERS} parameters.` })
    if (form.has(name)) throw aadsts('malformedRequest', { reason: `The parameter ${name} is sent twice.` })
    form.set(name, value)
  }
  return form
}
