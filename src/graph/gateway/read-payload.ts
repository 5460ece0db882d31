import type { FastifyInstance, preValidationHookHandler, RouteOptions } from 'fastify'
import { noteBody } from '../../journal/journal-requests.js'
import { withoutAnnotations } from '../odata/annotations.js'
import { readPayload } from '../odata/payload.js'
import type { EntityType } from '../odata/schema.js'

/** Bodies of any content type reach `readPayload` as bytes, which alone decides what is JSON. */
export function keepRawBody(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    noteBody(request, body)
    done(null, body)
  })
}

/** An `onRoute` hook: a route with a body schema gets the properties of the payload, annotations apart. */
export function readEntityPayload(route: RouteOptions): void {
  const type = route.schema?.body as EntityType | undefined
  if (!type) return
  const hook: preValidationHookHandler = (request, _reply, done) => {
    let properties: unknown
    try {
      properties = withoutAnnotations(readPayload(request.body as Buffer | undefined, request.headers), type)
    } catch (error) {
      done(error as Error)
      return
    }
    if (properties instanceof Promise) {
      properties.catch(done)
      return
    }
    request.body = properties
    done()
  }
  route.preValidation = [route.preValidation ?? [], hook].flat()
}
