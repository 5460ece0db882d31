import type { Log } from '../lib/log.js'
import type { Totals } from './totals.js'

/** Logs one line of totals when the server ends; nothing if nothing was called. @param seed repeats the run */
export function logSummary(
  { calls, refusals, unmatched, moreUnmatched, faults }: Totals,
  seed: number,
  log: Log
): void {
  if (calls === 0) return
  const summary = {
    calls,
    refusals: Object.fromEntries(refusals),
    unmatched,
    ...(moreUnmatched > 0 && { moreUnmatched }),
    faults,
    seed
  }
  const sentences = [
    `${calls} ${calls === 1 ? 'call' : 'calls'}`,
    refusals.length === 0 ? '' : `refused: ${refusals.map(([status, times]) => `${times} × ${status}`).join(', ')}`,
    faults === 0 ? '' : `faults: ${faults} (--seed ${seed})`,
    unmatched.length === 0 ? '' : `unmatched: ${describeUnmatched({ unmatched, moreUnmatched })}`
  ]
  log.info({ summary }, sentences.filter((sentence) => sentence !== '').join('; '))
}

/** `GET /beta/users (2), POST /beta/groups` */
export function describeUnmatched({ unmatched, moreUnmatched }: Pick<Totals, 'unmatched' | 'moreUnmatched'>): string {
  const told = unmatched.map(({ method, path, calls }) => `${method} ${path}${calls === 1 ? '' : ` (${calls})`}`)
  return [...told, ...(moreUnmatched === 0 ? [] : [`${moreUnmatched} more`])].join(', ')
}
