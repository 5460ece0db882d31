/** Whether a JSON value has more levels than `depth`. Goes level by level, so that no depth can overflow the stack. */
export function isDeeperThan(value: unknown, depth: number): boolean {
  let level = [value]
  for (let at = 0; at < depth && level.length > 0; at++) {
    level = level.flatMap((item) =>
      typeof item === 'object' && item !== null ? (Object.values(item) as unknown[]) : []
    )
  }
  return level.length > 0
}
