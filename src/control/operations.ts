import { Type, type TObject, type TSchema } from '@sinclair/typebox'
import type { FastifySchema, HTTPMethods, RouteOptions } from 'fastify'
import { closedObject } from '../lib/schemas.js'

const NONE = closedObject({})

/** A schema of an answer, or one for each media type. */
export type AnswerSchema = TSchema | MediaTypes

export interface MediaTypes {
  readonly description: string
  readonly content: Readonly<Record<string, { readonly schema: TSchema }>>
}

/** What a route of the control surface declares. */
export interface OperationSchema extends FastifySchema {
  readonly summary: string
  readonly params?: TObject
  readonly querystring?: TObject
  readonly body?: TSchema
  readonly response: Readonly<Record<string, AnswerSchema>>
}

export interface Operation {
  readonly method: HTTPMethods
  /** Below the origin, with `:names`. */
  readonly url: string
  readonly schema: OperationSchema
  readonly withoutToken: boolean
}

/** All that the control surface does, collected as its routes are declared. */
export class Operations {
  readonly #operations: Operation[] = []

  /**
   * An `onRoute` hook. Where a route declares no query and no body, there is none to send.
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
    this.#operations.push({ method, url, schema: schema as OperationSchema, withoutToken })
    route.schema = { querystring: NONE, ...(takesBody(method) && { body: Type.Optional(NONE) }), ...schema }
  }

  list(): readonly Operation[] {
    return this.#operations
  }

  /** The methods that a path takes; none where there is no such path. */
  methodsAt(path: string): HTTPMethods[] {
    const canonical = path.replace(/\/{2,}/g, '/')
    return this.#operations.filter(({ url }) => leadsTo(canonical, url)).map(({ method }) => method)
  }
}

/** Whether a request of this method may have a body that is read. */
export function takesBody(method: HTTPMethods): boolean {
  return method !== 'GET' && method !== 'HEAD'
}

function namesIn(url: string): string[] {
  return [...url.matchAll(/:(\w+)/g)].map(([, name]) => String(name))
}

/** As the router takes paths: in any case, with or without a slash at the end. */
function leadsTo(path: string, url: string): boolean {
  const [given, wanted] = [segmentsOf(path), segmentsOf(url)]
  return (
    given.length === wanted.length &&
    wanted.every((segment, at) => (segment.startsWith(':') ? given[at] !== '' : given[at] === segment))
  )
}

function segmentsOf(path: string): string[] {
  return path.toLowerCase().replace(/\/$/, '').split('/')
}
