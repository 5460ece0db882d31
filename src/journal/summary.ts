import type { Log } from '../lib/log.js'
import type { Totals } from './totals.js'

/** Leaves one line on what was called since the start; none where nothing was. @param seed repeats the run */
export function logSummary({ calls, refusals, gaps, otherGaps, faults }: Totals, seed: number, log: Log): void {
  if (calls === 0) return
  const summary = {
    calls,
    refusals: Object.fromEntries(refusals),
    gaps,
    ...(otherGaps > 0 && { otherGaps }),
    faults,
    seed
  }
  const sentences = [
    `${calls} ${calls === 1 ? 'call' : 'calls'}`,
    refusals.length === 0 ? '' : `refused: ${refusals.map(([status, times]) => `${times} × ${status}`).join(', ')}`,
    faults === 0 ? '' : `faults: ${faults} (--seed ${seed})`,
    gaps.length === 0 ? '' : `not mocked: ${describeGaps({ gaps, otherGaps })}`
  ]
  log.info({ summary }, sentences.filter((sentence) => sentence !== '').join('; '))
}

/** `GET /beta/users (2), POST /beta/groups` */
export function describeGaps({ gaps, otherGaps }: Pick<Totals, 'gaps' | 'otherGaps'>): string {
  const told = gaps.map(({ method, path, calls }) => `${method} ${path}${calls === 1 ? '' : ` (${calls})`}`)
  return [...told, ...(otherGaps === 0 ? [] : [`${otherGaps} more`])].join(', ')
}
