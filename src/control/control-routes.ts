import type { TypeBoxScope } from '../http/typebox-scope.js'
import type { Mock } from '../mock.js'

declare module 'fastify' {
  /** What `GET /_mock/openapi.json` tells of a route beside its parts. */
  interface FastifySchema {
    /** One line without full stop, in the imperative: what the route does. */
    summary?: string
    /** More, where the summary leaves something open. */
    description?: string
  }
}

/** The scope of `/_mock`, whose routes take their types from their TypeBox schemas. */
export type ControlScope = TypeBoxScope

/**
 * A group of routes of the control surface. Each route calls what the in-process API calls, and declares
 * `schema: { summary, params?, querystring?, body?, response }`, TypeBox schemas all: what comes is checked by them, and
 * the OpenAPI document is made of them. `Type.Optional` of a body may be left out, as `{}`. A route names its own refusals
 * only (404, 409, 422), with `ProblemDocument`; those of the frame come by themselves.
 */
export type ControlRoutes = (control: ControlScope, mock: Mock) => void
