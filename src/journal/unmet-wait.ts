import { abbreviate } from './differences.js'
import type { RequestMatch } from './match.js'
import type { Miss } from './misses.js'

interface Unmet extends RequestMatch {
  readonly count: number
  /** ISO 8601 duration. */
  readonly timeout: string
}

/** What the journal holds when the time is up. */
export interface Findings {
  /** How many matching requests are missing. */
  readonly missing: number
  readonly misses: readonly Miss[]
  readonly isEmpty: boolean
  /** How many requests the journal has dropped. */
  readonly dropped: number
  /** How many match, but only claim the tenant with a token that did not verify. */
  readonly unverified: number
}

/** Too few requests matched in time. The message lists the nearest misses line by line, as test runners print it. */
export class UnmetWait extends Error {
  /** The message without the misses. */
  readonly summary: string
  readonly misses: readonly Miss[]

  constructor(wanted: Unmet, { missing, misses, isEmpty, dropped, unverified }: Findings) {
    const summary = [
      `${wanted.count - missing} of ${wanted.count} matching requests were over within ${wanted.timeout}; wanted ${describe(wanted)}.`,
      isEmpty ? ' The journal is empty.' : '',
      dropped === 0 ? '' : ` It has dropped ${dropped} (--journal-size).`,
      unverified === 0 ? '' : ` ${unverified} more came with a token whose signature did not verify (unverified: true).`
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

function describe({ method, path, status, unverified, body }: RequestMatch): string {
  const members = [
    ...(method === undefined && path === undefined ? ['any request'] : []),
    ...(method === undefined ? [] : [method.toUpperCase()]),
    ...(path === undefined ? [] : [abbreviate(path)]),
    ...(status === undefined ? [] : [`with status ${status}`]),
    ...(unverified === undefined ? [] : [`with unverified ${String(unverified)}`]),
    ...(body === undefined ? [] : [`with body ${abbreviate(JSON.stringify(body))}`])
  ]
  return members.join(' ')
}

function tell({ sequence, request, why }: Miss): string {
  return [`  #${sequence} ${request}`, ...why.map((clause) => `      ${clause}`)].join('\n')
}
