import { GraphError, insufficientPrivileges, tooManyRequests, unreadablePayload } from '../errors.js'
import type { Service } from './operation.js'

/** Graph's gateway, for what it answers itself: `$batch`, `$metadata`, the service document. */
export const gatewayService: Service = {
  name: 'gateway',
  forbidden: (_operation, _accepted, reason) => insufficientPrivileges(reason),
  forbiddenToApplication: (_operation, reason) => insufficientPrivileges(reason),
  /** 405 (documented: learn.microsoft.com/graph/json-batching). */
  noSuchVerb: (_operation, _verb, reason) =>
    new GraphError({
      status: 405,
      code: 'Request_BadRequest',
      message: 'Specified HTTP method is not allowed for the request target.',
      reason
    }),
  payloadRefusal: ({ kind }) => unreadablePayload(`The payload is refused: ${kind}.`),
  answersNoContent: () => false,
  typeName: (edmType) => edmType,
  tooManyRequests: (_operation, reason, headers) => tooManyRequests(reason, headers)
}
