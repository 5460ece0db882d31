import type { FastifyRequest } from 'fastify'
import type { GraphError } from '../errors.js'
import type { Operation } from './operation.js'

/** Finds what requests ask for. A promise is given only where something has to be loaded first. */
export interface OperationLookup {
  /** Refuses nothing; `undefined` for what is no operation. */
  find(request: FastifyRequest): Operation | undefined | Promise<Operation | undefined>
  /** The refusal of a request that asks for no operation. */
  refusal(request: FastifyRequest): GraphError | Promise<GraphError>
}
