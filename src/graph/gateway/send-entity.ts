import type { FastifyReply } from 'fastify'
import type { OriginOf } from '../../http/origin.js'
import { queryOf } from '../../http/request-path.js'
import { contentType, requestedMetadataLevel } from '../odata/metadata-level.js'
import type { BoundAction } from '../odata/parameters.js'
import { represent, type AnswerStyle } from '../odata/represent.js'
import type { EntityType } from '../odata/schema.js'
import { readSelection } from '../odata/select.js'
import type { Operation } from './operation.js'

/** What an answer needs to know about an entity beside its values. */
export interface AnsweredEntity {
  readonly type: EntityType
  /** Below the version, as Graph spells it. */
  readonly path: string
  readonly actions: readonly BoundAction[]
}

export type SendEntity = (
  reply: FastifyReply,
  answered: AnsweredEntity,
  style: AnswerStyle,
  value: Readonly<Record<string, unknown>>
) => FastifyReply

/** Sends an entity with 200 at the requested metadata level, or 204 where its service answers that. */
export function sendEntity(origin: OriginOf, version: string): SendEntity {
  return (reply, { type, path, actions }, style, value) => {
    const { request } = reply
    const operation = request.operation as Operation
    if (operation.service.answersNoContent(operation, request.tenant)) return reply.code(204).send()
    const level = requestedMetadataLevel(request.headers.accept)
    const select = request.method === 'PATCH' ? undefined : readSelection(queryOf(request), type)
    const serviceRoot = () => `${origin(request)}/${version}`
    return reply
      .header('odata-version', '4.0')
      .header('content-type', contentType(level ?? 'minimal'))
      .send(represent(type, value, { style, level, select }, { serviceRoot, path, actions }))
  }
}
