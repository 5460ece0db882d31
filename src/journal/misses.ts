import { Type, type Static } from '@sinclair/typebox'
import type { JournalEntry } from './entry.js'
import { fit, type RequestMatch } from './match.js'
import { recordOf } from './record.js'

/** A request that was not the one waited for. */
export const Miss = Type.Object(
  {
    sequence: Type.Integer(),
    request: Type.String({ description: 'Method, path, and the status or what became of it.' }),
    why: Type.Array(Type.String(), { minItems: 1, description: 'Why it does not match, nearest ones first.' })
  },
  { additionalProperties: false, title: 'Miss' }
)
export type Miss = Static<typeof Miss>

/** Misses that are told. */
const MAX_MISSES = 5
/** Requests that are looked at, the youngest. */
const MAX_LOOKED_AT = 1000

/** The requests that come nearest: those with most members as wanted and fewest not, younger ones first. */
export function nearestMisses(entries: readonly JournalEntry[], wanted: RequestMatch): Miss[] {
  return entries
    .slice(-MAX_LOOKED_AT)
    .reverse()
    .map((entry) => {
      const { equal, why } = fit(entry, wanted)
      return { entry, equal, why: entry.outcome === 'pending' ? ['not finished yet', ...why] : why }
    })
    .filter(({ why }) => why.length > 0)
    .sort((a, b) => b.equal - a.equal || a.why.length - b.why.length)
    .slice(0, MAX_MISSES)
    .map(({ entry, why }) => ({ sequence: entry.sequence, request: describe(entry), why }))
}

function describe(entry: JournalEntry): string {
  const { method, status, outcome } = entry
  return `${method} ${recordOf(entry).path} → ${status === undefined || outcome !== 'answered' ? outcome : String(status)}`
}
