import { Type, type Static } from '@sinclair/typebox'
import { JournalledRequest } from './document.js'
import { requestMatchMembers } from './match.js'
import { closedObject } from '../lib/schemas.js'

const dropped = Type.Integer({
  minimum: 0,
  description: 'Requests that the journal no longer has, because it is bounded in number (--journal-size) and in bytes.'
})

/** Which requests to list. Members that are left out fit all. */
export const RequestFilter = closedObject({
  method: requestMatchMembers.method,
  path: requestMatchMembers.path,
  status: requestMatchMembers.status,
  unverified: requestMatchMembers.unverified,
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'At most so many, the youngest.' }))
})
export type RequestFilter = Static<typeof RequestFilter>

export const RequestList = closedObject({ requests: Type.Array(JournalledRequest), dropped }, { title: 'RequestList' })
export type RequestList = Static<typeof RequestList>

export const RequestCount = closedObject({ count: Type.Integer({ minimum: 0 }), dropped }, { title: 'RequestCount' })
export type RequestCount = Static<typeof RequestCount>
