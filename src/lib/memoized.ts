interface Lifetime {
  /** Milliseconds for which a result is kept. */
  readonly lasts: number
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined
}

/**
 * Calls an asynchronous function once and keeps its result. A failure is not kept: what failed for want of memory or file
 * descriptors may succeed the next time.
 *
 * @param make called at the first call, and again after a failure or after the lifetime of the result
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
