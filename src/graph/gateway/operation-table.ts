import type { FastifyRequest } from 'fastify'
import { pathOf } from '../../http/request-path.js'
import { unknownSegment, type GraphError } from '../errors.js'
import type { Operation } from './operation.js'

/**
 * The operations below one prefix, such as `/beta`. It finds that of a request, without refusing any, and knows which refusal a
 * request without one gets: no such verb, or a segment that the model lacks. Paths are case-insensitive.
 */
export class OperationTable {
  readonly #prefix: string
  /** Operations by path, those of a path by method. */
  readonly #paths = new Map<string, Map<string, Operation>>()
  /** Paths that lead to a resource of any version, such as `devicemanagement`: v1.0 has them too. */
  readonly #leading = new Set<string>()

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
    }
    for (const path of resourcePaths) {
      const segments = path.toLowerCase().split('/').slice(0, -1)
      segments.forEach((_, at) => this.#leading.add(segments.slice(0, at + 1).join('/')))
    }
  }

  find(request: FastifyRequest): Operation | undefined {
    // Nearly every path is spelt plainly, and found without taking it apart.
    const plain = this.#paths.get(
      pathOf(request)
        .slice(this.#prefix.length + 1)
        .toLowerCase()
    )
    const operations = plain ?? this.#operationsOf(segmentsOf(request))
    return operations?.get(request.method === 'HEAD' ? 'GET' : request.method)
  }

  /** The refusal of a request that asks for no operation. */
  refusal(request: FastifyRequest): GraphError {
    const segments = segmentsOf(request)
    const operations = this.#operationsOf(segments)
    if (!operations) return unknownSegment(this.#firstUnknown(segments), this.#unserved(segments))
    const operation = first(operations)
    const reason = `${this.#urlOf(operation)} answers ${verbsOf(operations).join(', ')}.`
    return operation.service.noSuchVerb(operation, request.method, reason)
  }

  #operationsOf(segments: readonly string[]): ReadonlyMap<string, Operation> | undefined {
    // An encoded slash is part of a segment, and no path has one.
    if (segments.some((segment) => segment.includes('/'))) return undefined
    return this.#paths.get(segments.join('/').toLowerCase())
  }

  #firstUnknown(segments: readonly string[]): string {
    for (const [at, segment] of segments.entries()) {
      const path = segments.slice(0, at + 1)
      if (!this.#operationsOf(path) && !this.#leading.has(path.join('/').toLowerCase())) return segment
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

/** Decoded, and without the empty ones of doubled slashes. Their percent-encoding is sound, or Fastify had refused them. */
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
