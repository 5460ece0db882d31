import { Type } from '@sinclair/typebox'
import type { TypeBoxScope } from '../http/typebox-scope.js'
import type { Mock } from '../mock.js'

declare module 'fastify' {
  /** What `GET /_mock/openapi.json` says of a route beside its schemas. */
  interface FastifySchema {
    /** What the route does: one line in the imperative, without a full stop. */
    summary?: string
    /** More, where the summary leaves something open. */
    description?: string
  }
}

/** The scope of `/_mock`, whose routes take their types from their TypeBox schemas. */
export type ControlScope = TypeBoxScope

/**
 * A group of routes of the control surface. Each route calls what the in-process API calls, and declares
 * `schema: { summary, params?, querystring?, body?, response }` as TypeBox schemas: requests are validated by them, and the
 * OpenAPI document is made from them. A `Type.Optional` body may be left out, which counts as `{}`. A route declares only
 * its own refusals (404, 409, 422), with `ProblemDocument`; those that every route can give are added to the document.
 */
export type ControlRoutes = (control: ControlScope, mock: Mock) => void

/** `response: { 204: NoContent }`: an answer without a body. */
export const NoContent = Type.Unsafe<undefined>(Type.Null({ description: 'Done.' }))
