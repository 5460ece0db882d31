import type { FastifyReply, FastifyRequest } from 'fastify'
import type { OriginOf } from '../../http/origin.js'
import { queryOf } from '../../http/request-path.js'
import { answersNoContent } from '../services/intune/conditions/patch.js'
import { contentType, requestedMetadataLevel } from './metadata-level.js'
import { represent } from './represent.js'
import type { EntityType } from './schema.js'
import { readSelection } from './select.js'

/** What an answer says of the entity beside its values. */
export interface AnsweredEntity {
  readonly entity: EntityType
  readonly path: string
  readonly actions: readonly string[]
}

export type SendEntity = (
  request: FastifyRequest,
  reply: FastifyReply,
  resource: AnsweredEntity,
  value: Readonly<Record<string, unknown>>
) => FastifyReply

/** Sends an entity as a 200, in the profile of the tenant and at the metadata level that the request asks for. */
export function sendEntity(origin: OriginOf, version: string): SendEntity {
  return (request, reply, { entity, path, actions }, value) => {
    if (answersNoContent(request)) return reply.code(204).send()
    const { profile } = request.tenant.state
    const level = requestedMetadataLevel(request.headers.accept)
    const select = request.method === 'PATCH' ? undefined : readSelection(queryOf(request), entity)
    const serviceRoot = () => `${origin(request)}/${version}`
    return reply
      .header('odata-version', '4.0')
      .header('content-type', contentType(level ?? 'minimal'))
      .send(represent(entity, value, { profile, level, select }, { serviceRoot, path, actions }))
  }
}
