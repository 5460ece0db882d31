import type { FastifyRequest } from 'fastify'
import type { GraphError } from '../errors.js'
import type { OperationLookup } from '../gateway/operation-lookup.js'
import type { OperationTable } from '../gateway/operation-table.js'
import type { Operation } from '../gateway/operation.js'
import type { GraphVersion } from '../gateway/versions.js'
import type { ModelledGraph } from './modelled-graph.js'

/** The operations of hand-written resources, and behind them those of all of Graph, loaded when first asked for. */
export class AllOperations implements OperationLookup {
  readonly #written: OperationTable
  readonly #version: GraphVersion
  readonly #load: () => Promise<ModelledGraph>
  #modelled: ModelledGraph | undefined

  constructor(written: OperationTable, version: GraphVersion, load: () => Promise<ModelledGraph>) {
    this.#written = written
    this.#version = version
    this.#load = load
  }

  find(request: FastifyRequest): Operation | undefined | Promise<Operation | undefined> {
    const written = this.#written.find(request)
    if (written || this.#written.covers(request)) return written
    if (this.#modelled) return this.#modelled.find(request, this.#version)
    return this.#loaded().then((modelled) => modelled.find(request, this.#version))
  }

  async refusal(request: FastifyRequest): Promise<GraphError> {
    if (this.#written.covers(request)) return this.#written.refusal(request)
    return (await this.#loaded()).refusal(request, this.#version)
  }

  async #loaded(): Promise<ModelledGraph> {
    return (this.#modelled ??= await this.#load())
  }
}
