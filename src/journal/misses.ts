import { Type, type Static } from '@sinclair/typebox'
import { abbreviate } from './differences.js'
import type { JournalEntry } from './entry.js'
import type { Matcher } from './match.js'
import { Reading } from './reading.js'
import { closedObject } from '../lib/schemas.js'

/** A request that was not the one waited for. */
export const Miss = closedObject(
  {
    sequence: Type.Integer(),
    request: Type.String({ description: 'Method, path, and the status or what became of it.' }),
    why: Type.Array(Type.String(), { minItems: 1, description: 'Why it does not match, nearest ones first.' })
  },
  { title: 'Miss' }
)
export type Miss = Static<typeof Miss>

/** Misses that are reported. */
const MAX_MISSES = 5
/** The newest requests that are compared: how many, and their bytes together. */
const MAX_LOOKED_AT = { requests: 1000, bytes: 1024 * 1024 }

/** The requests that match most closely: most equal members first, then fewest differences, then newest. */
export function nearestMisses(entries: readonly JournalEntry[], matcher: Matcher): Miss[] {
  return youngest(entries)
    .map((entry) => {
      const { equal, why } = matcher.compare(new Reading(entry))
      return { entry, equal, why: entry.outcome === 'pending' ? [() => 'not finished yet', ...why] : why }
    })
    .filter(({ why }) => why.length > 0)
    .sort((a, b) => b.equal - a.equal || a.why.length - b.why.length)
    .slice(0, MAX_MISSES)
    .map(({ entry, why }) => ({
      sequence: entry.sequence,
      request: describe(entry),
      why: why.map((clause) => clause())
    }))
}

/** The requests that are compared, newest first. */
export function youngest(entries: readonly JournalEntry[]): JournalEntry[] {
  let bytes = 0
  const latest = entries.slice(-MAX_LOOKED_AT.requests).reverse()
  const end = latest.findIndex((entry) => (bytes += entry.bytes) > MAX_LOOKED_AT.bytes)
  return end < 0 ? latest : latest.slice(0, end)
}

function describe(entry: JournalEntry): string {
  const { method, status, outcome } = entry
  const became = status === undefined || outcome !== 'answered' ? outcome : String(status)
  return `${method} ${abbreviate(new Reading(entry).path)} → ${became}`
}
