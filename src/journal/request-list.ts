import { Type, type Static } from '@sinclair/typebox'
import { JournalledRequest } from './document.js'
import { requestMatchMembers } from './match.js'

const closed = { additionalProperties: false }
const dropped = Type.Integer({
  minimum: 0,
  description: 'Requests that the journal no longer has, because it is bounded in number (--journal-size) and in bytes.'
})

/** Which requests to list. Members that are left out fit all. */
export const RequestFilter = Type.Object(
  {
    method: requestMatchMembers.method,
    path: requestMatchMembers.path,
    status: requestMatchMembers.status,
    unverified: requestMatchMembers.unverified,
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'At most so many, the youngest.' })
    )
  },
  closed
)
export type RequestFilter = Static<typeof RequestFilter>

export const RequestList = Type.Object(
  { requests: Type.Array(JournalledRequest), dropped },
  { ...closed, title: 'RequestList' }
)
export type RequestList = Static<typeof RequestList>

export const RequestCount = Type.Object(
  { count: Type.Integer({ minimum: 0 }), dropped },
  { ...closed, title: 'RequestCount' }
)
export type RequestCount = Static<typeof RequestCount>
