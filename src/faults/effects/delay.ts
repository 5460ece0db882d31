import type { Delay } from '../rule.js'

/** @param jitter from 0 to 1, where between least and most milliseconds it lies */
export function millisecondsOf(delay: Delay, jitter: number): number {
  return 'ms' in delay ? delay.ms : Math.round(delay.min + jitter * (delay.max - delay.min))
}
