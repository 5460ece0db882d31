import type { FastifyRequest, RouteOptions } from 'fastify'
import { pathOf } from '../request-path.js'
import { GraphError, noMethodMatch, unknownSegment } from './errors.js'
import type { IntuneRoute } from './request-context.js'

/**
 * Knows which paths a version of Graph serves here, and so which refusal a request without a route gets: no route for
 * the verb, or a segment that the model lacks. Paths are matched case-insensitively.
 */
export class Segments {
  readonly #prefix: string
  readonly #routes = new Map<string, { path: string; verbs: string[]; intune: IntuneRoute | undefined }>()
  /** Segments that lead to a resource of any version, such as `/deviceManagement`: v1.0 has them too. */
  readonly #leading = new Set<string>()

  /** @param paths of all resources, below the version */
  constructor(version: string, paths: readonly string[]) {
    this.#prefix = `/${version}`
    for (const path of paths) {
      const segments = path.toLowerCase().split('/').slice(0, -1)
      segments.forEach((_, at) => this.#leading.add(`${this.#prefix}/${segments.slice(0, at + 1).join('/')}`))
    }
  }

  /** An `onRoute` hook. */
  add({ url, method, config }: RouteOptions): void {
    const route = this.#routes.get(url.toLowerCase()) ?? { path: url, verbs: [], intune: config?.intune }
    route.verbs.push(String(method))
    this.#routes.set(url.toLowerCase(), route)
  }

  /** The refusal of a request that no route took. */
  refusal(request: FastifyRequest): GraphError {
    const [, , ...segments] = pathOf(request).replace(/\/+/g, '/').replace(/\/$/, '').split('/').map(decodeURIComponent)
    const path = [this.#prefix, ...segments].join('/')
    // An encoded slash is part of a segment, and no route has one.
    const route = segments.some((segment) => segment.includes('/')) ? undefined : this.#routes.get(path.toLowerCase())
    if (!route) return unknownSegment(this.#firstUnknown(segments), this.#gap(path))
    const reason = `${route.path} answers ${route.verbs.join(', ')}.`
    if (!route.intune) return methodNotAllowed(reason)
    return noMethodMatch(request.method, route.intune.template, route.intune.path, reason)
  }

  #firstUnknown(segments: readonly string[]): string {
    let known = this.#prefix
    for (const segment of segments) {
      known = `${known}/${segment.toLowerCase()}`
      if (segment.includes('/') || (!this.#routes.has(known) && !this.#leading.has(known))) return segment
    }
    return segments.at(-1) ?? ''
  }

  #gap(path: string): string {
    const served = [...this.#routes.values()].map((route) => route.path).join(', ')
    return `msgraph-mock does not have ${path}; if Graph has it, this is a gap of the mock. Under ${this.#prefix} it has ${served || 'nothing'}.`
  }
}

/** 405 of the gateway, for what it answers itself (documented: concepts/json-batching.md). */
function methodNotAllowed(reason: string): GraphError {
  const message = 'Specified HTTP method is not allowed for the request target.'
  return new GraphError({ status: 405, code: 'Request_BadRequest', message, reason })
}
