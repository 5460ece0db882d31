interface Lifetime {
  /** Milliseconds for which a result is good. */
  readonly lasts: number
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined
}

/**
 * An asynchronous result that is made once and kept. A failure is told to those who wait for it and not kept: what failed
 * for want of memory or file descriptors may succeed the next time.
 *
 * @param make called at the first call, and again after a failure or once the result has served its time
 */
export function memoized<Result>(
  make: () => Promise<Result>,
  { lasts, now = Date.now }: Lifetime = { lasts: Infinity }
): () => Promise<Result> {
  let kept: { readonly result: Promise<Result>; readonly until: number } | undefined
  return () => {
    if (kept && now() < kept.until) return kept.result
    const result = make()
    const made = { result, until: now() + lasts }
    kept = made
    result.catch(() => {
      if (kept === made) kept = undefined
    })
    return result
  }
}
