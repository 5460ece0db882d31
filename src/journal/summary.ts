import type { Log } from '../lib/log.js'
import type { Totals } from './totals.js'

/** Logs one line of totals when the server ends; nothing if nothing was called. @param seed repeats the run */
export function logSummary({ calls, refusals, unmatched, modelled, faults }: Totals, seed: number, log: Log): void {
  if (calls === 0) return
  const summary = {
    calls,
    refusals: Object.fromEntries(refusals),
    unmatched: unmatched.paths,
    ...(unmatched.more > 0 && { moreUnmatched: unmatched.more }),
    ...(modelled.calls > 0 && { modelled: modelled.calls }),
    faults,
    seed
  }
  const sentences = [
    `${calls} ${calls === 1 ? 'call' : 'calls'}`,
    refusals.length === 0 ? '' : `refused: ${refusals.map(([status, times]) => `${times} × ${status}`).join(', ')}`,
    faults === 0 ? '' : `faults: ${faults} (--seed ${seed})`,
    unmatched.calls === 0 ? '' : `unmatched: ${String(unmatched)}`,
    modelled.calls === 0 ? '' : `modelled: ${modelled.calls}`
  ]
  log.info({ summary }, sentences.filter((sentence) => sentence !== '').join('; '))
}
