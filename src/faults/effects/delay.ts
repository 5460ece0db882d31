import type { Delay } from '../rule.js'

/** Milliseconds of a delay. @param jitter from 0 to 1, where between least and most it lies */
export function milliseconds(delay: Delay, jitter: () => number): number {
  return 'ms' in delay ? delay.ms : Math.round(delay.min + jitter() * (delay.max - delay.min))
}
