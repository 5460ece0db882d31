import { Type, type Static } from '@sinclair/typebox'
import { isoDuration } from '../../../lib/iso-duration.js'
import { dateTimeOffset } from '../../odata/schema.js'
import { closedObject, oneOf } from '../../../lib/schemas.js'

const outcome = oneOf(['completed', 'failed'], {
  description: 'How a sync ends: completed or failed.'
})

/**
 * `sync` of the state document: how syncs of a tenant behave, and two facts about past ones (`lastAction`, `running`) that no
 * answer of Graph shows, so that the document can restore a running sync and a lock-out.
 */
export const Sync = closedObject({
  duration: isoDuration({ description: 'How long a sync runs.' }),
  outcome,
  minimumInterval: isoDuration({ description: 'Within it, counted from the start of a sync, another gets 429.' }),
  retryAfter: Type.Union([Type.Null(), Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 }), isoDuration({})], {
    description: 'Retry-After of that 429: null for none, seconds, or an ISO 8601 duration.'
  }),
  lastAction: Type.Optional(dateTimeOffset({ description: 'When a sync was last started; absent: never.' })),
  running: Type.Optional(
    closedObject(
      { startedAt: dateTimeOffset({}), endsAt: dateTimeOffset({}), outcome },
      { description: 'The sync that runs; counts only while syncStatus is inProgress.' }
    )
  )
})
export type Sync = Static<typeof Sync>

/**
 * Half a second is what the one capture shows (graph2otel, 2026-07-23). Ten minutes are documented, and confirmed by
 * Microsoft (microsoft-graph-docs#9691). Intune sends no `Retry-After` (captured, IntuneCD#217).
 */
export const initialSync: Sync = Object.freeze({
  duration: 'PT0.5S',
  outcome: 'completed',
  minimumInterval: 'PT10M',
  retryAfter: null
})
