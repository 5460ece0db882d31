import type { onRequestHookHandler } from 'fastify'
import { modelValidationFailure } from '../errors.js'
import { isAnnotation } from './annotations.js'
import { readPayload, type PayloadHeaders } from './payload.js'
import { notAnObject } from './validation.js'

/** A hook of actions: where no bytes are sent, a content type says nothing, not even a malformed one. */
export const ignoreTypeOfNothing: onRequestHookHandler = (request, _reply, done) => {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers
  if (length === '0' && encoding === undefined) delete request.headers['content-type']
  done()
}

/**
 * The body of an action without parameters: no bytes, under any content type or none, or a JSON object without members
 * but annotations. Real clients send all of these (facts 2.2).
 *
 * @throws GraphError 400; `ModelValidationFailure` for a parameter (the OData library's text, not captured)
 */
export function demandNoParameters(body: Buffer | undefined, headers: PayloadHeaders, action: string): void {
  if (body === undefined || body.length === 0) return
  const payload = readPayload(body, headers)
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) throw notAnObject(payload)
  const parameter = Object.keys(payload).find((name) => !isAnnotation(name))
  if (parameter === undefined) return
  throw modelValidationFailure(
    `The parameter '${parameter}' in the request payload is not a valid parameter for the operation '${action}'.`,
    `The action ${action} has no parameters. Send no body, or {}.`
  )
}
