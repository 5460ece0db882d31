import { Type, type TObject, type TSchema } from '@sinclair/typebox'
import type { FastifySchema, HTTPMethods, RouteOptions } from 'fastify'
import { closedObject } from '../lib/schemas.js'

const NONE = closedObject({})

/** The schema of an answer, or one for each media type. */
export type AnswerSchema = TSchema | MediaTypes

export interface MediaTypes {
  readonly description: string
  readonly content: Readonly<Record<string, { readonly schema: TSchema }>>
}

/** What a route of the control surface declares. */
export interface RouteSchema extends FastifySchema {
  readonly summary: string
  readonly params?: TObject
  readonly querystring?: TObject
  readonly body?: TSchema
  readonly response: Readonly<Record<string, AnswerSchema>>
}

export interface DeclaredRoute {
  readonly method: HTTPMethods
  /** Below the origin, with `:names`. */
  readonly url: string
  readonly schema: RouteSchema
  readonly withoutToken: boolean
}

/** The routes of the control surface, collected as they are declared. */
export class RouteTable {
  readonly #routes: DeclaredRoute[] = []

  /**
   * An `onRoute` hook. A route that declares no query or no body takes none.
   *
   * @throws Error when a route leaves out what the OpenAPI document needs, which stops the boot
   */
  add(route: RouteOptions): void {
    const { method, url, schema } = route as RouteOptions & { method: HTTPMethods }
    const incomplete = (what: string) => new Error(`route ${method} ${url} must declare ${what}`)
    if (schema?.summary === undefined) throw incomplete('schema.summary')
    if (schema.response === undefined) throw incomplete('schema.response')
    const params = Object.keys((schema.params as TObject | undefined)?.properties ?? {})
    if (params.join() !== namesIn(url).join()) throw incomplete(`schema.params for ${namesIn(url).join(', ')}`)
    const withoutToken = route.config?.withoutControlToken === true
    this.#routes.push({ method, url, schema: schema as RouteSchema, withoutToken })
    route.schema = { querystring: NONE, ...(takesBody(method) && { body: Type.Optional(NONE) }), ...schema }
  }

  list(): readonly DeclaredRoute[] {
    return this.#routes
  }

  /** The methods of the routes at a path; empty where there is no such path. */
  methodsAt(path: string): HTTPMethods[] {
    const canonical = path.replace(/\/{2,}/g, '/')
    return this.#routes.filter(({ url }) => leadsTo(canonical, url)).map(({ method }) => method)
  }
}

/** Whether a request of this method may have a body that is read. */
export function takesBody(method: HTTPMethods): boolean {
  return method !== 'GET' && method !== 'HEAD'
}

function namesIn(url: string): string[] {
  return [...url.matchAll(/:(\w+)/g)].map(([, name]) => String(name))
}

/** Compares as the router does: in any case, with or without a slash at the end. */
function leadsTo(path: string, url: string): boolean {
  const [given, declared] = [segmentsOf(path), segmentsOf(url)]
  return (
    given.length === declared.length &&
    declared.every((segment, at) => (segment.startsWith(':') ? given[at] !== '' : given[at] === segment))
  )
}

function segmentsOf(path: string): string[] {
  return path.toLowerCase().replace(/\/$/, '').split('/')
}
