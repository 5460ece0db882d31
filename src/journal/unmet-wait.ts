import type { JournalEntry } from './entry.js'
import type { RequestMatch } from './match.js'
import { nearestMisses, type Miss } from './misses.js'

interface Unmet extends RequestMatch {
  readonly count: number
  /** ISO 8601 duration. */
  readonly timeout: string
}

/** The time was up. The message tells the nearest misses in lines, as a test runner prints it. */
export class UnmetWait extends Error {
  /** One sentence or two, without the misses. */
  readonly summary: string
  readonly misses: readonly Miss[]

  /**
   * @param missing how many of `wanted.count` have not come
   * @param entries of the journal
   * @param dropped how many it no longer has
   */
  constructor(wanted: Unmet, missing: number, entries: readonly JournalEntry[], dropped: number) {
    const misses = nearestMisses(entries, wanted)
    const summary = [
      `${wanted.count - missing} of ${wanted.count} matching requests were over within ${wanted.timeout}; wanted ${describe(wanted)}.`,
      entries.length === 0 ? ' The journal is empty.' : '',
      dropped === 0 ? '' : ` It has dropped ${dropped} (--journal-size).`
    ].join('')
    super([summary, ...(misses.length === 0 ? [] : ['Nearest:']), ...misses.map(tell)].join('\n'))
    this.name = 'UnmetWait'
    this.summary = summary
    this.misses = misses
  }
}

/** The server closed first. */
export class WaitClosed extends Error {
  constructor() {
    super('The server closed while somebody waited for a request.')
    this.name = 'WaitClosed'
  }
}

function describe({ method, path, status, body }: RequestMatch): string {
  const members = [
    ...(method === undefined && path === undefined ? ['any request'] : []),
    ...(method === undefined ? [] : [method.toUpperCase()]),
    ...(path === undefined ? [] : [path]),
    ...(status === undefined ? [] : [`with status ${status}`]),
    ...(body === undefined ? [] : [`with body ${JSON.stringify(body)}`])
  ]
  return members.join(' ')
}

function tell({ sequence, request, why }: Miss): string {
  return [`  #${sequence} ${request}`, ...why.map((clause) => `      ${clause}`)].join('\n')
}
