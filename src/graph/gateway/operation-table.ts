import type { FastifyRequest } from 'fastify'
import { pathOf } from '../../http/request-path.js'
import { unknownSegment, type GraphError } from '../errors.js'
import type { OperationLookup } from './operation-lookup.js'
import type { Operation } from './operation.js'

/**
 * The operations below one prefix, such as `/beta`: finds that of a request, and makes the refusal of a request without one
 * (no such verb, or an unknown segment). Paths are case-insensitive.
 */
export class OperationTable implements OperationLookup {
  readonly #prefix: string
  /** Operations by path in lower case, those of a path by method. */
  readonly #paths = new Map<string, Map<string, Operation>>()
  /** The same by path as Graph spells it, with the prefix: nearly every request is found here. */
  readonly #spelled = new Map<string, ReadonlyMap<string, Operation>>()
  /** Parents of resources of any version, such as `devicemanagement`: v1.0 has them too. */
  readonly #parents = new Set<string>()
  /** Segments of the longest path: a path of a request can be of any length. */
  readonly #depth: number

  /**
   * @param prefix a slash and one segment
   * @param resourcePaths of the resources of all versions
   */
  constructor(prefix: string, operations: readonly Operation[], resourcePaths: readonly string[]) {
    this.#prefix = prefix
    for (const operation of operations) {
      const path = operation.path.toLowerCase()
      const ofPath = this.#paths.get(path) ?? new Map<string, Operation>()
      this.#paths.set(path, ofPath.set(operation.method, operation))
      this.#spelled.set(this.#urlOf(operation), ofPath)
    }
    this.#depth = Math.max(0, ...operations.map(({ path }) => path.split('/').length))
    for (const path of resourcePaths) {
      const segments = path.toLowerCase().split('/').slice(0, -1)
      segments.forEach((_, at) => this.#parents.add(segments.slice(0, at + 1).join('/')))
    }
  }

  find(request: FastifyRequest): Operation | undefined {
    const operations = this.#spelled.get(pathOf(request)) ?? this.#operationsOf(segmentsOf(request))
    return operations?.get(request.method === 'HEAD' ? 'GET' : request.method)
  }

  /** Whether it has operations under a path, the prefix included, in any case. */
  has(path: string): boolean {
    const [prefix, rest] = [path.slice(0, this.#prefix.length), path.slice(this.#prefix.length + 1)]
    return prefix === this.#prefix && this.#paths.has(rest.toLowerCase())
  }

  /** Whether a path is one of the table, or lies below one: nothing else answers there. */
  covers(request: FastifyRequest): boolean {
    const segments = segmentsOf(request)
    const starts = segments.slice(0, this.#depth).map((_, at) => segments.slice(0, at + 1))
    return segments.length === 0 || starts.some((start) => this.#operationsOf(start))
  }

  /** The refusal of a request without an operation. */
  refusal(request: FastifyRequest): GraphError {
    const segments = segmentsOf(request)
    const operations = this.#operationsOf(segments)
    if (!operations) return unknownSegment(this.#firstUnknown(segments), this.#unserved(segments))
    const operation = first(operations)
    const reason = `${this.#urlOf(operation)} answers ${verbsOf(operations).join(', ')}.`
    return operation.service.noSuchVerb(operation, request.method, reason)
  }

  #operationsOf(segments: readonly string[]): ReadonlyMap<string, Operation> | undefined {
    // A segment with an encoded slash matches no operation.
    if (segments.some((segment) => segment.includes('/'))) return undefined
    return this.#paths.get(segments.join('/').toLowerCase())
  }

  #firstUnknown(segments: readonly string[]): string {
    for (const [at, segment] of segments.entries()) {
      const path = segments.slice(0, at + 1)
      if (!this.#operationsOf(path) && !this.#parents.has(path.join('/').toLowerCase())) return segment
    }
    return segments.at(-1) ?? ''
  }

  #urlOf({ path }: Operation): string {
    return path === '' ? this.#prefix : `${this.#prefix}/${path}`
  }

  #unserved(segments: readonly string[]): string {
    const served = [...this.#paths.values()].map((operations) => this.#urlOf(first(operations)))
    return `msgraph-mock lacks ${[this.#prefix, ...segments].join('/')}, which Graph may have; the journal lists the request as unmatched. Below ${this.#prefix} there is ${served.join(', ') || 'nothing'}.`
  }
}

/** Decoded, without the empty ones of doubled slashes. Fastify has refused malformed percent-encodings before. */
function segmentsOf(request: FastifyRequest): readonly string[] {
  const [, ...segments] = pathOf(request)
    .split('/')
    .filter((segment) => segment !== '')
  return segments.map(decodeURIComponent)
}

function first(operations: ReadonlyMap<string, Operation>): Operation {
  return operations.values().next().value as Operation
}

function verbsOf(operations: ReadonlyMap<string, Operation>): string[] {
  return [...operations.keys()].flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
}
